#include "connection_world.hpp"
#include "jira/errors.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::connection;
namespace jira = jira_plugin::jira;
using Catch::Matchers::Contains;
using Kind = jira::TransportError::Kind;

TEST_CASE_METHOD(ConnectionWorld, "an accepted consent for one site connects", "[connection]") {
    std::vector<std::string> changes;
    connections.onChange([&](const std::string& organisation) { changes.push_back(organisation); });
    CHECK(connections.status("org").state == ConnectionStatus::State::NotConnected);
    const AuthResult result = connect();
    CHECK(result.outcome == AuthOutcome::Connected);
    CHECK_THAT(result.message, Contains("acme") && Contains("Ann Admin"));
    const ConnectionStatus status = connections.status("org");
    CHECK(status.state == ConnectionStatus::State::Connected);
    CHECK(status.siteUrl == "https://acme.atlassian.net");
    CHECK(status.accountName == "Ann Admin");
    CHECK(status.connectedBy == "ann");
    CHECK(connections.isConnected("org"));
    CHECK_FALSE(connections.isConnected("other"));
    CHECK(changes == std::vector<std::string>{"org"});
    REQUIRE(host.audit.size() == 1);
    CHECK_THAT(host.audit[0], Contains("ann jira.connected acme"));
}

TEST_CASE_METHOD(ConnectionWorld, "no secret reaches the database, the audit or the log in clear",
                 "[connection]") {
    connect();
    connections.disconnect("org", "ann");
    connect();
    std::string all = host.log + engine->contents();
    for (const auto& line : host.audit) {
        all += line;
    }
    CHECK_THAT(all, !Contains("access-1") && !Contains("refresh-1") && !Contains("the-client-secret"));
}

TEST_CASE_METHOD(ConnectionWorld, "a state is good once", "[connection]") {
    const std::string state = begin();
    CHECK(state.size() >= 43); // 256 bits in base64url
    CHECK(finish({{"state", state}, {"error", "access_denied"}}).outcome == AuthOutcome::Denied);
    CHECK(finish({{"state", state}, {"code", "c"}}).outcome == AuthOutcome::StateUsed);
    CHECK(wire->requests().empty());
}

TEST_CASE_METHOD(ConnectionWorld, "a state is good for its user and organisation only", "[connection]") {
    const std::string state = begin();
    CHECK(finish({{"state", state}, {"code", "c"}}, "bob").outcome == AuthOutcome::StateOfAnother);
    CHECK(finish({{"state", state}, {"code", "c"}}, "ann", "other").outcome == AuthOutcome::StateOfAnother);
    CHECK(finish({{"state", state}, {"error", "access_denied"}}).outcome == AuthOutcome::Denied);
}

TEST_CASE_METHOD(ConnectionWorld, "a state is good for ten minutes", "[connection]") {
    const std::string late = begin();
    const std::string inTime = begin();
    host.advance(10LL * 60 * 1000 - 1);
    CHECK(finish({{"state", inTime}, {"error", "access_denied"}}).outcome == AuthOutcome::Denied);
    host.advance(1);
    CHECK(finish({{"state", late}, {"code", "c"}}).outcome == AuthOutcome::StateExpired);
}

TEST_CASE_METHOD(ConnectionWorld, "an invented or missing state starts nothing", "[connection]") {
    begin();
    CHECK(finish({{"state", "invented"}, {"code", "c"}}).outcome == AuthOutcome::StateUnknown);
    CHECK(finish({{"code", "c"}}).outcome == AuthOutcome::StateMissing);
    CHECK(finish({}).outcome == AuthOutcome::StateMissing);
    CHECK(finish({{"state", begin()}}).outcome == AuthOutcome::StateMissing);
    CHECK(wire->requests().empty());
}

