#include <catch2/catch.hpp>

#include "hook_steps.hpp"

using namespace sim_test;

namespace {

const std::string url = "https://hooks.example/jira";

std::string errorIn(const Answer& answer, int index = 0) {
    return answer.textAt("webhookRegistrationResult." + std::to_string(index) + ".errors.0");
}

} // namespace

TEST_CASE("registered webhooks are listed with their filters and an end in 30 days", "[webhooks]") {
    Sim sim;
    connectWithHooks(sim);
    const Answer made = registerHooks(
        sim, url,
        R"hooks([{"events":["jira:issue_updated"],"jqlFilter":"project IN (PAY, AUTH)","fieldIdsFilter":["status"],
                  "issuePropertyKeysFilter":["com.example"]},
                 {"events":["comment_created"],"jqlFilter":"project != null"}])hooks");
    REQUIRE(made.status == 200);
    CHECK(made.textAt("webhookRegistrationResult.0.createdWebhookId") == "1000");
    CHECK(made.textAt("webhookRegistrationResult.1.createdWebhookId") == "1001");
    const Answer list = sim.api("GET", "/webhook");
    CHECK(list.textAt("total") == "2");
    CHECK(list.textAt("values.0.jqlFilter") == "project IN (PAY, AUTH)");
    CHECK(list.textAt("values.0.fieldIdsFilter.0") == "status");
    CHECK(list.textAt("values.0.issuePropertyKeysFilter.0") == "com.example");
    CHECK(list.textAt("values.0.url") == url);
    CHECK_FALSE(json::asObject(list.at("values.1"))->has("fieldIdsFilter"));
    const Answer shown = sim.sim("GET", "/webhooks");
    CHECK(shown.textAt("webhooks.0.registeredBy") == "Sam Rivera");
    CHECK(shown.textAt("webhooks.0.expires") == list.textAt("values.0.expirationDate"));
    CHECK(sim.api("GET", "/webhook?startAt=1&maxResults=1").textAt("values.0.id") == "1001");
}

TEST_CASE("a filter that Jira does not take is refused inside a 200", "[webhooks]") {
    Sim sim;
    connectWithHooks(sim);
    const auto filter = [&](const std::string& jql) {
        return errorIn(registerHook(sim, url, {"jira:issue_created"}, jql));
    };
    CHECK(filter("project is not EMPTY") == "Operator is not is unsupported");
    CHECK(filter("project = PAY AND labels = aspm") == "The clause labels is unsupported");
    CHECK(filter("project = PAY AND created > -1d") == "The clause created is unsupported");
    CHECK(filter("project = NOWHERE") == "The value 'NOWHERE' does not exist for the field 'project'.");
    CHECK(filter("") == "The JQL filter must not be empty");
    CHECK(filter("project = PAY ORDER BY created") == "The ORDER BY clause is unsupported");
    CHECK(filter("project = ").rfind("Error in the JQL Query", 0) == 0);
    CHECK(errorIn(registerHook(sim, url, {}, "project = PAY")) == "At least one event must be given");
    CHECK(sim.api("GET", "/webhook").textAt("total") == "0");
    CHECK(filter("project != null AND (status = Done OR issuetype NOT IN (Epic))").empty());
}

TEST_CASE("one bad element does not spoil the others, five are the most", "[webhooks]") {
    Sim sim;
    connectWithHooks(sim);
    const std::string good = R"({"events":["jira:issue_created"],"jqlFilter":"project = PAY"})";
    const std::string bad = R"({"events":["jira:issue_created"],"jqlFilter":"labels = x"})";
    const Answer made = registerHooks(sim, url, "[" + bad + "," + good + "," + good + "]");
    CHECK(errorIn(made, 0) == "The clause labels is unsupported");
    CHECK(made.textAt("webhookRegistrationResult.2.createdWebhookId") == "1001");
    const Answer more = registerHooks(sim, url, "[" + good + "," + good + "," + good + "," + good + "]");
    CHECK(more.textAt("webhookRegistrationResult.2.createdWebhookId") == "1004");
    CHECK(errorIn(more, 3) == "The app has reached the limit of 5 webhooks per user");
}

