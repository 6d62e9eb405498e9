#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

namespace {

std::string element(const std::string& summary) {
    return R"({"fields":{"project":{"key":"PAY"},"issuetype":{"name":"Bug"},"summary":")" + summary + "\"}}";
}

std::string bulk(const std::vector<std::string>& elements) {
    std::string body;
    for (const std::string& item : elements)
        body += (body.empty() ? "" : ",") + item;
    return R"({"issueUpdates":[)" + body + "]}";
}

} // namespace

TEST_CASE("a bulk create names the failed elements by their position and creates the others in order",
          "[bulk]") {
    Sim sim;
    const Answer answer =
        sim.api("POST", "/issue/bulk", bulk({element("one"), element("two\\nlines"), element("three")}));
    CHECK(answer.status == 201);
    CHECK(answer.textAt("issues.0.key") == "PAY-1");
    CHECK(answer.textAt("issues.1.key") == "PAY-2");
    CHECK(json::asArray(answer.at("issues"))->size() == 2);
    CHECK(json::asArray(answer.at("errors"))->size() == 1);
    CHECK(answer.textAt("errors.0.failedElementNumber") == "1");
    CHECK(answer.textAt("errors.0.status") == "400");
    CHECK(answer.textAt("errors.0.elementErrors.errors.summary") ==
          "The summary is invalid because it contains newline characters.");
    CHECK(sim.api("GET", "/issue/PAY-2").textAt("fields.summary") == "three");
}

TEST_CASE("a bulk create in which all fail is 400 with the same shape", "[bulk]") {
    Sim sim;
    const Answer answer = sim.api("POST", "/issue/bulk", bulk({element(""), "{}"}));
    CHECK(answer.status == 400);
    CHECK(answer.textAt("issues") == "[]");
    CHECK(answer.textAt("errors.1.failedElementNumber") == "1");
    CHECK(answer.textAt("errors.1.elementErrors.errors.project") == "Specify a valid project ID or key");
}

TEST_CASE("fifty elements are the most a bulk create takes", "[bulk]") {
    Sim sim;
    CHECK(sim.api("POST", "/issue/bulk", bulk(std::vector<std::string>(50, element("x")))).status == 201);
    CHECK(sim.api("POST", "/issue/bulk", bulk(std::vector<std::string>(51, element("x")))).status == 400);
    CHECK(sim.api("POST", "/issue/bulk", bulk({})).status == 400);
    CHECK(sim.api("POST", "/issue/bulk", "{}").status == 400);
    CHECK(sim.sim("GET", "/issues").textAt("total") == "50");
}