TEST_CASE_METHOD(ConnectionWorld, "every way to fail has its own sentence and remedy", "[connection]") {
    const auto after = [this](AuthOutcome expected) {
        const AuthResult result = finish({{"state", begin()}, {"code", "c"}});
        CHECK(result.outcome == expected);
        CHECK_FALSE(result.remedy.empty());
        CHECK_FALSE(connections.isConnected("org"));
        return result.message;
    };
    SECTION("Atlassian sends another error") {
        const auto result =
            finish({{"state", begin()}, {"error", "invalid_scope"}, {"error_description", "no such"}});
        CHECK(result.outcome == AuthOutcome::ProviderError);
        CHECK_THAT(result.message, Contains("invalid_scope, no such"));
    }
    SECTION("the code is refused") {
        wire->then(400, R"({"error":"invalid_grant","error_description":"Invalid authorization code"})");
        CHECK_THAT(after(AuthOutcome::CodeRefused), Contains("Invalid authorization code"));
    }
    SECTION("the client secret is wrong") {
        wire->then(401, R"({"error":"access_denied","error_description":"Unauthorized"})");
        CHECK_THAT(after(AuthOutcome::ClientRefused), Contains("client id or secret"));
    }
    SECTION("Atlassian cannot be reached") {
        wire->thenFail(Kind::Connect, false);
        CHECK_THAT(after(AuthOutcome::Unreachable), Contains("The wire broke"));
    }
    SECTION("the clocks differ") {
        wire->then(403, R"({"error":"invalid_grant","error_description":"expired"})",
                   {{"Date", "Tue, 14 Nov 2023 22:30:00 GMT"}}); // the host's clock says 22:13:20
        CHECK_THAT(after(AuthOutcome::ClockSkew), Contains("clock says 2023-11-14 22:13:20 UTC") &&
                                                      Contains("Atlassian's says 2023-11-14 22:30:00 UTC") &&
                                                      Contains("expired"));
    }
    SECTION("the clocks differ by little") {
        wire->then(403, R"({"error":"invalid_grant","error_description":"expired"})",
                   {{"Date", "Tue, 14 Nov 2023 22:18:20 GMT"}});
        after(AuthOutcome::CodeRefused);
    }
    SECTION("a certificate is not valid at this time") {
        wire->thenFail(Kind::TlsTime, false);
        CHECK_THAT(after(AuthOutcome::ClockSkew), Contains("time of day") && Contains("The wire broke"));
    }
    SECTION("a scope is missing") {
        wire->then(
            200,
            R"({"access_token":"a","refresh_token":"r","scope":"read:jira-work write:jira-work offline_access"})");
        CHECK_THAT(after(AuthOutcome::ScopesMissing), Contains("read:jira-user, manage:jira-webhook"));
    }
    SECTION("offline access is missing") {
        wire->then(200, R"({"access_token":"a"})");
        CHECK_THAT(after(AuthOutcome::ScopesMissing), Contains("offline_access"));
    }
    SECTION("the site lacks a scope") {
        thenTokens(1);
        wire->then(200, "[" + siteJson("acme", R"("read:jira-work")") + "]");
        CHECK_THAT(after(AuthOutcome::ScopesMissing), Contains("write:jira-work"));
    }
    SECTION("there is no site") {
        thenTokens(1);
        thenSites({});
        after(AuthOutcome::NoSite);
    }
    SECTION("the grant is gone at once") {
        thenTokens(1);
        wire->then(403, R"({"code":403,"message":"Forbidden"})");
        after(AuthOutcome::NoSite);
    }
    SECTION("Jira refuses the account") {
        thenTokens(1);
        thenSites({"acme"});
        wire->then(403, R"({"errorMessages":["no access"]})");
        CHECK_THAT(after(AuthOutcome::AccountRefused), Contains("no access"));
    }
}

TEST_CASE_METHOD(ConnectionWorld, "an account without projects is connected with a warning", "[connection]") {
    thenTokens(1);
    thenSites({"acme"});
    thenAccount(0);
    const AuthResult result = finish({{"state", begin()}, {"code", "c"}});
    CHECK(result.outcome == AuthOutcome::ConnectedWithoutProjects);
    CHECK(result.isConnected());
    CHECK_THAT(result.message, Contains("no Jira projects were found"));
    CHECK_THAT(result.remedy, Contains("may not have access to any projects"));
    CHECK(connections.isConnected("org"));
}

TEST_CASE_METHOD(ConnectionWorld, "a wrong clock alone keeps nobody from connecting", "[connection]") {
    const std::string state = begin();
    wire->then(200, R"({"access_token":"a","refresh_token":"r","expires_in":3600})",
               {{"Date", "Wed, 15 Nov 2023 22:13:20 GMT"}}); // a day ahead of the host
    thenSites({"acme"});
    thenAccount();
    CHECK(finish({{"state", state}, {"code", "c"}}).outcome == AuthOutcome::Connected);
}

TEST_CASE_METHOD(ConnectionWorld, "of several sites none is chosen silently", "[connection]") {
    thenTokens(1);
    thenSites({"acme", "umbrella"});
    const AuthResult asked = finish({{"state", begin()}, {"code", "c"}});
    CHECK(asked.outcome == AuthOutcome::ChooseSite);
    REQUIRE(asked.sites.size() == 2);
    CHECK_FALSE(connections.isConnected("org"));
    CHECK(connections.sites("org", "ann").size() == 2);
    CHECK(connections.sites("org", "bob").empty());
    CHECK(connections.sites("other", "ann").empty());

    CHECK(connections.chooseSite("org", "bob", "id-umbrella", false).outcome == AuthOutcome::NothingPending);
    CHECK(connections.chooseSite("org", "ann", "id-evil", false).outcome == AuthOutcome::ChooseSite);
    thenAccount();
    CHECK(connections.chooseSite("org", "ann", "id-umbrella", false).outcome == AuthOutcome::Connected);
    CHECK(connections.status("org").siteName == "umbrella");
    CHECK(connections.chooseSite("org", "ann", "id-acme", false).outcome == AuthOutcome::NothingPending);
}

