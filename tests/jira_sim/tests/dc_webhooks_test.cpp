#include <catch2/catch.hpp>

#include "../../support/eventually.hpp"
#include "dc_client.hpp"
#include "hook_receiver.hpp"
#include "http/webhook_signature.hpp"

using namespace sim_test;

namespace {

using Hook = HookReceiver::Hook;

const std::string tenPath = "/rest/jira-webhook/1.0/webhooks";
const std::string ninePath = "/rest/webhooks/1.0/webhook";

std::string hookBody(const std::string& url, const std::string& more) {
    return R"({"name":"ASPM","url":")" + url +
           R"(","events":["jira:issue_created","jira:issue_updated","jira:issue_deleted","comment_created"])" +
           more + "}";
}

/// Signed with the access token; `path` below the base URL.
Answer asPerson(DcSim& sim, const std::string& method, const std::string& path,
                const std::string& body = {}) {
    Signing signing;
    signing.more = {{"oauth_token", sim.token}};
    return sim.signedRequest(method, path, body, signing);
}

Hook last(const HookReceiver& receiver, std::size_t count) {
    const std::vector<Hook> hooks = receiver.waitFor(count);
    REQUIRE(hooks.size() == count);
    return hooks.back();
}

} // namespace

TEST_CASE("since 10 a webhook has a numeric id and signs with its configured secret", "[dc][webhooks]") {
    DcSim sim("10.3");
    sim.connectAs();
    HookReceiver receiver;
    const Answer made = asPerson(
        sim, "POST", tenPath,
        hookBody(
            receiver.url(),
            R"(,"active":true,"scopeType":"global","configuration":{"SECRET":"s3","EXCLUDE_BODY":"false"})"));
    REQUIRE(made.status == 201);
    CHECK(json::isInteger(made.at("id")));
    CHECK(made.textAt("configuration.EXCLUDE_BODY") == "false");
    CHECK(asPerson(sim, "GET", ninePath).status == 404);
    const std::string path = tenPath + "/" + made.textAt("id");
    CHECK(asPerson(sim, "GET", path + "/latest").status == 204);
    sim.issueKey();
    const Hook created = last(receiver, 1);
    CHECK(created.header("X-Hub-Signature") == jira_sim::webhook::hubSignature("s3", created.text));
    CHECK(created.header("Authorization").empty());
    CHECK(created.header("X-Atlassian-Webhook-Identifier").empty());
    CHECK(created.header("User-Agent").find("JIRA-10.3") != std::string::npos);
    CHECK_FALSE(created.has("matchedWebhookIds"));
    CHECK(created.textAt("user.name") == "srivera");
    CHECK(test_support::eventually(
        [&] { return asPerson(sim, "GET", path + "/statistics").textAt("counts.successes") == "1"; }));
    CHECK(asPerson(sim, "GET", path + "/latest").textAt("event") == "jira:issue_created");
    CHECK(asPerson(sim, "GET", tenPath + "?statistics=true").textAt("0.statistics.counts.failures") == "0");

    CHECK(asPerson(sim, "PUT", path, hookBody(receiver.url(), R"(,"active":false)")).textAt("active") ==
          "false");
    sim.issueKey();
    CHECK(asPerson(sim, "DELETE", path).status == 204);
    CHECK(asPerson(sim, "GET", path).status == 404);
    CHECK(json::asArray(sim.sim("GET", "/deliveries").at("deliveries"))->size() == 1);
}

TEST_CASE("a secret beside the configuration is ignored, and EXCLUDE_BODY is a text", "[dc][webhooks]") {
    DcSim sim("10.3");
    sim.connectAs();
    HookReceiver receiver;
    CHECK(asPerson(sim, "POST", tenPath, hookBody(receiver.url(), R"(,"secret":"s3")")).status == 201);
    sim.issueKey();
    const Hook hook = last(receiver, 1);
    CHECK(hook.header("X-Hub-Signature").empty());
    CHECK(
        asPerson(sim, "POST", tenPath, hookBody(receiver.url(), R"(,"configuration":{"EXCLUDE_BODY":false})"))
            .status == 400);
}

