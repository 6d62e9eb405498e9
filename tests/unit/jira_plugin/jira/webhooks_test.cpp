#include "jira/webhooks.hpp"

#include "jira/errors.hpp"
#include "two_dialects.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;

namespace {

WebhookOrder order() {
    WebhookOrder wanted;
    wanted.name = "Mayo ASPM";
    wanted.url = "https://hooks.example/jira/abc";
    wanted.events = {"jira:issue_updated", "comment_created"};
    wanted.jql = "project = SEC";
    wanted.secret = "s3cret";
    return wanted;
}

const std::string root9 = "https://10.0.0.1/jira/rest/webhooks/1.0/webhook";
const std::string root10 = "https://10.0.0.1/jira/rest/jira-webhook/1.0/webhooks";
const char* const noSuchPath = R"({"message":"null for uri: https://jira/rest/x","status-code":404})";
const char* const newWebhook =
    R"({"id":12,"name":"Mayo ASPM","url":"https://hooks.example/jira/abc","active":false,
    "events":["jira:issue_updated"],"configuration":{"EXCLUDE_BODY":"false"},"scopeType":"global"})";

} // namespace

TEST_CASE_METHOD(ScriptedCloud, "a dynamic webhook is registered, extended and removed", "[jira][webhooks]") {
    Webhooks& webhooks = client.webhooks();
    CHECK(webhooks.kind() == Webhooks::Kind::Dynamic);
    wire->then(200, R"({"webhookRegistrationResult":[{"createdWebhookId":1000}]})");
    CHECK(webhooks.add(order()) == "1000");
    CHECK(asked() == "POST /webhook");
    CHECK(body() == R"({"url":"https://hooks.example/jira/abc","webhooks":[)"
                    R"({"events":["jira:issue_updated","comment_created"],"jqlFilter":"project = SEC"}]})");
    wire->then(200, R"({"expirationDate":1767225600000})");
    CHECK(webhooks.refresh({"1000", "x]}"}) == 1'767'225'600'000);
    CHECK(asked(1) == "PUT /webhook/refresh");
    CHECK(body(1) == R"({"webhookIds":[1000]})");
    wire->then(202, "");
    webhooks.remove({"1000", "1001"});
    CHECK(asked(2) == "DELETE /webhook");
    CHECK(body(2) == R"({"webhookIds":[1000,1001]})");
    webhooks.remove({});
    CHECK(requestCount() == 3);
}

TEST_CASE_METHOD(ScriptedCloud, "a webhook can hear of chosen properties alone", "[jira][webhooks]") {
    WebhookOrder wanted = order();
    wanted.propertyKeys = {"com.mayoaspm.canary"};
    wire->then(200, R"({"webhookRegistrationResult":[{"createdWebhookId":"7"}]})");
    CHECK(client.webhooks().add(wanted) == "7");
    CHECK_THAT(body(), Contains(R"("issuePropertyKeysFilter":["com.mayoaspm.canary"])"));
}

TEST_CASE_METHOD(ScriptedCloud, "a refusal inside a success is a refusal", "[jira][webhooks]") {
    wire->then(200, R"({"webhookRegistrationResult":[{"errors":["Operator is not is unsupported"]}]})");
    try {
        client.webhooks().add(order());
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK_THAT(refusal.what(), Contains("Operator is not is unsupported"));
        CHECK_THAT(refusal.remedy(), Contains("filter"));
    }
    wire->then(200, R"({"webhookRegistrationResult":[]})");
    CHECK_THROWS_AS(client.webhooks().add(order()), UnknownOutcome);
    wire->thenFail(TransportError::Kind::Cut, true);
    CHECK_THROWS_AS(client.webhooks().add(order()), UnknownOutcome);
}

TEST_CASE_METHOD(ScriptedCloud, "dynamic webhooks are listed to the last page", "[jira][webhooks]") {
    wire->then(200, R"({"startAt":0,"total":3,"isLast":false,"values":[
        {"id":1,"url":"https://a.example","events":["comment_created"],"jqlFilter":"project = A",
         "expirationDate":1767225600000},
        {"id":2,"expirationDate":"2026-01-01T00:00:00.000+0000"}]})");
    wire->then(200, R"({"startAt":2,"total":3,"isLast":true,"values":[{"id":null},null]})");
    const auto all = client.webhooks().list();
    CHECK(asked(0) == "GET /webhook?startAt=0&maxResults=100");
    CHECK(asked(1) == "GET /webhook?startAt=2&maxResults=100");
    REQUIRE(all.size() == 2);
    CHECK(all[0].events == std::vector<std::string>{"comment_created"});
    CHECK(all[0].jql == "project = A");
    CHECK(all[0].expiresAtMs == 1'767'225'600'000);
    CHECK(all[1].url.empty());
    CHECK(all[1].expiresAtMs == 1'767'225'600'000);
    wire->then(200, R"({"hello":1})");
    CHECK_THROWS_AS(client.webhooks().list(), RetryLater); // an unreadable list is no empty one
}

