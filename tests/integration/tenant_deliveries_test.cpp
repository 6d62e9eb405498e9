#include <catch2/catch.hpp>

#include "data_center.hpp"
#include "eventually.hpp"
#include "hook_signature.hpp"
#include "neighbour.hpp"

#include <chrono>

/// Deliveries that are as genuine as they can be, and name what belongs to another organisation.
using namespace integration;
using namespace test_support;

namespace {

const std::vector<std::string> events{"jira:issue_updated", "jira:issue_created", "comment_created",
                                      "comment_deleted", "jira:issue_deleted"};

std::int64_t nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// What Jira tells of an issue. ids: of webhooks, with commas; Data Center names none.
std::string delivery(const std::string& event, const std::string& ids, const std::string& issue,
                     const std::string& site) {
    static int count = 0; // each happened at a time of its own
    const std::string self = site + "/rest/api/2/issue/" + issue;
    return R"({"timestamp":)" + std::to_string(nowMs() + ++count) + R"(,"webhookEvent":")" + event +
           R"(","matchedWebhookIds":[)" + ids + R"(],"issue":{"id":")" + issue + R"(","self":")" + self +
           R"("},"comment":{"id":"10000","self":")" + self +
           R"(/comment/10000"},"changelog":{"id":"1","items":[{"field":"status"}]}})";
}

int post(const std::string& url, const std::string& body, const std::string& header,
         const std::string& value) {
    HttpClient client(originOf(url));
    client.setHeader(header, value);
    return client.send("POST", test_support::pathOf(url), body, "application/json").status;
}

/// Waits until all that came is applied.
bool isQuiet(const StubHost& host) {
    return eventually([&] {
        for (const char* organisation : {"acme", "globex"}) {
            auto admin = host.signedIn("alice", organisation);
            if (settings(admin, "GET", "sync/queue")["incoming"]["waiting"].number() > 0)
                return false;
        }
        return true;
    });
}

std::string statusOf(const StubHost& host, const std::string& finding, const std::string& organisation) {
    return host.finding(finding, organisation)["status"].text();
}

std::string issueOf(const Simulator& jira, const std::string& key) {
    return jira.issue(key)["id"].text();
}

std::string ticketOf(const StubHost& host, const std::string& finding, const std::string& organisation) {
    return host.finding(finding, organisation)["ticket"]["key"].text();
}

void closeAndComment(const Simulator& jira, const std::string& key) {
    jira.control("POST", "/_sim/issues/" + key + "/transition", R"({"to":"Done"})");
    jira.control("POST", "/_sim/issues/" + key + "/comment", R"({"text":"Nobody told of this."})");
}

} // namespace

TEST_CASE("a delivery for one organisation's webhook changes nothing of another's, on Cloud",
          "[integration][sync][tenants]") {
    const ConnectedHost world;
    const Neighbour globex(world);
    const auto finding = world.host.addFindings("payments-api", 8).back();
    REQUIRE(finding == globex.finding()); // one id, two findings
    world.host.push("payments-api", {finding});
    const auto hooks = [&](const std::string& organisation) {
        auto admin = world.host.signedIn("alice", organisation);
        std::string ids;
        REQUIRE(eventually([&] {
            const auto list = settings(admin, "GET", "webhook")["ids"].texts();
            ids = list.empty() ? "" : list.front();
            return !ids.empty();
        }));
        return ids;
    };
    const auto ours = ticketOf(world.host, finding, "acme"), theirs = ticketOf(world.host, finding, "globex");
    const auto secret = configFor(world.jira).at("jira.cloud.client_secret");
    const auto deliver = [&](const std::string& event, const std::string& ids, const std::string& issue) {
        return post(world.host.url() + "/hooks/-/jira/jira",
                    delivery(event, ids, issueOf(world.jira, issue), world.jira.url()), "Authorization",
                    bearer(secret, nowMs()));
    };
    REQUIRE(isQuiet(world.host));
    world.jira.fault("webhook-lose");
    for (const auto& ticket : {ours, theirs})
        closeAndComment(world.jira, ticket);
    const auto before = globex.inventory();
    const auto ourTimeline = world.host.timeline(finding);

    for (const auto& event : events) {
        CHECK(deliver(event, hooks("globex"), ours) == 200); // theirs to hear of, and none of their tickets
        CHECK(deliver(event, hooks("acme"), theirs) == 200);
    }
    REQUIRE(isQuiet(world.host));
    CHECK(globex.inventory() == before);
    CHECK(statusOf(world.host, finding, "acme") == "open");
    CHECK(world.host.timeline(finding) == ourTimeline);

    CHECK(deliver("comment_created", hooks("acme") + "," + hooks("globex"), ours) == 200);
    CHECK(eventually([&] { return statusOf(world.host, finding, "acme") == "resolved"; }));
    REQUIRE(isQuiet(world.host));
    CHECK(globex.inventory() == before);
}