TEST_CASE("up to 9 a webhook is known by its self, and nothing signs it", "[dc][webhooks]") {
    DcSim sim("9.12");
    sim.connectAs();
    HookReceiver receiver;
    const std::string body = hookBody(
        receiver.url(), R"(,"filters":{"issue-related-events-section":"project = PAY"},"secret":"s3")");
    const Answer made = asPerson(sim, "POST", ninePath, body);
    REQUIRE(made.status == 201);
    CHECK(made.at("id").isEmpty());
    CHECK(asPerson(sim, "GET", ninePath).textAt("0.self") == made.textAt("self"));
    CHECK(asPerson(sim, "POST", ninePath, body).status == 409);
    CHECK(asPerson(sim, "GET", tenPath).status == 404);
    sim.issueKey(R"({"project":{"key":"AUTH"}})"); // not in the filter
    const std::string key = sim.issueKey();
    const Hook created = last(receiver, 1);
    CHECK(created.textAt("issue.key") == key);
    CHECK(created.header("X-Hub-Signature").empty());
    receiver.answerNext({503});
    sim.rest("PUT", "/issue/" + key, R"({"fields":{"summary":"once"}})");
    last(receiver, 2);
    CHECK(test_support::eventually(
        [&] { return sim.sim("GET", "/deliveries").textAt("counts.failed") == "1"; })); // no second try
    const std::string path = ninePath + made.textAt("self").substr(made.textAt("self").rfind('/'));
    CHECK(asPerson(sim, "PUT", path, R"({"name":"Other","enabled":false})").textAt("enabled") == "false");
    CHECK(asPerson(sim, "DELETE", path).status == 204);
    CHECK(asPerson(sim, "GET", ninePath).text == "[]");
}

TEST_CASE("one comment arrives twice: alone, and as a change of its issue", "[dc][webhooks]") {
    DcSim sim("9.12");
    sim.connectAs();
    HookReceiver receiver;
    asPerson(sim, "POST", ninePath, hookBody(receiver.url(), ""));
    const std::string key = sim.issueKey();
    const std::string comment =
        sim.rest("POST", "/issue/" + key + "/comment", R"({"body":"*hi*"})").textAt("id");
    const std::vector<Hook> hooks = receiver.waitFor(3);
    REQUIRE(hooks.size() == 3);
    CHECK(hooks[1].event() == "comment_created");
    CHECK_FALSE(hooks[1].has("issue"));
    CHECK(hooks[1].textAt("comment.self").find("/comment/" + comment) != std::string::npos);
    CHECK(hooks[2].event() == "jira:issue_updated");
    CHECK(hooks[2].textAt("issue_event_type_name") == "issue_commented");
    CHECK(hooks[2].textAt("comment.body") == "*hi*");
    CHECK(hooks[2].textAt("issue.key") == key);
    sim.rest("DELETE", "/issue/" + key + "/comment/" + comment);
    const Hook deleted = last(receiver, 4);
    CHECK(deleted.textAt("issue_event_type_name") == "issue_comment_deleted");
    CHECK_FALSE(deleted.has("comment"));
}

TEST_CASE("changes of status have names of their own, and their items no field id", "[dc][webhooks]") {
    DcSim sim("10.3");
    sim.connectAs();
    HookReceiver receiver;
    asPerson(sim, "POST", tenPath, hookBody(receiver.url(), ""));
    const std::string path = "/issue/" + sim.issueKey();
    sim.rest("POST", path + "/transitions", R"({"transition":{"id":"31"}})");
    const Hook closed = last(receiver, 2);
    CHECK(closed.textAt("issue_event_type_name") == "issue_resolved");
    CHECK(closed.textAt("changelog.items.0.field") == "status");
    CHECK(closed.textAt("changelog.items.0.fieldId").empty());
    sim.rest("POST", path + "/transitions", R"({"transition":{"id":"11"}})");
    CHECK(last(receiver, 3).textAt("issue_event_type_name") == "issue_reopened");
    sim.rest("DELETE", path);
    const Hook deleted = last(receiver, 4);
    CHECK(deleted.event() == "jira:issue_deleted");
    CHECK_FALSE(deleted.has("issue_event_type_name"));
}

TEST_CASE("who is no administrator may not register", "[dc][webhooks]") {
    for (const char* version : {"9.12", "10.3"}) {
        DcSim sim(version);
        sim.connectAs("priya");
        const std::string path = std::string(version) == "9.12" ? ninePath : tenPath;
        const Answer refused = asPerson(sim, "POST", path, hookBody("https://hooks.example/x", ""));
        CHECK(refused.status == 403);
        CHECK(refused.textAt("messages.0.key") == "You do not have permission to create WebHook 'ASPM'.");
    }
}
