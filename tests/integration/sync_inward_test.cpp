#include "connected_host.hpp"
#include "hook_signature.hpp"

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
        CHECK(stranger.post(route, std::string(3 * 1024 * 1024, ' ')) == 413);
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
    SECTION("no other method") {
        CHECK(stranger.client.get(route).status == 405);
        CHECK(stranger.client.remove(route).status == 405);
    }
}
