#include "connected_world.hpp"

#include "connection/connection_store.hpp"
#include "eventually.hpp"
#include "jira/errors.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using namespace jira_plugin::connection;
namespace jira = jira_plugin::jira;
using Catch::Matchers::Contains;
using test_support::eventually;

namespace {

jira::HttpResponse secondPair() {
    return {200,
            {{"Content-Type", "application/json"}},
            R"({"access_token":"access-2","refresh_token":"refresh-2","expires_in":3600})"};
}

} // namespace

TEST_CASE_METHOD(Connected, "a token is used until some minutes before its end", "[connection]") {
    CHECK(used() == "Bearer access-1");
    host.advance(54 * minute);
    CHECK(used() == "Bearer access-1");
    host.advance(minute);
    thenTokens(2);
    CHECK(used() == "Bearer access-2");
    CHECK_THAT(lastRefresh(), Contains("refresh-1"));
}

TEST_CASE_METHOD(Connected, "each refresh uses the token that the one before handed out", "[connection]") {
    for (int i = 2; i < 6; ++i) {
        host.advance(60 * minute);
        thenTokens(i);
        CHECK(used() == "Bearer access-" + std::to_string(i));
        CHECK_THAT(lastRefresh(), Contains("refresh-" + std::to_string(i - 1)));
    }
}

TEST_CASE_METHOD(Connected, "another process takes over what was stored", "[connection]") {
    host.advance(60 * minute);
    thenTokens(2);
    CHECK(used() == "Bearer access-2");
    CloudConnections other(services, database, wire);
    wire->then(200, R"({"accountId":"a"})");
    other.client("org")->myself();
    CHECK(wire->requests().back().headers.at(0).second == "Bearer access-2");
    CHECK(refreshes() == 1);
}

TEST_CASE_METHOD(Connected, "a refused token is refreshed before its time", "[connection]") {
    wire->then(401, R"({"code":401,"message":"Unauthorized"})");
    thenTokens(2);
    CHECK(used() == "Bearer access-2");
    CHECK(connections.isConnected("org"));
}

TEST_CASE_METHOD(Connected, "the wait that the authorisation server asks for is passed on", "[connection]") {
    host.advance(60 * minute);
    wire->then(429, "", {{"Retry-After", "7"}});
    try {
        connections.client("org")->myself();
        FAIL("nothing was thrown");
    } catch (const jira::RetryLater& later) {
        CHECK(later.retryAfterMs() == 7000);
    }
    thenTokens(2);
    CHECK(used() == "Bearer access-2");
}

TEST_CASE_METHOD(Connected, "many threads make one refresh", "[connection]") {
    host.advance(60 * minute);
    constexpr int threadCount = 8;
    std::atomic<int> begun{0}, failed{0};
    wire->then([&](const jira::HttpRequest&) {
        eventually([&] { return begun == threadCount; });
        return secondPair();
    });
    for (int i = 0; i < threadCount; ++i) {
        wire->then(200, R"({"accountId":"a"})");
    }
    const auto client = connections.client("org");
    std::vector<std::thread> threads;
    threads.reserve(threadCount);
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&] {
            try {
                ++begun;
                client->myself();
            } catch (const std::exception&) {
                ++failed;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(failed == 0);
    CHECK(refreshes() == 1);
}

TEST_CASE_METHOD(Connected, "two processes make one refresh", "[connection]") {
    struct WatchedHost : RecordingHost {
        std::int64_t nowMs() const override {
            ++looks;
            return RecordingHost::nowMs();
        }
        mutable std::atomic<int> looks{0};
    } otherHost;
    host.advance(60 * minute);
    otherHost.advance(60 * minute);
    std::atomic<bool> isAsked{false};
    wire->then([&](const jira::HttpRequest&) {
        isAsked = true;
        // Who looks at the clock so often has asked for the lease more than once.
        eventually([&] { return otherHost.looks > 20; });
        return secondPair();
    });
    wire->then(200, R"({"accountId":"a"})");
    wire->then(200, R"({"accountId":"a"})");
    jira_plugin::store::Database otherDatabase(place);
    jira_plugin::host::Services otherServices = otherHost.services();
    CloudConnections other(otherServices, otherDatabase, wire);
    std::thread holder([&] { connections.client("org")->myself(); });
    const bool wasAsked = eventually([&] { return isAsked.load(); });
    std::thread waiter([&] { other.client("org")->myself(); });
    holder.join();
    waiter.join();
    CHECK(wasAsked);
    CHECK(otherHost.looks > 20);
    CHECK(refreshes() == 1);
    CHECK(wire->requests().back().headers.at(0).second == "Bearer access-2");
}

TEST_CASE_METHOD(Connected, "the lease of a process that died ends by itself", "[connection]") {
    host.advance(60 * minute);
    ConnectionStore store(database);
    const auto record = store.load("org");
    REQUIRE(record);
    const std::int64_t now = host.nowMs();
    CHECK(store.leaseRefresh("org", record->version, "dead", now, now + 90'000));
    CHECK_FALSE(store.leaseRefresh("org", record->version, "other", now, now + 90'000));
    if (!engine->isPostgres()) { // which counts by its own clock
        CHECK(store.leaseRefresh("org", record->version, "later", now + 90'000, now + 180'000));
        CHECK(store.leaseRefresh("org", record->version, "clock set back", now - minute, now + 30'000));
    }
    CHECK_FALSE(store.leaseRefresh("org", record->version + 1, "x", now + 999'000, now + 9'999'000));
}

TEST_CASE_METHOD(Connected, "a refresh that ends after a reconnect changes nothing", "[connection]") {
    host.advance(60 * minute);
    ConnectionStore store(database);
    const auto version = store.load("org")->version;
    SealedTokens tokens;
    tokens.access = "stale";
    CHECK_FALSE(store.storeTokens("org", version - 1, tokens));
    CHECK_FALSE(store.markAttention("org", version - 1, "m", "r"));
    CHECK(store.load("org")->sealedAccessToken != "stale");
    CHECK(connections.isConnected("org"));
}

TEST_CASE_METHOD(Connected, "idle grants are refreshed weekly", "[connection]") {
    connections.maintain();
    CHECK(refreshes() == 0);
    host.advance(8LL * 24 * 60 * minute);
    thenTokens(2);
    connections.maintain();
    CHECK(refreshes() == 1);
    connections.maintain();
    CHECK(refreshes() == 1);
}

TEST_CASE_METHOD(Connected, "a host that has no key at the moment is asked again later", "[connection]") {
    const auto client = connections.client("org");
    host.lostKeys = true;
    CHECK_THROWS_AS(client->myself(), jira::RetryLater);
    host.lostKeys = false;
    CHECK(used() == "Bearer access-1");
}

TEST_CASE_METHOD(Connected, "an endless supply of dead tokens is not asked for endlessly", "[connection]") {
    host.advance(60 * minute);
    thenTokens(2, 0);
    CHECK(used() == "Bearer access-2");
    CHECK(refreshes() == 1);
}