TEST_CASE("requests that are no registration are refused as a whole", "[webhooks]") {
    Sim sim;
    connectWithHooks(sim);
    const auto status = [&](const std::string& address, const std::string& hooks) {
        return registerHooks(sim, address, hooks).status;
    };
    const std::string good = R"([{"events":["jira:issue_created"],"jqlFilter":"project = PAY"}])";
    CHECK(status("http://hooks.example/jira", good) == 400);
    CHECK(status("hooks.example", good) == 400);
    CHECK(status(url, "[]") == 400);
    CHECK(status(url, R"([{"events":["jira:issue_created"]}])") == 400);
    CHECK(status(url, R"([{"events":["no_such_event"],"jqlFilter":"project = PAY"}])") == 400);
    CHECK(status(url, R"([{"events":["jira:issue_created"],"jqlFilter":"project = PAY","name":"x"}])") ==
          400);
    CHECK(status(url, good) == 200);
    CHECK(registerHooks(sim, "https://hooks.example/other", good).textAt("errorMessages.0") ==
          "Only a single URL per app is allowed to be registered.");
    CHECK(sim.api("DELETE", "/webhook", "{}").status == 400);
}

TEST_CASE("webhooks need their own scope", "[webhooks]") {
    Sim sim;
    sim.connect("read:jira-work offline_access");
    const Answer list = sim.api("GET", "/webhook");
    CHECK(list.status == 401);
    CHECK(list.textAt("message") == "Unauthorized; scope does not match");
}

TEST_CASE("a webhook ends after 30 days unless it is refreshed", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    const std::string id = hookId(registerHook(sim, receiver.url(), {"jira:issue_created"}));
    const auto pass = [&](int days) {
        sim.server.withWorld([&](jira_sim::World& world) {
            world.clock().advanceMs(std::int64_t{days} * 24 * 3600 * 1000);
            return 0;
        });
        sim.connect(hookScopes);
    };
    pass(20);
    const Answer refreshed = sim.api("PUT", "/webhook/refresh", "{\"webhookIds\":[" + id + ",4711]}");
    CHECK(refreshed.status == 200);
    CHECK(sim.sim("GET", "/webhooks").textAt("webhooks.0.expires") == refreshed.textAt("expirationDate"));
    pass(20);
    sim.key();
    CHECK(receiver.waitFor(1).size() == 1);
    pass(11);
    sim.key();
    CHECK(sim.sim("GET", "/webhooks").textAt("webhooks.0.expired") == "true");
    CHECK(sim.api("GET", "/webhook").textAt("total") == "1"); // it stays in the list
    CHECK(json::asArray(sim.sim("GET", "/deliveries").at("deliveries"))->size() == 1);
}

TEST_CASE("deleting ends deliveries, and unknown numbers are ignored", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    const std::string id = hookId(registerHook(sim, receiver.url(), {"jira:issue_created"}));
    const Answer deleted = sim.api("DELETE", "/webhook", "{\"webhookIds\":[4711," + id + "]}");
    CHECK(deleted.status == 202);
    CHECK(deleted.text.empty());
    sim.key();
    CHECK(sim.sim("GET", "/deliveries").textAt("deliveries") == "[]");
}

TEST_CASE("an administrator takes webhooks away, and the app is not told", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    const std::string id = hookId(registerHook(sim, receiver.url(), {"jira:issue_created"}));
    CHECK(sim.sim("POST", "/webhooks/" + id, R"({"active":false})").textAt("active") == "false");
    sim.key();
    CHECK(sim.sim("GET", "/deliveries").textAt("deliveries") == "[]");
    sim.sim("POST", "/webhooks/" + id, R"({"active":true})");
    sim.key();
    CHECK(receiver.waitFor(1).size() == 1);
    CHECK(sim.sim("DELETE", "/webhooks/" + id).status == 204);
    CHECK(sim.sim("DELETE", "/webhooks/" + id).status == 404);
    CHECK(sim.api("GET", "/webhook").textAt("total") == "0");
}

TEST_CASE("without the grant of the person who registered there are no deliveries", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    registerHook(sim, receiver.url(), {"jira:issue_updated"});
    const std::string key = sim.key();
    sim.sim("POST", "/grants/revoke", "{}");
    sim.sim("POST", "/issues/" + key + "/edit", R"({"summary":"Nobody is told"})");
    CHECK(sim.sim("GET", "/deliveries").textAt("deliveries") == "[]");
}
