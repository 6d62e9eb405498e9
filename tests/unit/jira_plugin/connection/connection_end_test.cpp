#include "connected_world.hpp"

#include "connection/connection_store.hpp"
#include "jira/errors.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::connection;
namespace jira = jira_plugin::jira;
using Catch::Matchers::Contains;
using Kind = jira::TransportError::Kind;

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

TEST_CASE_METHOD(Connected, "damaged tokens ask for a reconnect", "[connection]") {
    ConnectionStore store(database);
    const auto record = store.load("org");
    SealedTokens tokens{"1.a2V5LTE.AAAA", "1.a2V5LTE.AAAA", record->accessExpiresAtMs, record->refreshedAtMs};
    REQUIRE(store.storeTokens("org", record->version, tokens));
    CHECK_THROWS_AS(connections.client("org")->myself(), jira::ReconnectNeeded);
    CHECK(connections.status("org").state == ConnectionStatus::State::NeedsAttention);
    CHECK(host.hasAlert("org/jira-connection"));
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
