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
        acme->set("current", "k-second-of-acme");
        keys->set("k-second-of-acme", std::string(42, 'A') + "E="); // 32 bytes
    } else {
        for (const auto& id : keys->getNames())
            if (id != acme->getValue<std::string>("current"))
                keys->remove(id);
    }
    std::ofstream out(file, std::ios::trunc); // the file keeps its mode
    json->stringify(out);
}

/// Whether a ticket comes of one more finding.
bool creates(const StubHost& host) {
    const auto finding = host.addFindings("payments-api", 1).front();
    host.push("payments-api", {finding});
    return host.pushState(finding) == "created";
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

/// The plugin's store on each engine in turn, and what stands sealed in it: in SQLite's files, or in the rows
/// of PostgreSQL, whose own files are in its server's care.
struct Store {
    const std::string url = GENERATE(false, true) ? sharedPostgres().newDatabase() : "";

    Store() { UNSCOPED_INFO(url.substr(0, 10)); }
    std::map<std::string, std::string> config() const {
        return url.empty() ? std::map<std::string, std::string>{}
                           : std::map<std::string, std::string>{{"database.url", url}};
    }
    std::set<std::string> sealed(const StubHost& host) const {
        return url.empty() ? sealedIn(host.data()) : sealedTexts(sharedPostgres().contents(databaseOf(url)));
    }
};

} // namespace

TEST_CASE("the platform's key is replaced while the earlier one is still there, and then taken away",
          "[integration][rotation]") {
    const Store store;
    ConnectedHost world(traced(), store.config());
    REQUIRE(creates(world.host));

    REQUIRE(world.host.stop() == 0);
    changeKeys(world.host, Keys::Add);
    world.host.start();
    CHECK(creates(world.host)); // with the token that the earlier key sealed

    world.advance(std::chrono::hours(1)); // the token ends, and the next one is sealed with the new key
    CHECK(creates(world.host));
    REQUIRE(world.host.stop() == 0);
    changeKeys(world.host, Keys::DropEarlier);
    world.host.start();
    CHECK(creates(world.host));
    auto admin = world.host.signedIn();
    CHECK(settings(admin, "GET", "connection")["state"].text() == "connected");
}

TEST_CASE(
    "what a Data Center's secrets were sealed with is not needed any more a day after the platform's key was "
    "replaced",
    "[integration][rotation]") {
    const Store store;
    DataCenterHost world("10.3", {}, store.config());
    world.connect();
    mapProject(world.host, "payments-api", "PAY", "Bug");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    const auto issue = world.jira.issue(world.host.finding(finding)["ticket"]["key"].text())["id"].text();
    const auto url = hookUrl(world.jira), secret = hookSecret(world.jira);
    const auto before = store.sealed(world.host);

    REQUIRE(world.host.stop() == 0);
    changeKeys(world.host, Keys::Add);
    world.host.start();
    world.host.advanceClock(std::chrono::hours(25));
    CHECK(eventually(
        [&] { return world.host.log().find("is sealed with the present ones") != std::string::npos; }));
    const auto after = store.sealed(world.host);
    CHECK(after.size() == 6); // three of the token, the private key, two of the webhook
    for (const auto& sealed : after)
        CHECK(before.count(sealed) == 0);

    REQUIRE(world.host.stop() == 0);
    changeKeys(world.host, Keys::DropEarlier);
    world.host.start();
    CHECK(creates(world.host));
    world.host.advanceClock(std::chrono::hours(-25)); // Jira's clock stood
    world.admin = world.host.signedIn();
    CHECK(world.problem().empty()); // asks Jira, signed with the private key
    CHECK(deliver(world.host.url() + test_support::pathOf(url), secret, issue) == 200);
}

TEST_CASE("a regenerated key pair takes over when Jira has its public key, and the old one signs until then",
          "[integration][rotation]") {
    DataCenterHost world("10.3");
    world.connect();
    mapProject(world.host, "payments-api", "PAY", "Bug");
    REQUIRE(creates(world.host));

    const auto before = world.guide();
    settings(world.admin, "POST", "connection/data-center/keys", R"({"confirm":true})");
    const auto guide = world.guide();
    CHECK(guide["publicKey"].text() != before["publicKey"].text());
    CHECK(guide["replacesKeyOf"].text() == before["createdAt"].text());
    CHECK(guide["verified"].isNull());
    CHECK(creates(world.host)); // Jira has the old public key

    const auto link = world.jira.control("GET", "/_sim/applinks")["applinks"][0]["id"].number();
    world.jira.control("POST", "/_sim/applinks/" + std::to_string(link),
                       R"({"publicKey":)" + quoted(guide["publicKey"].text()) + "}");
    CHECK(creates(world.host));
    CHECK(world.guide()["replacesKeyOf"].isNull());
    CHECK(world.guide()["publicKey"].text() == guide["publicKey"].text());
    world.host.restart();
    CHECK(creates(world.host));
    CHECK(world.jira.issueCount() == 4);
    CHECK(world.host.alerts().empty());
}

TEST_CASE("verifying uses the new key pair when Jira has its public key, and else the present one",
          "[integration][rotation]") {
    DataCenterHost world("9.12");
    world.connect();
    const auto first = world.guide()["publicKey"].text();
    settings(world.admin, "POST", "connection/data-center/keys", R"({"confirm":true})");
    CHECK(world.problem().empty());
    CHECK_FALSE(world.guide()["replacesKeyOf"].isNull());
    const auto link = world.jira.control("GET", "/_sim/applinks")["applinks"][0]["id"].number();
    world.jira.control("POST", "/_sim/applinks/" + std::to_string(link),
                       R"({"publicKey":)" + quoted(world.guide()["publicKey"].text()) + "}");
    CHECK(world.problem().empty());
    CHECK(world.guide()["replacesKeyOf"].isNull());
    world.removeLinks();
    world.makeLink({{"publicKey", first}});
    settings(world.admin, "POST", "connection/data-center/keys", R"({"confirm":true})");
    CHECK(world.problem() == "key_differs");
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

TEST_CASE("what was sealed for a connection is nowhere in the store after its end, on Cloud",
          "[integration][rotation][secrets]") {
    const Store store;
    ConnectedHost world(traced(), store.config());
    world.advance(std::chrono::hours(1)); // a second pair of tokens
    REQUIRE(creates(world.host));
    REQUIRE(store.sealed(world.host).size() >= 2);
    auto admin = world.host.signedIn();
    disconnect(admin);
    CHECK(store.sealed(world.host).empty());
    CHECK(world.host.stop() == 0);
    CHECK(store.sealed(world.host).empty());
}

TEST_CASE("what was sealed for a connection is nowhere in the store after its end, on Data Center",
          "[integration][rotation][secrets]") {
    const Store store;
    DataCenterHost world("10.3", {}, store.config());
    world.connect();
    mapProject(world.host, "payments-api", "PAY", "Bug");
    hookUrl(world.jira);
    renewWebhook(world.admin);
    const auto before = store.sealed(world.host);
    REQUIRE(before.size() >= 5); // token, its secret, the private key, address and secret of the webhook
    disconnect(world.admin);
    const auto after = store.sealed(world.host);
    CHECK(after.size() == 1); // the private key: the link in Jira stays good
    CHECK(std::includes(before.begin(), before.end(), after.begin(), after.end()));
}
