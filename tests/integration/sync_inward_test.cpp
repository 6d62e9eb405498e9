#include "hook_signature.hpp"
#include "synced_jira.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace integration;
using namespace test_support;

namespace {

const std::string route = "/hooks/-/jira/jira";
const std::string delivery =
    R"({"timestamp":1700000000000,"webhookEvent":"jira:issue_updated","matchedWebhookIds":[424242],)"
    R"("issue":{"id":"10001","self":"https://acme.example/rest/api/2/issue/10001"}})";

std::int64_t nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// A caller that is not Jira.
struct Stranger {
    explicit Stranger(const StubHost& host) : client(host.url()) {}
    int post(const std::string& path, const std::string& body, const std::string& type = "application/json") {
        return client.send("POST", path, body, type).status;
    }
    HttpClient client;
};

} // namespace

TEST_CASE("the webhook's URL takes nothing from strangers", "[sync]") {
    const ConnectedHost world;
    const std::string secret = configFor(world.jira).at("jira.cloud.client_secret");
    Stranger stranger(world.host);

    SECTION("nothing unsigned, forged or stale") {
        CHECK(stranger.post(route, delivery) == 401);
        stranger.client.setHeader("Authorization", bearer("guessed", nowMs()));
        CHECK(stranger.post(route, delivery) == 401);
        stranger.client.setHeader("Authorization", bearer(secret, nowMs() - 600'000));
        CHECK(stranger.post(route, delivery) == 401);
        stranger.client.setHeader("Authorization",
                                  "Bearer " + jwt(R"({"alg":"none"})", R"({"exp":99999999999})", secret));
        CHECK(stranger.post(route, delivery) == 401);
    }
    SECTION("nothing signed that is no delivery") {
        stranger.client.setHeader("Authorization", bearer(secret, nowMs()));
        CHECK(stranger.post(route, delivery.substr(0, delivery.size() / 2)) == 400);
        CHECK(stranger.post(route, "") == 400);
        CHECK(stranger.post(route, std::string(100'000, '[')) == 400);
        CHECK(stranger.post(route, delivery, "text/plain") == 415);
        CHECK(stranger.post(route, std::string(std::size_t{3} * 1024 * 1024, ' ')) == 413);
    }
    SECTION("nothing for a webhook that nobody registered, nor on another path") {
        stranger.client.setHeader("Authorization", bearer(secret, nowMs()));
        CHECK(stranger.post(route, delivery) == 404);
        CHECK(stranger.post(route + "/x", delivery) == 404);
    }
    SECTION("nothing without the unguessable part of an organisation's URL, known or not") {
        for (const char* organisation : {"acme", "globex", "nobody"}) {
            const std::string base = "/hooks/" + std::string(organisation) + "/jira/jira";
            CHECK(stranger.post(base, delivery) == 404);
            CHECK(stranger.post(base + "/0123456789abcdef0123456789abcdef", delivery) == 404);
        }
    }
    SECTION("not even which organisations there are") {
        const auto path = [](const std::string& organisation) {
            return "/hooks/" + organisation + "/jira/jira/0123456789abcdef0123456789abcdef";
        };
        const std::string large(std::size_t{3} * 1024 * 1024, ' ');
        for (const char* method : {"POST", "GET", "DELETE"})
            for (const auto& [body, type] :
                 {std::pair{delivery, "application/json"}, std::pair{delivery, "text/plain"},
                  std::pair{large, "application/json"}}) {
                if (std::string(method) != "POST" && body == large)
                    continue;
                const auto known = stranger.client.send(method, path("acme"), body, type);
                const auto unknown = stranger.client.send(method, path("nobody"), body, type);
                CAPTURE(method, type, body.size());
                CHECK(known.status == unknown.status);
                CHECK(known.body == unknown.body);
            }
    }
    SECTION("no other method") {
        CHECK(stranger.client.get(route).status == 405);
        CHECK(stranger.client.remove(route).status == 405);
    }
}

namespace {

/// A delivery that Jira sent, as anybody who recorded it could send it again.
struct Recorded {
    std::string url, body;

    /// The newest of an event about an issue.
    Recorded(const Simulator& jira, const std::string& event, const std::string& key) {
        const auto all = jira.control("GET", "/_sim/deliveries?event=" + event + "&issue=" + key);
        const auto newest = all["deliveries"].items().back();
        url = newest["url"].text();
        body = newest["payload"].dump();
    }
    int sendAgain(const std::string& authorization, const std::string& content) const {
        HttpClient client(url.substr(0, url.find('/', url.find("//") + 2)));
        client.setHeader("Authorization", authorization);
        return client.send("POST", test_support::pathOf(url), content, "application/json").status;
    }
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    REQUIRE(text.find(what) != std::string::npos);
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

} // namespace

TEST_CASE("a delivery that is recorded and sent again changes nothing", "[integration][sync]") {
    const SyncedJira world;
    const std::string secret = configFor(world.jira).at("jira.cloud.client_secret");
    const auto finding = world.pushed(1).front();
    const auto key = world.keyOf(finding);
    world.move(key, "Done");
    REQUIRE(world.becomes(finding, "resolved"));
    const Recorded closed(world.jira, "jira:issue_updated", key);
    world.move(key, "To Do");
    REQUIRE(world.becomes(finding, "open"));
    world.settle();

    CHECK(closed.sendAgain(bearer(secret, nowMs() - 600'000), closed.body) == 401);
    CHECK(closed.sendAgain(bearer(secret, nowMs()), closed.body) ==
          200); // it is true that it was closed once
    world.settle();
    CHECK(world.statusOf(finding) == "open");
    CHECK(world.told(finding, "was closed in Jira") == 1);
    CHECK(world.told(finding, "was reopened in Jira") == 1);
}

TEST_CASE("a delivery reaches only the organisation whose webhook it is for",
          "[integration][sync][tenants]") {
    const SyncedJira world;
    const std::string secret = configFor(world.jira).at("jira.cloud.client_secret");
    const auto finding = world.pushed(1).front();
    const auto key = world.keyOf(finding);
    world.move(key, "In Progress");
    world.settle();
    const Recorded moved(world.jira, "jira:issue_updated", key);
    const auto signedNow = [&] { return bearer(secret, nowMs()); };

    const auto requests = world.jira.requests();
    const auto site = world.jira.url().substr(world.jira.url().find("//") + 2);
    CHECK(moved.sendAgain(signedNow(), replaced(moved.body, site, "globex.example")) == 404);
    const auto id = world.jira.control("GET", "/_sim/webhooks")["webhooks"][0]["id"].text();
    CHECK(moved.sendAgain(signedNow(), replaced(moved.body, R"("matchedWebhookIds":[)" + id,
                                                R"("matchedWebhookIds":[99)" + id)) == 404);
    auto admin = world.host.signedIn();
    CHECK(settings(admin, "GET", "sync/queue")["incoming"]["waiting"].number() == 0);
    CHECK(world.jira.requests() == requests); // nothing was even looked at
    CHECK(world.statusOf(finding) == "open");
}
