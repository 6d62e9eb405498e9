#include <catch2/catch.hpp>

#include <sstream>

#include <Poco/Base64Decoder.h>
#include <Poco/Base64Encoder.h>
#include <Poco/StreamCopier.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "../../support/eventually.hpp"
#include "hook_steps.hpp"
#include "http/exchange.hpp"
#include "http/webhook_signature.hpp"

using namespace sim_test;

namespace {

using Hook = HookReceiver::Hook;

std::string decoded(const std::string& text) {
    std::istringstream in(text);
    Poco::Base64Decoder decoder(in, Poco::BASE64_URL_ENCODING | Poco::BASE64_NO_PADDING);
    std::string bytes;
    Poco::StreamCopier::copyToString(decoder, bytes);
    return bytes;
}

std::string hmac(const std::string& secret, const std::string& text) {
    unsigned char digest[32];
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, nullptr);
    return {reinterpret_cast<const char*>(digest), sizeof digest};
}

Hook last(const HookReceiver& receiver, std::size_t count) {
    const std::vector<Hook> hooks = receiver.waitFor(count);
    REQUIRE(hooks.size() == count);
    return hooks.back();
}

void advanceMinutes(Sim& sim, int minutes) {
    sim.sim("POST", "/clock", "{\"advanceMs\":" + std::to_string(minutes * 60 * 1000) + "}");
}

/// Waits until nothing is about to be sent.
void settle(Sim& sim) {
    CHECK(test_support::eventually(
        [&] { return sim.sim("GET", "/deliveries").textAt("counts.pending") == "0"; }));
}

const std::string paragraph =
    R"({"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Seen"}]}]})";

} // namespace

TEST_CASE("the signature of a body is that of Atlassian's example", "[webhooks]") {
    CHECK(jira_sim::webhook::hubSignature("It's a Secret to Everybody", "Hello World!") ==
          "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9");
}

TEST_CASE("a delivery carries a token signed with the client secret, and its identifier", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    const std::string id = hookId(registerHook(sim, receiver.url(), {"jira:issue_created"}));
    sim.key();
    const Hook hook = last(receiver, 1);
    CHECK(hook.path == "/hooks/jira");
    CHECK(hook.header("Content-Type") == "application/json; charset=UTF-8");
    CHECK(hook.header("X-Atlassian-Webhook-Identifier").size() == 36);
    CHECK(hook.header("X-Atlassian-Webhook-Flow") == "Primary");
    CHECK(hook.header("X-Atlassian-Webhook-Retry").empty());
    CHECK(hook.header("X-Hub-Signature").empty());
    CHECK(hook.textAt("matchedWebhookIds.0") == id);
    const std::string authorization = hook.header("Authorization");
    REQUIRE(authorization.rfind("Bearer ", 0) == 0);
    const std::vector<std::string> parts = jira_sim::split(authorization.substr(7), '.');
    REQUIRE(parts.size() == 3);
    CHECK(json::memberString(json::asObject(json::parse(decoded(parts[0]))), "alg") == "HS256");
    CHECK(decoded(parts[2]) == hmac("sim-secret", parts[0] + "." + parts[1]));
    const json::ObjectPtr claims = json::asObject(json::parse(decoded(parts[1])));
    CHECK(json::member(claims, "exp").convert<int>() == json::member(claims, "iat").convert<int>() + 180);
}

TEST_CASE("an issue is told of as version 2 shows it, addresses on the site's host", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    registerHook(sim, receiver.url(), {"jira:issue_created", "jira:issue_updated", "jira:issue_deleted"});
    const std::string key = sim.key("{\"description\":" + paragraph + "}");
    const Hook created = last(receiver, 1);
    CHECK(created.event() == "jira:issue_created");
    CHECK(created.textAt("issue_event_type_name") == "issue_created");
    CHECK(created.textAt("issue.key") == key);
    CHECK(created.textAt("issue.self") ==
          sim.server.url() + "/rest/api/2/issue/" + created.textAt("issue.id"));
    CHECK(created.textAt("issue.fields.description") == "Seen");
    CHECK(created.textAt("issue.fields.status.statusCategory.key") == "new");
    CHECK(created.textAt("user.accountId") == sim.accountId("Sam Rivera"));
    CHECK(created.textAt("timestamp").size() == 13);

    sim.sim("POST", "/issues/" + key + "/transition", R"({"to":"Done","as":"Mei Tanaka"})");
    const Hook closed = last(receiver, 2);
    CHECK(closed.event() == "jira:issue_updated");
    CHECK(closed.textAt("issue_event_type_name") == "issue_generic");
    CHECK(closed.textAt("changelog.items.0.fieldId") == "status");
    CHECK(closed.textAt("changelog.items.0.fromString") == "To Do");
    CHECK(closed.textAt("changelog.items.1.toString") == "Done");
    CHECK(closed.textAt("issue.fields.status.statusCategory.key") == "done");
    CHECK(closed.textAt("user.displayName") == "Mei Tanaka");

    sim.sim("DELETE", "/issues/" + key);
    const Hook deleted = last(receiver, 3);
    CHECK(deleted.event() == "jira:issue_deleted");
    CHECK(deleted.textAt("issue.key") == key);
    CHECK_FALSE(deleted.has("changelog"));
    CHECK(deleted.has("user"));
}

