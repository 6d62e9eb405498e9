#include <catch2/catch.hpp>

#include "canary.hpp"
#include "data_center.hpp"
#include "eventually.hpp"
#include "hook_signature.hpp"
#include "postgres.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

/// Secrets that are replaced while everything goes on, and those that end with a connection.
using namespace integration;
using namespace test_support;

namespace {

/// Gives acme another current key in the platform's key file, as an operator does while the host stands; or
/// takes all but the current one away.
enum class Keys { Add, DropEarlier };

void changeKeys(const StubHost& host, Keys how) {
    using Poco::JSON::Object;
    const auto file = host.data() / "keys.json";
    const auto json = Poco::JSON::Parser().parse(readFile(file)).extract<Object::Ptr>();
    Object::Ptr acme = json->getObject("organisations")->getObject("acme");
    Object::Ptr keys = acme->getObject("keys");
    if (how == Keys::Add) {
        acme->set("current", "k-next");
        keys->set("k-next", std::string(42, 'A') + "E="); // 32 bytes
    } else {
        for (const auto& id : keys->getNames())
            if (id != acme->getValue<std::string>("current"))
                keys->remove(id);
    }
    std::ofstream out(file, std::ios::trunc); // the file keeps its mode
    json->stringify(out);
}

bool creates(const ConnectedHost& world) {
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    return world.host.pushState(finding) == "created";
}

int deliver(const std::string& url, const std::string& secret, const std::string& issue) {
    const std::string body = R"({"webhookEvent":"jira:issue_updated","issue":{"id":")" + issue +
                             R"("},"secret":")" + url + R"("})";
    HttpClient client(originOf(url));
    client.setHeader("X-Hub-Signature", hubSignature(secret, body));
    return client.send("POST", test_support::pathOf(url), body, "application/json").status;
}

/// Somebody else may be registering it at this moment.
void renewWebhook(HttpClient& admin) {
    REQUIRE(eventually([&] { return askSettings(admin, "POST", "webhook/rotate", "{}").status == 200; }));
}

void disconnect(HttpClient& admin) {
    const auto site = settings(admin, "GET", "connection")["site"]["name"].text();
    settings(admin, "DELETE", "connection", R"({"site":)" + test_support::quoted(site) + "}");
}

} // namespace

TEST_CASE("the platform's key is replaced while the earlier one is still there, and then taken away",
          "[integration][rotation]") {
    const bool isPostgres = GENERATE(false, true);
    CAPTURE(isPostgres);
    ConnectedHost world(
        traced(), isPostgres
                      ? std::map<std::string, std::string>{{"database.url", sharedPostgres().newDatabase()}}
                      : std::map<std::string, std::string>{});
    REQUIRE(creates(world));

    REQUIRE(world.host.stop() == 0);
    changeKeys(world.host, Keys::Add);
    world.host.start();
    CHECK(creates(world)); // with the token that the earlier key sealed

    world.advance(std::chrono::hours(1)); // the token ends, and the next one is sealed with the new key
    CHECK(creates(world));
    REQUIRE(world.host.stop() == 0);
    changeKeys(world.host, Keys::DropEarlier);
    world.host.start();
    CHECK(creates(world));
    auto admin = world.host.signedIn();
    CHECK(settings(admin, "GET", "connection")["state"].text() == "connected");
}

TEST_CASE("a regenerated key pair ends the access of the old one, and what waits is sent with the new one",
          "[integration][rotation]") {
    DataCenterHost world("10.3");
    world.connect();
    mapProject(world.host, "payments-api", "PAY", "Bug");
    const auto before = world.guide()["publicKey"].text();
    const auto findings = world.host.addFindings("payments-api", 2);
    world.host.push("payments-api", {findings[0]});
    REQUIRE(world.host.pushState(findings[0]) == "created");

    settings(world.admin, "POST", "connection/data-center/keys", R"({"confirm":true})");
    CHECK(world.guide()["publicKey"].text() != before);
    CHECK(settings(world.admin, "GET", "connection")["state"].text() == "needs_attention");
    world.host.push("payments-api", {findings[1]}, 0);
    CHECK(eventually([&] { return world.host.pushState(findings[1]) == "waiting"; }));
    CHECK(world.problem() == "key_differs"); // Jira still has the old public key

    world.removeLinks();
    world.connect();
    CHECK(eventually([&] {
        world.host.advanceClock(std::chrono::seconds(2));
        return world.host.pushState(findings[1]) == "created";
    }));
    CHECK(world.jira.issueCount() == 2);
}

TEST_CASE(
    "a renewed webhook is taken with both secrets for a day, and the old one until Jira has the new one",
    "[integration][rotation]") {
    DataCenterHost world("10.3");
    world.connect();
    mapProject(world.host, "payments-api", "PAY", "Bug");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    const auto issue = world.jira.issue(world.host.finding(finding)["ticket"]["key"].text())["id"].text();
    const auto url = hookUrl(world.jira), secret = hookSecret(world.jira);
    REQUIRE(deliver(url, secret, issue) == 200);

    world.jira.fault("status=503,path=/rest/jira-webhook");
    for (int i = 0; i < 2; ++i) // Jira does not take the new one now
        CHECK(askSettings(world.admin, "POST", "webhook/rotate", "{}").status == 503);
    REQUIRE(hookUrl(world.jira) == url);
    CHECK(deliver(url, secret, issue) == 200);
    world.jira.clearFaults();

    renewWebhook(world.admin);
    const auto newUrl = hookUrl(world.jira), newSecret = hookSecret(world.jira);
    REQUIRE(newUrl != url);
    REQUIRE(newSecret != secret);
    CHECK(deliver(newUrl, newSecret, issue) == 200);
    CHECK(deliver(url, secret, issue) == 200); // on its way already
    CHECK(deliver(newUrl, "guessed", issue) == 401);

    world.host.advanceClock(std::chrono::hours(25));
    CHECK(deliver(newUrl, newSecret, issue) == 200);
    CHECK(deliver(url, secret, issue) == 404);
    CHECK(deliver(newUrl, secret, issue) == 401);
}

TEST_CASE("what was sealed for a connection is nowhere in the database's files after its end, on Cloud",
          "[integration][rotation][secrets]") {
    ConnectedHost world;
    world.advance(std::chrono::hours(1)); // a second pair of tokens
    REQUIRE(creates(world));
    REQUIRE(sealedIn(world.host.data()).size() >= 2);
    auto admin = world.host.signedIn();
    disconnect(admin);
    CHECK(sealedIn(world.host.data()).empty());
    CHECK(world.host.stop() == 0);
    CHECK(sealedIn(world.host.data()).empty());
}

TEST_CASE("what was sealed for a connection is nowhere in the database's files after its end, on Data Center",
          "[integration][rotation][secrets]") {
    DataCenterHost world("10.3");
    world.connect();
    mapProject(world.host, "payments-api", "PAY", "Bug");
    hookUrl(world.jira);
    renewWebhook(world.admin);
    const auto before = sealedIn(world.host.data());
    REQUIRE(before.size() >= 5); // token, its secret, the private key, address and secret of the webhook
    disconnect(world.admin);
    const auto after = sealedIn(world.host.data());
    CHECK(after.size() == 1); // the private key: the link in Jira stays good
    CHECK(std::includes(before.begin(), before.end(), after.begin(), after.end()));
}
