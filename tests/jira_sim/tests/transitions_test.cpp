#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

namespace {

std::string post(Sim& sim, const std::string& key, const std::string& body, int status) {
    const Answer answer = sim.api("POST", "/issue/" + key + "/transitions", body);
    CHECK(answer.status == status);
    return answer.text;
}

} // namespace

TEST_CASE("transitions lead to statuses with a category, and doing one moves the issue", "[transitions]") {
    Sim sim;
    const std::string key = sim.key();
    const Answer list = sim.api("GET", "/issue/" + key + "/transitions");
    CHECK(json::asArray(list.at("transitions"))->size() == 3);
    CHECK(list.textAt("transitions.2.to.statusCategory.key") == "done");
    post(sim, key, R"({"transition":{"id":"31"}})", 204);
    const Answer read = sim.api("GET", "/issue/" + key);
    CHECK(read.textAt("fields.status.name") == "Done");
    CHECK(read.textAt("fields.resolution.name") == "Done");
    CHECK_FALSE(read.textAt("fields.resolutiondate").empty());
    post(sim, key, R"({"transition":{"id":11}})", 204); // numbers are taken, too
    CHECK(sim.api("GET", "/issue/" + key).at("fields.resolution").isEmpty());
}

TEST_CASE("a workflow with steps shows the next step only, and its closing screen wants a resolution",
          "[transitions]") {
    Sim sim;
    const std::string key = sim.key(R"({"project":{"key":"LEG"}})");
    CHECK(sim.api("GET", "/issue/" + key + "/transitions").textAt("transitions.0.id") == "4");
    CHECK(post(sim, key, R"({"transition":{"id":"6"}})", 400) ==
          R"({"errorMessages":["Transition id '6' is not valid for this issue."],"errors":{}})");
    post(sim, key, R"({"transition":{"id":"4"}})", 204);
    post(sim, key, R"({"transition":{"id":"5"}})", 204);
    const Answer list = sim.api("GET", "/issue/" + key + "/transitions?expand=transitions.fields");
    CHECK(list.textAt("transitions.0.hasScreen") == "true");
    CHECK(list.textAt("transitions.0.fields.resolution.required") == "true");
    CHECK(post(sim, key, R"({"transition":{"id":"6"}})", 400) ==
          R"({"errorMessages":["Field Resolution is required."],"errors":{}})");
    post(sim, key, R"({"transition":{"id":"6"},"fields":{"resolution":{"name":"Won't Do"}}})", 204);
    CHECK(sim.api("GET", "/issue/" + key).textAt("fields.resolution.name") == "Won't Do");
}

TEST_CASE("a resolution that is not on the screen is refused", "[transitions]") {
    Sim sim;
    const std::string key = sim.key();
    CHECK(
        post(sim, key, R"({"transition":{"id":"31"},"fields":{"resolution":{"id":"10000"}}})", 400) ==
        R"({"errorMessages":[],"errors":{"resolution":"Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown."}})");
    CHECK(post(sim, key, "{}", 400) ==
          R"({"errorMessages":["Missing 'transition' identifier"],"errors":{}})");
}

TEST_CASE("a transition may bring a comment", "[transitions]") {
    Sim sim;
    const std::string key = sim.key();
    post(
        sim, key,
        R"({"transition":{"id":"31"},"update":{"comment":[{"add":{"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Fixed"}]}]}}}]}})",
        204);
    CHECK(sim.api("GET", "/issue/" + key + "/comment").textAt("total") == "1");
}

TEST_CASE("without the permission there are no transitions", "[transitions]") {
    Sim sim;
    const std::string key = sim.key();
    sim.world(R"({"op":"deny","project":"PAY","account":"Sam Rivera","permission":"TRANSITION_ISSUES"})");
    const Answer list = sim.api("GET", "/issue/" + key + "/transitions");
    CHECK(list.status == 200);
    CHECK(list.textAt("transitions") == "[]");
    post(sim, key, R"({"transition":{"id":"31"}})", 400);
}