TEST_CASE("a comment is told of with its issue in short and without a user", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    registerHook(sim, receiver.url(), {"comment_created", "comment_updated", "comment_deleted"});
    const std::string key = sim.key();
    const std::string comment =
        sim.api("POST", "/issue/" + key + "/comment", "{\"body\":" + paragraph + "}").textAt("id");
    const Hook created = last(receiver, 1);
    CHECK(created.event() == "comment_created");
    CHECK(created.textAt("comment.id") == comment);
    CHECK(created.textAt("comment.body") == "Seen");
    CHECK(created.textAt("comment.author.accountId") == sim.accountId("Sam Rivera"));
    CHECK(created.textAt("issue.key") == key);
    CHECK_FALSE(created.textAt("issue.fields.status.id").empty());
    CHECK_FALSE(json::asObject(Answer{0, "", "", created.json, {}}.at("issue.fields"))->has("description"));
    CHECK_FALSE(created.has("user"));
    sim.api("PUT", "/issue/" + key + "/comment/" + comment, "{\"body\":" + paragraph + "}");
    CHECK(last(receiver, 2).event() == "comment_updated");
    sim.api("DELETE", "/issue/" + key + "/comment/" + comment);
    CHECK(last(receiver, 3).textAt("comment.id") == comment);
}

TEST_CASE("filters by project, field and property decide what is told", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    registerHook(sim, receiver.url(), {"jira:issue_updated"}, "project = PAY",
                 R"(,"fieldIdsFilter":["status"])");
    registerHook(sim, receiver.url(), {"issue_property_set", "issue_property_deleted"}, "project = PAY",
                 R"(,"issuePropertyKeysFilter":["com.example"])");
    const std::string key = sim.key();
    const std::string other = sim.key(R"({"project":{"key":"AUTH"}})");
    const auto edit = [&](const std::string& issue, const char* text) {
        sim.sim("POST", "/issues/" + issue + "/edit", text);
    };
    edit(key, R"({"summary":"not asked for"})");
    sim.sim("POST", "/issues/" + other + "/transition", R"({"to":"Done"})");
    sim.api("PUT", "/issue/" + key + "/properties/com.other", "1");
    sim.sim("POST", "/issues/" + key + "/transition", R"({"to":"Done"})");
    CHECK(last(receiver, 1).textAt("issue.fields.status.name") == "Done");
    sim.api("PUT", "/issue/" + key + "/properties/com.example", R"({"n":1})");
    const Hook set = last(receiver, 2);
    CHECK(set.event() == "issue_property_set");
    CHECK(set.textAt("property.key") == "com.example");
    CHECK(set.textAt("property.value.n") == "1");
    CHECK(set.textAt("issue.key") == key);
    sim.api("DELETE", "/issue/" + key + "/properties/com.example");
    CHECK(last(receiver, 3).event() == "issue_property_deleted");
}

TEST_CASE("one event that several webhooks match is one delivery", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    registerHook(sim, receiver.url(), {"jira:issue_created"}, "project = PAY");
    registerHook(sim, receiver.url(), {"jira:issue_created"}, "issuetype = Bug");
    sim.key();
    settle(sim);
    CHECK(last(receiver, 1).textAt("matchedWebhookIds") == "[1000,1001]");
}

TEST_CASE("what waits for webhooks that are all taken away is dropped", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    std::vector<std::string> ids;
    for (const char* jql : {"project = PAY", "issuetype = Bug"})
        ids.push_back(hookId(registerHook(sim, receiver.url(), {"jira:issue_created"}, jql)));
    receiver.answerNext({503});
    sim.key();
    const auto isNow = [&](const std::string& state) {
        return sim.sim("GET", "/deliveries").textAt("deliveries.0.state") == state;
    };
    REQUIRE(test_support::eventually([&] { return isNow("waiting"); }));
    const auto remove = [&](const std::string& id) {
        CHECK(sim.api("DELETE", "/webhook", "{\"webhookIds\":[" + id + "]}").status == 202);
    };
    remove(ids[0]);
    CHECK(isNow("waiting")); // for the other one
    remove(ids[1]);
    CHECK(isNow("dropped"));
    CHECK(sim.sim("POST", "/webhooks/flush-retries").textAt("flushed") == "0");
}

