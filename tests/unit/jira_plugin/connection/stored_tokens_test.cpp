#include "connection_world.hpp"

#include "connection/connection_store.hpp"
#include "eventually.hpp"
#include "jira/client.hpp"
#include "jira/errors.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

using namespace jira_plugin::connection;
namespace jira = jira_plugin::jira;
using Catch::Matchers::Contains;
using Kind = jira::TransportError::Kind;

namespace {

constexpr std::int64_t minute = 60'000;

struct Connected : ConnectionWorld {
    Connected() { connect(); }

    /// Makes one call and answers the token it used.
    std::string used() {
        wire->then(200, R"({"accountId":"a"})");
        connections.client("org")->myself();
        return wire->requests().back().headers.at(0).second;
    }
    std::size_t refreshes() const {
        std::size_t count = 0;
        for (const auto& request : wire->requests()) {
            count += request.body.find("\"grant_type\":\"refresh_token\"") != std::string::npos ? 1 : 0;
        }
        return count;
    }
    std::string lastRefresh() const {
        std::string body;
        for (const auto& request : wire->requests()) {
            body = request.url.find("/oauth/token") != std::string::npos ? request.body : body;
        }
        return body;
    }
};

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

TEST_CASE_METHOD(Connected, "whether a grant has ended is for Atlassian's list of sites to say",
                 "[connection]") {
    const std::string refusal = R"({"code":401,"message":"Unauthorized"})";
    wire->then(401, refusal);
    thenTokens(2);
    wire->then(401, refusal);
    SECTION("the site is there: Jira is asked again later") {
        thenSites({"acme"});
        CHECK_THROWS_AS(connections.client("org")->myself(), jira::RetryLater);
        CHECK(connections.isConnected("org"));
        CHECK_FALSE(host.hasAlert("org/jira-connection"));
        CHECK(used() == "Bearer access-2");
    }
    SECTION("nobody knows, or the token has ended in the meantime: the same") {
        wire->then(GENERATE(503, 401), refusal);
        CHECK_THROWS_AS(connections.client("org")->myself(), jira::RetryLater);
        CHECK(connections.isConnected("org"));
    }
    SECTION("the site is not there: the admins are called") {
        wire->then(200, "[]");
        CHECK_THROWS_AS(connections.client("org")->myself(), jira::ReconnectNeeded);
        CHECK_FALSE(connections.isConnected("org"));
        CHECK(host.hasAlert("org/jira-connection"));
    }
    SECTION("the list is refused, too: the same") {
        wire->then(403, refusal);
        CHECK_THROWS_AS(connections.client("org")->myself(), jira::ReconnectNeeded);
        CHECK(host.hasAlert("org/jira-connection"));
    }
}

TEST_CASE_METHOD(Connected, "a lost answer is asked for again with the same token", "[connection]") {
    host.advance(60 * minute);
    wire->thenFail(Kind::Cut, true);
    thenTokens(2);
    CHECK(used() == "Bearer access-2");
    CHECK(refreshes() == 2);
    CHECK_THAT(lastRefresh(), Contains("refresh-1"));
}

TEST_CASE_METHOD(Connected, "an authorisation server that is away keeps the grant", "[connection]") {
    host.advance(60 * minute);
    SECTION("no connection") {
        wire->thenFail(Kind::Connect, false);
    }
    SECTION("503") {
        wire->then(503, "");
    }
    SECTION("429") {
        wire->then(429, "", {{"Retry-After", "7"}});
    }
    SECTION("a proxy's page") {
        wire->then(200, "<html></html>");
    }
    CHECK_THROWS_AS(used(), jira::RetryLater);
    CHECK(connections.isConnected("org"));
    CHECK_FALSE(host.hasAlert("org/jira-connection"));
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

TEST_CASE_METHOD(Connected, "a dead grant stops the connection and calls the admins once", "[connection]") {
    std::vector<std::string> changes;
    connections.onChange([&](const std::string& organisation) { changes.push_back(organisation); });
    host.advance(60 * minute);
    wire->then(403, R"({"error":"invalid_grant","error_description":"Unknown or invalid refresh token."})");
    const auto client = connections.client("org");
    CHECK_THROWS_AS(client->myself(), jira::ReconnectNeeded);
    CHECK_THROWS_AS(client->myself(), jira::ReconnectNeeded);
    CHECK_THROWS_AS(connections.client("org"), jira::ReconnectNeeded);
    CHECK(refreshes() == 1);
    CHECK(host.alertsRaised == 1);
    CHECK(host.hasAlert("org/jira-connection"));
    CHECK(changes.size() == 1);
    const ConnectionStatus status = connections.status("org");
    CHECK(status.state == ConnectionStatus::State::NeedsAttention);
    CHECK_THAT(status.message, Contains("Unknown or invalid refresh token"));
    CHECK_THAT(status.remedy, Contains("reconnect"));

    CHECK(connect().outcome == AuthOutcome::Connected);
    CHECK_FALSE(host.hasAlert("org/jira-connection"));
    CHECK(connections.status("org").message.empty());
}

TEST_CASE_METHOD(Connected, "whoever hears of a change may ask for tokens at once", "[connection]") {
    const auto client = connections.client("org");
    bool refused = false;
    connections.onChange([&](const std::string&) {
        try {
            client->myself();
        } catch (const jira::ReconnectNeeded&) {
            refused = true;
        }
    });
    host.advance(60 * minute);
    wire->then(403, R"({"error":"invalid_grant"})");
    CHECK_THROWS_AS(client->myself(), jira::ReconnectNeeded);
    CHECK(refused);
}

TEST_CASE_METHOD(Connected, "a wrong client secret does not cost the grant", "[connection]") {
    host.advance(60 * minute);
    wire->then(401, R"({"error":"access_denied","error_description":"Unauthorized"})");
    CHECK_THROWS_AS(used(), jira::NotConfigured);
    CHECK(connections.isConnected("org"));
    CHECK(host.hasAlert("org/jira-app"));
}

TEST_CASE_METHOD(Connected, "a token without a needed scope calls the admins", "[connection]") {
    wire->then(401, R"({"code":401,"message":"Unauthorized; scope does not match"})");
    CHECK_THROWS_AS(connections.client("org")->myself(), jira::ReconnectNeeded);
    CHECK(connections.status("org").state == ConnectionStatus::State::NeedsAttention);
    CHECK(refreshes() == 0);
}

TEST_CASE_METHOD(Connected, "many threads make one refresh", "[connection]") {
    host.advance(60 * minute);
    std::atomic<int> refreshed{0};
    wire->then([&](const jira::HttpRequest&) {
        ++refreshed;
        std::this_thread::sleep_for(std::chrono::milliseconds(100)); // let the others come
        return jira::HttpResponse{
            200,
            {{"Content-Type", "application/json"}},
            R"({"access_token":"access-2","refresh_token":"refresh-2","expires_in":3600})"};
    });
    const auto client = connections.client("org");
    constexpr int threadCount = 8;
    for (int i = 0; i < threadCount; ++i) {
        wire->then(200, R"({"accountId":"a"})");
    }
    std::vector<std::thread> threads;
    threads.reserve(threadCount);
    std::atomic<int> failed{0};
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&] {
            try {
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
    CHECK(refreshed == 1);
    CHECK(refreshes() == 1);
}

TEST_CASE_METHOD(Connected, "two processes make one refresh", "[connection]") {
    host.advance(60 * minute);
    std::atomic<bool> first{false}, second{false};
    wire->then([&](const jira::HttpRequest&) {
        first = true;
        test_support::eventually([&] { return second.load(); });
        std::this_thread::sleep_for(
            std::chrono::milliseconds(150)); // longer than the other's look at the lease
        return jira::HttpResponse{
            200,
            {{"Content-Type", "application/json"}},
            R"({"access_token":"access-2","refresh_token":"refresh-2","expires_in":3600})"};
    });
    wire->then(200, R"({"accountId":"a"})");
    wire->then(200, R"({"accountId":"a"})");
    jira_plugin::store::Database otherDatabase(file);
    CloudConnections other(services, otherDatabase, wire);
    std::thread holder([&] { connections.client("org")->myself(); });
    REQUIRE(test_support::eventually([&] { return first.load(); }));
    std::thread waiter([&] {
        second = true;
        other.client("org")->myself();
    });
    holder.join();
    waiter.join();
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
    CHECK(store.leaseRefresh("org", record->version, "later", now + 90'000, now + 180'000));
    CHECK(store.leaseRefresh("org", record->version, "clock set back", now - minute, now + 30'000));
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

TEST_CASE_METHOD(Connected, "a weekly refresh that the database did not take is stored the next time",
                 "[connection]") {
    const auto run = [&](const std::string& sql) {
        database.transaction(
            [&](Poco::Data::Session& session) { session << sql, Poco::Data::Keywords::now; });
    };
    run("CREATE TRIGGER full BEFORE UPDATE OF sealed_access_token ON connection "
        "BEGIN SELECT RAISE(ABORT, 'no space'); END");
    host.advance(8LL * 24 * 60 * minute);
    thenTokens(2);
    connections.maintain(); // logs it: upkeep goes on
    CHECK_THAT(host.log, Contains("was not kept alive"));
    run("DROP TRIGGER full");
    connections.maintain();
    CHECK(refreshes() == 1); // the old token is dead
    CHECK(used() == "Bearer access-2");
}

TEST_CASE_METHOD(Connected, "a host that has no key at the moment is asked again later", "[connection]") {
    const auto client = connections.client("org");
    host.lostKeys = true;
    CHECK_THROWS_AS(client->myself(), jira::RetryLater);
    host.lostKeys = false;
    CHECK(used() == "Bearer access-1");
}

TEST_CASE_METHOD(Connected, "damaged tokens ask for a reconnect", "[connection]") {
    ConnectionStore store(database);
    const auto record = store.load("org");
    SealedTokens tokens{"1.a2V5LTE.AAAA", "1.a2V5LTE.AAAA", record->accessExpiresAtMs, record->refreshedAtMs};
    REQUIRE(store.storeTokens("org", record->version, tokens));
    CHECK_THROWS_AS(connections.client("org")->myself(), jira::ReconnectNeeded);
    CHECK(connections.status("org").state == ConnectionStatus::State::NeedsAttention);
    CHECK(host.hasAlert("org/jira-connection"));
}

TEST_CASE_METHOD(Connected, "an endless supply of dead tokens is not asked for endlessly", "[connection]") {
    host.advance(60 * minute);
    thenTokens(2, 0);
    CHECK(used() == "Bearer access-2");
    CHECK(refreshes() == 1);
}

TEST_CASE_METHOD(Connected, "a renewal that a crash interrupted is done again at once", "[connection]") {
    ConnectionStore store(database);
    REQUIRE(store.leaseRefresh("org", store.load("org")->version, "of-a-dead-one-00/1", host.nowMs(),
                               host.nowMs() + 2 * minute));
    connections.start();
    CHECK(refreshes() == 0); // starting waits for nobody

    SECTION("by a job of the host") {
        thenTokens(2);
        host.advance(1);
        CHECK(refreshes() == 1);
        CHECK_THAT(lastRefresh(), Contains("refresh-1"));
        CHECK(used() == "Bearer access-2");
        host.advance(minute);
        CHECK(refreshes() == 1);
    }
    SECTION("and again while Atlassian is out of reach") {
        wire->thenFail(Kind::Connect, false);
        host.advance(1);
        thenTokens(2);
        host.advance(minute);
        CHECK(used() == "Bearer access-2");
    }
    SECTION("but not when the connection ended meanwhile") {
        connections.disconnect("org", "ann");
        host.advance(1);
        host.advance(minute);
        CHECK(refreshes() == 0);
    }
}

TEST_CASE_METHOD(Connected, "an end that a crash kept from being told is told later", "[connection]") {
    ConnectionStore store(database);
    SECTION("the connection has ended") {
        REQUIRE(store.markAttention("org", store.load("org")->version, "It was revoked.", "Reconnect."));
        CHECK_FALSE(host.hasAlert("org/jira-connection"));
        SECTION("at the next start") {
            connections.start();
        }
        SECTION("or on the next day") {
            connections.maintain();
        }
        CHECK(host.hasAlert("org/jira-connection"));
    }
    SECTION("it has not") {
        connections.start();
        connections.maintain();
        CHECK_FALSE(host.hasAlert("org/jira-connection"));
    }
}

TEST_CASE_METHOD(Connected, "what nobody was renewing is left alone at the start", "[connection]") {
    connections.start();
    host.advance(1);
    CHECK(refreshes() == 0);
}