TEST_CASE_METHOD(ScriptedServer9, "before 10 a webhook is named by its address", "[jira][webhooks][server]") {
    Webhooks& webhooks = client.webhooks();
    CHECK(webhooks.kind() == Webhooks::Kind::Unsigned);
    wire->then(
        201, R"({"name":"Mayo ASPM","self":"https://jira.acme.example/jira/rest/webhooks/1.0/webhook/72"})");
    CHECK(webhooks.add(order()) == "72");
    CHECK(asked() == "POST " + root9);
    CHECK(body() == R"({"name":"Mayo ASPM","url":"https://hooks.example/jira/abc",)"
                    R"("events":["jira:issue_updated","comment_created"],)"
                    R"("filters":{"issue-related-events-section":"project = SEC"},"excludeBody":false})");
    wire->then(200, R"([{"self":"https://x/rest/webhooks/1.0/webhook/72","url":"u","enabled":false,
        "events":["jira:issue_updated"],"filters":{"issue-related-events-section":"project = A"}},
        {"url":"nameless"},null])");
    const auto all = webhooks.list();
    REQUIRE(all.size() == 1);
    CHECK(all[0].id == "72");
    CHECK(all[0].jql == "project = A");
    CHECK_FALSE(all[0].enabled);
    CHECK(all[0].expiresAtMs == 0);
    wire->then(204, "");
    wire->then(404, noSuchPath);
    webhooks.remove({"72", "73"});
    CHECK(asked(2) == "DELETE " + root9 + "/72");
    CHECK(asked(3) == "DELETE " + root9 + "/73");
}

TEST_CASE_METHOD(ScriptedServer10, "since 10 the secret stands in the configuration",
                 "[jira][webhooks][server]") {
    Webhooks& webhooks = client.webhooks();
    CHECK(webhooks.kind() == Webhooks::Kind::SecretSigned);
    wire->then(201, newWebhook);
    CHECK(webhooks.add(order()) == "12");
    CHECK(asked() == "POST " + root10);
    CHECK(body() == R"({"name":"Mayo ASPM","url":"https://hooks.example/jira/abc",)"
                    R"("events":["jira:issue_updated","comment_created"],"active":true,"scopeType":"global",)"
                    R"("configuration":{"SECRET":"s3cret","EXCLUDE_BODY":"false"},)"
                    R"("sslVerificationRequired":true})");
    wire->then(200, std::string("[") + newWebhook + "]");
    const auto all = webhooks.list();
    REQUIRE(all.size() == 1);
    CHECK(all[0].id == "12");
    CHECK_FALSE(all[0].enabled);
    wire->then(200, R"({"values":[]})");
    CHECK_THROWS_AS(webhooks.list(), RetryLater);
}

TEST_CASE_METHOD(ScriptedServer9, "an upgrade to 10 is noticed by the missing path",
                 "[jira][webhooks][server]") {
    wire->then(404, noSuchPath);
    wire->then(200,
               R"({"baseUrl":"https://jira.acme.example","version":"10.3.5","deploymentType":"Server"})");
    wire->then(200, "[]");
    CHECK(client.webhooks().list().empty());
    CHECK(asked(0) == "GET " + root9);
    CHECK(asked(2) == "GET " + root10);
    CHECK(client.webhooks().kind() == Webhooks::Kind::SecretSigned);
}

TEST_CASE_METHOD(ScriptedServer9, "an account that is no administrator is told to have it set up by hand",
                 "[jira][webhooks][server]") {
    wire->then(403, R"({"messages":[{"key":"You do not have permission to create WebHook 'X'."}]})");
    try {
        client.webhooks().add(order());
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.status() == 403);
        CHECK_THAT(refusal.what(), Contains("You do not have permission") && !Contains("hooks.example"));
        CHECK_THAT(refusal.remedy(), Contains("by hand"));
    }
}

TEST_CASE_METHOD(ScriptedServer10, "a 401 to webhooks alone does not end the connection",
                 "[jira][webhooks][server]") {
    wire->then(401, R"({"message":"Client must be authenticated as an administrator.","status-code":401})");
    wire->then(200, R"({"name":"ann"})");
    try {
        client.webhooks().list();
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.status() == 401);
        CHECK_THAT(refusal.remedy(), Contains("by hand"));
    }
    CHECK(signer->givenUp.empty());
    wire->then(401, "{}");
    wire->then(401, "{}");
    CHECK_THROWS_AS(client.webhooks().list(), ReconnectNeeded);
    CHECK_FALSE(signer->givenUp.empty());
}