TEST_CASE("a failed delivery is tried again five times, with one identifier", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    registerHook(sim, receiver.url(), {"jira:issue_created"});
    receiver.answerNext({503, 429, 408, 409, 425, 500});
    sim.key();
    for (std::size_t attempt = 1; attempt <= 6; ++attempt) {
        const Hook hook = last(receiver, attempt);
        CHECK(hook.header("X-Atlassian-Webhook-Retry") == (attempt == 1 ? "" : std::to_string(attempt - 1)));
        CHECK(hook.header("X-Atlassian-Webhook-Identifier") ==
              receiver.hooks().front().header("X-Atlassian-Webhook-Identifier"));
        const std::string state = attempt == 6 ? "failed" : "waiting";
        CHECK(test_support::eventually(
            [&] { return sim.sim("GET", "/deliveries").textAt("deliveries.0.state") == state; }));
        advanceMinutes(sim, 4); // too early
        CHECK(sim.sim("GET", "/deliveries").textAt("counts.pending") == "0");
        advanceMinutes(sim, 12);
    }
    settle(sim);
    CHECK(receiver.hooks().size() == 6);
}

TEST_CASE("a refusal is final, a flush does not wait, and nobody listening is a failure to repeat",
          "[webhooks]") {
    Sim sim;
    std::string gone;
    {
        HookReceiver receiver;
        gone = receiver.url();
        connectWithHooks(sim);
        registerHook(sim, receiver.url(), {"jira:issue_created"});
        receiver.answerNext({401, 503});
        sim.key();
        sim.key();
        last(receiver, 2);
        CHECK(test_support::eventually(
            [&] { return sim.sim("GET", "/deliveries").textAt("counts.waiting") == "1"; }));
        CHECK(sim.sim("GET", "/deliveries?state=failed").textAt("deliveries.0.lastStatus") == "401");
        CHECK(sim.sim("POST", "/webhooks/flush-retries").textAt("flushed") == "1");
        CHECK(last(receiver, 3).header("X-Atlassian-Webhook-Retry") == "1");
        settle(sim);
    }
    sim.key();
    CHECK(test_support::eventually(
        [&] { return sim.sim("GET", "/deliveries").textAt("counts.waiting") == "1"; }));
    const Answer waiting = sim.sim("GET", "/deliveries?state=waiting");
    CHECK(waiting.textAt("deliveries.0.lastStatus") == "0");
    CHECK_FALSE(waiting.textAt("deliveries.0.lastError").empty());
}

TEST_CASE("deliveries come in order, unless a fault loses, repeats, turns or delays them", "[webhooks]") {
    Sim sim;
    HookReceiver receiver;
    connectWithHooks(sim);
    registerHook(sim, receiver.url(), {"jira:issue_updated"});
    const std::string key = sim.key();
    const auto edit = [&](const std::string& summary) {
        sim.sim("POST", "/issues/" + key + "/edit", R"({"summary":")" + summary + "\"}");
    };
    const auto summaries = [&](std::size_t count) {
        std::string text;
        for (const Hook& hook : receiver.waitFor(count))
            text += hook.textAt("issue.fields.summary") + " ";
        return text;
    };
    edit("a");
    edit("b");
    CHECK(summaries(2) == "a b ");
    sim.fault("webhook-lose,times=1");
    edit("c");
    CHECK(sim.sim("GET", "/deliveries").textAt("counts.lost") == "1");
    sim.fault("webhook-duplicate,times=1");
    edit("d");
    CHECK(summaries(4) == "a b d d ");
    CHECK(receiver.hooks()[2].header("X-Atlassian-Webhook-Identifier") ==
          receiver.hooks()[3].header("X-Atlassian-Webhook-Identifier"));
    sim.fault("webhook-reorder,body=\"e\",times=1");
    edit("e");
    edit("f");
    CHECK(summaries(6) == "a b d d f e ");
    sim.fault("webhook-delay=3600000,times=1");
    edit("g");
    edit("h");
    CHECK(summaries(7) == "a b d d f e h ");
    advanceMinutes(sim, 61);
    CHECK(summaries(8) == "a b d d f e h g ");
}
