#include <catch2/catch.hpp>

#include "hook_steps.hpp"

using namespace sim_test;

namespace {

Answer step(Sim& sim, const std::string& key, const std::string& id, const std::string& fields = "{}") {
    return sim.api("POST", "/issue/" + key + "/transitions",
                   R"({"transition":{"id":")" + id + R"("},"fields":)" + fields + "}");
}

std::string stepsOf(Sim& sim, const std::string& key) {
    std::string text;
    const Answer list = sim.api("GET", "/issue/" + key + "/transitions");
    for (const json::Value& item : *json::asArray(list.at("transitions")))
        text += json::memberString(json::asObject(item), "name") + ";";
    return text;
}

} // namespace

TEST_CASE("a screen may demand more than a resolution", "[transitions]") {
    Sim sim;
    const std::string key = sim.key(R"({"project":{"key":"CMP"}})");
    const Answer list =
        sim.api("GET", "/issue/" + key + "/transitions?transitionId=31&expand=transitions.fields");
    CHECK(list.textAt("transitions.0.fields.resolution.allowedValues.0.name") == "Done");
    CHECK(list.textAt("transitions.0.fields.customfield_10061.required") == "true");
    CHECK(list.textAt("transitions.0.fields.customfield_10061.allowedValues.1.value") == "Internet");
    const Answer refused = step(sim, key, "31", R"({"resolution":{"name":"Done"}})");
    CHECK(refused.status == 400);
    CHECK(errorOf(refused, "customfield_10061") == "Exposure is required.");
    CHECK(step(sim, key, "31", R"({"resolution":{"name":"Done"},"customfield_10061":{"value":"Internet"}})")
              .status == 204);
    CHECK(sim.api("GET", "/issue/" + key).textAt("fields.customfield_10061.value") == "Internet");
}

TEST_CASE("a dead end lists no step, and reopening takes the resolution away", "[transitions]") {
    Sim sim;
    const std::string key = sim.key(R"({"project":{"key":"LEG"}})");
    step(sim, key, "4");
    CHECK(stepsOf(sim, key) == "Send to review;Put on hold;");
    step(sim, key, "8");
    CHECK(stepsOf(sim, key).empty());
    sim.sim("POST", "/issues/" + key + "/transition", R"({"to":"In Review"})");
    CHECK(step(sim, key, "6", R"({"resolution":{"name":"False Positive"}})").status == 204);
    CHECK(stepsOf(sim, key) == "Reopen;");
    step(sim, key, "7");
    const Answer issue = sim.api("GET", "/issue/" + key);
    CHECK(issue.at("fields.resolution").isEmpty());
    CHECK(issue.textAt("fields.status.statusCategory.key") == "new");
}

TEST_CASE("statuses of a project and resolutions of the site are listed whole", "[transitions]") {
    Sim sim;
    const Answer statuses = sim.api("GET", "/project/LEG/statuses");
    CHECK(json::asArray(statuses.at("0.statuses"))->size() == 5);
    CHECK(statuses.textAt("0.statuses.3.name") == "On Hold");
    CHECK(statuses.textAt("0.statuses.4.statusCategory.key") == "done");
    CHECK(sim.api("GET", "/resolution").textAt("4.name") == "False Positive");
}

TEST_CASE("a moved issue keeps its id, has a new key, and its old key leads to it", "[control][webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    registerHook(sim, receiver.url(), {"jira:issue_updated"});
    const Answer made = sim.create();
    const std::string old = made.textAt("key");
    const Answer moved = sim.sim("POST", "/issues/" + old + "/move", R"({"project":"LEG"})");
    CHECK(moved.textAt("key") == "LEG-1");
    CHECK(sim.sim("POST", "/issues/LEG-1/move", R"({"project":"LEG"})").status == 400);
    const Answer read = sim.api("GET", "/issue/" + old);
    CHECK(read.textAt("id") == made.textAt("id"));
    CHECK(read.textAt("key") == "LEG-1");
    CHECK(read.textAt("fields.project.key") == "LEG");
    const auto hooks = receiver.waitFor(1);
    REQUIRE(hooks.size() == 1);
    CHECK(hooks[0].textAt("issue_event_type_name") == "issue_moved");
    CHECK(hooks[0].textAt("changelog.items.0.field") == "project");
    CHECK(hooks[0].textAt("changelog.items.1.field") == "Key");
    CHECK(hooks[0].textAt("changelog.items.1.fromString") == old);
    CHECK(hooks[0].textAt("changelog.items.1.toString") == "LEG-1");
    CHECK(sim.api("POST", "/issue/bulkfetch", R"({"issueIdsOrKeys":[")" + old + R"("],"fields":["project"]})")
              .textAt("issues.0.key") == "LEG-1");
}

TEST_CASE("a clone has the labels and nothing else that is ours, an archived issue is gone", "[control]") {
    Sim sim;
    sim.fault("index-delay=0");
    const std::string key = sim.key(R"({"labels":["aspm-1"]})");
    sim.api("PUT", "/issue/" + key + "/properties/com.example", "1");
    const Answer copy = sim.sim("POST", "/issues/" + key + "/clone", "{}");
    CHECK(copy.status == 201);
    CHECK(copy.textAt("summary") == "CLONE - A finding");
    CHECK(copy.textAt("labels.0") == "aspm-1");
    CHECK(copy.textAt("properties") == "{}");
    CHECK(copy.textAt("key") != key);
    const auto found = [&] {
        return sim.api("POST", "/search/approximate-count", R"({"jql":"labels = aspm-1"})").textAt("count");
    };
    CHECK(found() == "2");
    CHECK(sim.sim("POST", "/issues/" + key + "/archive", "{}").textAt("archived") == "true");
    CHECK(found() == "1");
    CHECK(sim.api("GET", "/issue/" + key).status == 404);
    CHECK_FALSE(sim.api("POST", "/issue/bulkfetch", R"({"issueIdsOrKeys":[")" + key + R"("]})")
                    .at("issueErrors.0.id")
                    .isEmpty());
    sim.sim("POST", "/issues/" + key + "/archive", R"({"archived":false})");
    CHECK(found() == "2");
}