namespace {

/// Two organisations of one host, each with a Data Center of its own in which everything has the same ids.
struct TwoServers {
    explicit TwoServers(const std::string& version)
        : acme(version), other(dataCenter(version, {"--seed", "2"})) { // tokens are random, ids are counted
        StubHost& host = acme.host;
        host.control("POST", "/organisations", R"({"id":"globex","name":"Globex"})");
        host.control("POST", "/organisations/globex/users",
                     R"({"id":"alice","name":"Alice","email":"alice@globex.example","roles":["admin"],)"
                     R"("administers":[]})");
        authorities.write("both.pem", readFile(acme.jira.caFile()) + readFile(other.caFile()));
        host.configure("jira.tls.ca_file", (authorities / "both.pem").string());
        host.restart();
        for (const std::string organisation : {"acme", "globex"}) {
            auto admin = host.signedIn("alice", organisation);
            connectServer(organisation == "acme" ? acme.jira : other, admin);
            mapProject(host, "payments-api", "PAY", "Bug", "", organisation);
            finding = host.addFindings("payments-api", 1, organisation).front();
            host.push("payments-api", {finding}, 60'000, organisation);
        }
    }

    DataCenterHost acme;
    Simulator other;
    TempDir authorities;
    std::string finding; ///< of both
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    return text.replace(text.find(what), what.size(), by);
}

} // namespace

TEST_CASE("a delivery for one organisation's webhook changes nothing of another's, on Data Center",
          "[integration][sync][tenants]") {
    const std::string version = GENERATE("9.12", "10.3");
    CAPTURE(version);
    const TwoServers world(version);
    const StubHost& host = world.acme.host;
    const Simulator& jira = world.acme.jira;
    const auto key = ticketOf(host, world.finding, "acme");
    REQUIRE(ticketOf(host, world.finding, "globex") == key);
    const auto issue = issueOf(jira, key);
    REQUIRE(issueOf(world.other, key) == issue);
    const auto ours = hookUrl(jira), theirs = hookUrl(world.other);
    const auto ourSecret = hookSecret(jira), theirSecret = hookSecret(world.other);
    const bool isSigned = !ourSecret.empty();
    REQUIRE(isSigned == (version != "9.12"));
    REQUIRE(isQuiet(host));
    for (const Simulator* each : {&jira, &world.other}) {
        each->fault("webhook-lose");
        closeAndComment(*each, key);
    }
    const auto deliver = [&](const std::string& url, const std::string& event, const Simulator& site,
                             const std::string& secret) {
        const auto body = delivery(event, "", issue, site.url());
        return post(url, body, "X-Hub-Signature", hubSignature(secret, body));
    };

    for (const auto& event : events) {
        CHECK(deliver(replaced(ours, "/acme/", "/globex/"), event, world.other, theirSecret) == 404);
        CHECK(deliver(replaced(theirs, "/globex/", "/acme/"), event, jira, ourSecret) == 404);
        if (isSigned) {
            CHECK(deliver(ours, event, jira, theirSecret) == 401);
            CHECK(deliver(theirs, event, world.other, ourSecret) == 401);
        }
    }
    REQUIRE(isQuiet(host));
    CHECK(statusOf(host, world.finding, "acme") == "open");
    CHECK(statusOf(host, world.finding, "globex") == "open");

    // Whatever a delivery says of its site, it is about the Jira whose webhook it is for.
    CHECK(deliver(ours, "jira:issue_updated", world.other, ourSecret) == 200);
    CHECK(eventually([&] { return statusOf(host, world.finding, "acme") == "resolved"; }));
    REQUIRE(isQuiet(host));
    CHECK(statusOf(host, world.finding, "globex") == "open");
    CHECK(host.timeline(world.finding, "globex").find("Nobody told of this.") == std::string::npos);
    CHECK(deliver(theirs, "jira:issue_updated", world.other, theirSecret) == 200);
    CHECK(eventually([&] { return statusOf(host, world.finding, "globex") == "resolved"; }));
}
