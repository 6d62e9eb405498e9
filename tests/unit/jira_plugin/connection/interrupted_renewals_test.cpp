#include "connected_world.hpp"

#include "connection/connection_store.hpp"
#include "jira/errors.hpp"
#include "store/database.hpp"
#include "store/errors.hpp"

#include <catch2/catch.hpp>

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

using namespace jira_plugin::connection;
namespace jira = jira_plugin::jira;
namespace store = jira_plugin::store;
using Catch::Matchers::Contains;
using Kind = jira::TransportError::Kind;

namespace {

struct Interrupted : Connected {
    /// From here on the database takes no new tokens, and everything else.
    void fillDisk() {
        change(engine->isPostgres()
                   ? "ALTER TABLE connection ADD CONSTRAINT no_space CHECK (version < 2)"
                   : "CREATE TRIGGER no_space BEFORE UPDATE OF sealed_access_token ON connection "
                     "BEGIN SELECT RAISE(ABORT, 'no space'); END");
    }
    void makeRoom() {
        change(engine->isPostgres() ? "ALTER TABLE connection DROP CONSTRAINT no_space"
                                    : "DROP TRIGGER no_space");
    }
    void change(const std::string& sql) {
        database.transaction(
            [&](Poco::Data::Session& session) { session << sql, Poco::Data::Keywords::now; });
    }
};

} // namespace

TEST_CASE_METHOD(Interrupted, "a lost answer is asked for again with the same token", "[connection]") {
    host.advance(60 * minute);
    wire->thenFail(Kind::Cut, true);
    thenTokens(2);
    CHECK(used() == "Bearer access-2");
    CHECK(refreshes() == 2);
    CHECK_THAT(lastRefresh(), Contains("refresh-1"));
}

TEST_CASE_METHOD(Interrupted, "a weekly refresh that the database did not take is stored the next time",
                 "[connection]") {
    fillDisk();
    host.advance(8LL * 24 * 60 * minute);
    thenTokens(2);
    connections.maintain(); // logs it: upkeep goes on
    CHECK_THAT(host.log, Contains("was not kept alive"));
    makeRoom();
    connections.maintain();
    CHECK(refreshes() == 1); // the old token is dead
    CHECK(used() == "Bearer access-2");
}

TEST_CASE_METHOD(Interrupted, "a renewal that a crash interrupted is done again at once", "[connection]") {
    ConnectionStore records(database);
    REQUIRE(records.leaseRefresh("org", records.load("org")->version, "of-a-dead-one-00/1", host.nowMs(),
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

TEST_CASE_METHOD(Interrupted, "what nobody was renewing is left alone at the start", "[connection]") {
    connections.start();
    host.advance(1);
    CHECK(refreshes() == 0);
}

TEST_CASE_METHOD(Interrupted, "a renewal without an answer is done again by itself", "[connection]") {
    constexpr std::int64_t second = 1'000;
    connections.start();
    SECTION("lost answers, and nobody needs a token meanwhile") {
        wire->thenFail(Kind::Cut, true);
        wire->thenFail(Kind::Cut, true);
        CHECK_THROWS_AS(connections.renewToken("org"), jira::RetryLater);
        host.advance(19 * second);
        CHECK(refreshes() == 2);
        wire->then(503, "");
        host.advance(1 * second);
        CHECK(refreshes() == 3);
        thenTokens(2);
        host.advance(20 * second);
        CHECK(refreshes() == 4);
        CHECK_THAT(lastRefresh(), Contains("refresh-1"));
    }
    SECTION("Atlassian says when") {
        wire->then(429, "", {{"Retry-After", "45"}});
        CHECK_THROWS_AS(connections.renewToken("org"), jira::RetryLater);
        for (int i = 0; i < 44; ++i) {
            CHECK(used() == "Bearer access-1"); // work goes on, and asks no earlier for that
            host.advance(1 * second);
        }
        CHECK(refreshes() == 1);
        wire->then(429, "", {{"Retry-After", "30"}});
        host.advance(1 * second);
        CHECK(refreshes() == 2);
        host.advance(29 * second);
        CHECK(refreshes() == 2);
        thenTokens(2);
        host.advance(1 * second);
        CHECK(refreshes() == 3);
    }
    SECTION("the app is not configured right for a while") {
        wire->then(401, R"({"error":"access_denied","error_description":"Unauthorized"})");
        wire->then(503, "");
        CHECK_THROWS_AS(connections.renewToken("org"), jira::NotConfigured);
        CHECK_THROWS_AS(connections.renewToken("org"), jira::RetryLater);
        wire->then(401, R"({"error":"access_denied","error_description":"Unauthorized"})");
        host.advance(20 * second);
        thenTokens(2);
        host.advance(20 * second);
        CHECK(refreshes() == 4);
    }
    SECTION("somebody else needs one earlier") {
        wire->then(200, "<html></html>");
        CHECK_THROWS_AS(connections.renewToken("org"), jira::RetryLater);
        thenTokens(2);
        connections.renewToken("org");
    }
    SECTION("the clock is set back, and the token is good again") {
        host.advance(120 * minute);
        wire->then(503, "");
        CHECK_THROWS_AS(connections.client("org")->myself(), jira::RetryLater);
        host.advance(-119 * minute);
        CHECK(used() == "Bearer access-1");
        thenTokens(2);
        host.advance(20 * second);
    }
    SECTION("the process ends, and begins again") {
        wire->thenFail(Kind::Connect, false);
        CHECK_THROWS_AS(connections.renewToken("org"), jira::RetryLater);
        for (int start = 0; start < 2; ++start) {
            change("UPDATE connection SET refresh_owner = 'dead' || SUBSTR(refresh_owner, 5)");
            connections.start();
        }
        CHECK(refreshes() == 1);
        thenTokens(2);
        host.advance(1);
        CHECK(refreshes() == 2);
    }
    CHECK(used() == "Bearer access-2");
    const auto sofar = refreshes();
    host.advance(minute); // and that was all
    CHECK(refreshes() == sofar);
}

TEST_CASE_METHOD(Interrupted, "a renewal is not done again for ever", "[connection]") {
    for (int i = 0; i < 40; ++i)
        wire->then(503, "");
    CHECK_THROWS_AS(connections.renewToken("org"), jira::RetryLater);
    for (int i = 0; i < 40; ++i)
        host.advance(20'000);
    CHECK(refreshes() == 31);
    CHECK(connections.isConnected("org"));
}

TEST_CASE_METHOD(Interrupted, "new tokens that the database did not take are stored by themselves",
                 "[connection]") {
    fillDisk();
    thenTokens(2);
    CHECK_THROWS_AS(connections.renewToken("org"), store::StoreError);
    makeRoom();
    host.advance(20'000);
    CHECK(refreshes() == 1);
    CHECK_FALSE(ConnectionStore(database).load("org")->isBeingRefreshed);
    CHECK(used() == "Bearer access-2");
}
