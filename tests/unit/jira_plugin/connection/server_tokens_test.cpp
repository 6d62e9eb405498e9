#include "server_world.hpp"

#include "eventually.hpp"
#include "jira/errors.hpp"
#include "postgres.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::connection;
namespace jira = jira_plugin::jira;
using Catch::Matchers::Contains;

namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;

void thenMyself(ServerWorld& world) {
    world.wire->then(200, R"({"name":"ann","displayName":"Ann","active":true})");
}

/// Serves the daily look at the version, which comes before a call after a day.
void thenVersion(ServerWorld& world) {
    world.thenServerInfo();
}

} // namespace

TEST_CASE_METHOD(ServerWorld, "an access token is used for years without being renewed", "[data-center]") {
    connectServer();
    host.advance(4LL * 365 * dayMs);
    thenVersion(*this);
    thenMyself(*this);
    all.client("org")->myself();
    CHECK_THAT(authorizationOf(wire->requests().back()), Contains("oauth_token=\"access-1\""));
}

TEST_CASE_METHOD(ServerWorld, "a token that ends within a month is renewed by its session handle",
                 "[data-center]") {
    connectServer();
    host.advance((5 * 365 - 29) * dayMs);
    thenAccessToken("access-2");
    server.maintain();
    const auto renewal = wire->requests().back();
    CHECK(renewal.url == std::string(jiraUrl) + "/plugins/servlet/oauth/access-token");
    CHECK_THAT(authorizationOf(renewal), Contains("oauth_session_handle=\"handle-of-access-1\"") &&
                                             Contains("oauth_token=\"access-1\""));
    thenVersion(*this);
    thenMyself(*this);
    all.client("org")->myself();
    CHECK_THAT(authorizationOf(wire->requests().back()), Contains("oauth_token=\"access-2\""));
}

TEST_CASE_METHOD(ServerWorld, "a renewal is signed with whichever key pair Jira has", "[data-center]") {
    connectServer();
    auto& keys = authorization().keys();
    const std::string next = keys.regenerate("org", "ann").nextPublicKey;
    const bool isTaken = GENERATE(true, false);
    if (!isTaken)
        thenForm(401, "oauth_problem=signature_invalid");
    thenAccessToken("access-2");
    server.renewToken("org");
    CHECK((keys.pair("org").publicKey == next) == isTaken);
    CHECK(keys.pair("org").hasNext() == !isTaken);
    thenMyself(*this);
    all.client("org")->myself();
    CHECK_THAT(authorizationOf(wire->requests().back()), Contains("oauth_token=\"access-2\""));
}

TEST_CASE_METHOD(ServerWorld, "a renewal that Jira refuses ends the connection, and the admins hear of it",
                 "[data-center]") {
    connectServer();
    thenForm(401, "oauth_problem=permission_denied");
    CHECK_THROWS_AS(server.renewToken("org"), jira::ReconnectNeeded);
    const auto status = connections.status("org");
    CHECK(status.state == ConnectionStatus::State::NeedsAttention);
    CHECK_FALSE(status.remedy.empty());
    CHECK_THROWS_AS(all.client("org"), jira::ReconnectNeeded);
}

TEST_CASE_METHOD(ServerWorld, "a renewal that fails on the wire is tried again later", "[data-center]") {
    connectServer();
    wire->thenFail(jira::TransportError::Kind::Timeout, true);
    CHECK_THROWS_AS(server.renewToken("org"), jira::RetryLater);
    CHECK(connections.status("org").state == ConnectionStatus::State::Connected);
    thenAccessToken("access-2");
    server.renewToken("org");
    thenMyself(*this);
    all.client("org")->myself();
    CHECK_THAT(authorizationOf(wire->requests().back()), Contains("oauth_token=\"access-2\""));
}

TEST_CASE_METHOD(ServerWorld, "a token that Jira calls expired is renewed at once", "[data-center]") {
    connectServer();
    thenForm(401, "oauth_problem=token_expired");
    thenAccessToken("access-2");
    thenMyself(*this);
    CHECK(all.client("org")->myself().displayName == "Ann");
    CHECK_THAT(authorizationOf(wire->requests().back()), Contains("oauth_token=\"access-2\""));
    CHECK(connections.status("org").state == ConnectionStatus::State::Connected);
}

TEST_CASE_METHOD(ServerWorld, "a revoked token ends the connection", "[data-center]") {
    connectServer();
    thenForm(401, "oauth_problem=token_revoked");
    CHECK_THROWS_AS(all.client("org")->myself(), jira::ReconnectNeeded);
    CHECK(connections.status("org").state == ConnectionStatus::State::NeedsAttention);
}

TEST_CASE_METHOD(ServerWorld, "a newly found version is remembered", "[data-center]") {
    connectServer();
    thenServerInfo("10.3.5");
    all.client("org")->serverInfo();
    CHECK(connections.status("org").jiraVersion == "10.3.5");
}

TEST_CASE("a host that is dead to the others renews no token", "[data-center]") {
    const std::string url = test_support::sharedPostgres().newDatabase();
    ServerWorld world(url, {600});
    world.connectServer();
    test_support::sharedPostgres().query("ALTER TABLE process ADD CHECK (until_ms < 0) NOT VALID",
                                         test_support::databaseOf(url)); // no sign of life from here on
    REQUIRE(test_support::eventually([&] { return !world.database.isPresentFor(0); }));
    const std::size_t asked = world.wire->requests().size();
    CHECK_THROWS_AS(world.server.renewToken("org"), jira::RetryLater);
    CHECK(world.wire->requests().size() == asked);
    CHECK(world.connections.status("org").state == ConnectionStatus::State::Connected);
}