TEST_CASE_METHOD(ConnectionWorld, "a choice of site is waited for, but not for ever", "[connection]") {
    thenTokens(1);
    thenSites({"acme", "umbrella"});
    finish({{"state", begin()}, {"code", "c"}});
    host.advance(31LL * 60 * 1000);
    CHECK(connections.chooseSite("org", "ann", "id-acme", false).outcome == AuthOutcome::NothingPending);
}

TEST_CASE_METHOD(ConnectionWorld, "another site than before asks first, also after a disconnect",
                 "[connection]") {
    connect("acme");
    const bool disconnected = GENERATE(false, true);
    if (disconnected) {
        CHECK(connections.disconnect("org", "ann"));
    }
    const auto again = [this](const std::string& site) {
        const std::string state = begin();
        thenTokens(2);
        thenSites({site});
        return finish({{"state", state}, {"code", "c"}});
    };
    const AuthResult asked = again("umbrella");
    CHECK(asked.outcome == AuthOutcome::ConfirmOtherSite);
    CHECK(asked.previousSiteId == "id-acme");
    CHECK(connections.isConnected("org") == !disconnected);
    CHECK(connections.chooseSite("org", "ann", "id-umbrella", false).outcome ==
          AuthOutcome::ConfirmOtherSite);
    thenAccount();
    CHECK(connections.chooseSite("org", "ann", "id-umbrella", true).outcome == AuthOutcome::Connected);
    CHECK(connections.client("org")->system() == "id-umbrella");
}

TEST_CASE_METHOD(ConnectionWorld, "reconnecting the same site does not ask", "[connection]") {
    connect("acme");
    const auto before = connections.client("org");
    CHECK(connections.client("org") == before);
    CHECK(connect("acme").outcome == AuthOutcome::Connected);
    CHECK(connections.client("org") != before);
}

TEST_CASE_METHOD(ConnectionWorld, "of two admins who connect at the same time the second is told",
                 "[connection]") {
    const std::string ann = begin("ann"), bob = begin("bob");
    thenTokens(1);
    thenSites({"acme"});
    thenAccount();
    CHECK(finish({{"state", ann}, {"code", "c"}}, "ann").outcome == AuthOutcome::Connected);
    thenTokens(2);
    thenSites({"acme"});
    thenAccount();
    const AuthResult second = finish({{"state", bob}, {"code", "d"}}, "bob");
    CHECK(second.outcome == AuthOutcome::AlreadyConnected);
    CHECK_THAT(second.message, Contains("acme, by ann"));
    CHECK(connections.status("org").connectedBy == "ann");
}

TEST_CASE_METHOD(ConnectionWorld, "disconnecting deletes the tokens and says so once", "[connection]") {
    connect();
    CHECK(connections.disconnect("org", "bob"));
    CHECK_FALSE(connections.disconnect("org", "bob"));
    CHECK_FALSE(connections.isConnected("org"));
    CHECK_THROWS_AS(connections.client("org"), jira::NotConfigured);
    const ConnectionStatus status = connections.status("org");
    CHECK(status.state == ConnectionStatus::State::NotConnected);
    CHECK(status.siteName == "acme"); // links and mappings belong to it
    CHECK_THAT(host.audit.back(), Contains("bob jira.disconnected acme"));
}

TEST_CASE_METHOD(ConnectionWorld, "without the operator's app Jira Cloud is not offered", "[connection]") {
    host.config.erase("jira.cloud.client_secret");
    CHECK(connections.status("org").state == ConnectionStatus::State::NotConfigured);
    CHECK_THROWS_WITH(connections.beginAuthorization("org", "ann"),
                      Contains("not configured by your platform operator"));
}

TEST_CASE("every outcome has a word and a sentence of its own", "[connection]") {
    std::set<std::string> words, sentences;
    for (int i = 0; i <= static_cast<int>(AuthOutcome::Unreachable); ++i) {
        const auto outcome = static_cast<AuthOutcome>(i);
        const AuthResult result = authResult(outcome, "detail");
        CHECK(result.outcome == outcome);
        words.insert(toString(outcome));
        sentences.insert(result.message);
        CHECK(result.message.find('%') == std::string::npos);
        CHECK((result.isConnected() || !result.remedy.empty()));
    }
    CHECK(words.size() == static_cast<std::size_t>(AuthOutcome::Unreachable) + 1);
    CHECK(sentences.size() == words.size());
}
