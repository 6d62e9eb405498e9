#include "server_world.hpp"

#include "jira/errors.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::connection;
namespace jira = jira_plugin::jira;
using Catch::Matchers::Contains;
using Kind = jira::TransportError::Kind;

namespace {

std::string allOf(const ServerWorld& world) {
    std::string all = world.host.log + world.engine->contents();
    for (const auto& line : world.host.audit) {
        all += line;
    }
    return all;
}

} // namespace

TEST_CASE_METHOD(ServerWorld, "an organisation has one key pair until it is regenerated", "[data-center]") {
    auto& keys = authorization().keys();
    const ServerKey first = keys.pair("org");
    CHECK(keys.pair("org").publicKey == first.publicKey);
    CHECK_THAT(first.publicKey, Contains("BEGIN PUBLIC KEY"));
    CHECK(first.consumerKey.find(' ') == std::string::npos);
    CHECK(keys.privateKey(first).bits() >= 2048);
    CHECK(keys.pair("other").consumerKey != first.consumerKey);

    const ServerKey second = keys.regenerate("org", "ann");
    CHECK(second.consumerKey == first.consumerKey);
    CHECK(second.publicKey != first.publicKey);
    CHECK(keys.pair("org").publicKey == second.publicKey);
    CHECK(keys.privateKey(second).publicPem() == second.publicKey);
    CHECK_THAT(host.audit.back(), Contains("ann jira.keys.regenerated"));
}

TEST_CASE_METHOD(ServerWorld, "the key without its lines is the same key in one line", "[data-center]") {
    const ServerKey key = authorization().keys().pair("org");
    CHECK(withoutLines(key.publicKey) == authorization().keys().privateKey(key).publicLine());
}

TEST_CASE_METHOD(ServerWorld, "verifying leads to Jira's own page with a signed request token",
                 "[data-center]") {
    CHECK(verify() == std::string(jiraUrl) + "/plugins/servlet/oauth/authorize?oauth_token=request-1");
    const auto requests = wire->requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].url == std::string(jiraUrl) + "/rest/api/2/serverInfo");
    CHECK(authorizationOf(requests[0]).empty());
    CHECK_FALSE(requests[0].operatorAddress); // the policy for what admins type
    CHECK(requests[1].url == std::string(jiraUrl) + "/plugins/servlet/oauth/request-token");
    CHECK_THAT(
        authorizationOf(requests[1]),
        Contains("oauth_signature=") && Contains("RSA-SHA1") &&
            Contains("oauth_consumer_key=\"" + authorization().keys().pair("org").consumerKey + "\"") &&
            Contains("%2Foauth1%2Fcallback"));
    CHECK(authorization().keys().pair("org").baseUrl == jiraUrl);
    CHECK(authorization().keys().pair("org").jiraVersion == "9.12.4");
}

TEST_CASE_METHOD(ServerWorld, "an allowed access connects", "[data-center]") {
    std::vector<std::string> changes;
    server.onChange([&](const std::string& organisation) { changes.push_back(organisation); });
    const AuthResult result = connectServer();
    CHECK(result.outcome == AuthOutcome::Connected);
    CHECK_THAT(result.message, Contains("jira.example/jira") && Contains("Ann Admin") && Contains("9.12.4"));
    const auto status = connections.status("org");
    CHECK(status.state == ConnectionStatus::State::Connected);
    CHECK(status.deployment == "data_center");
    CHECK(status.siteUrl == jiraUrl);
    CHECK(status.jiraVersion == "9.12.4");
    CHECK(status.accountId == "ann");
    CHECK(changes == std::vector<std::string>{"org"});
    CHECK_THAT(host.audit.back(), Contains("ann jira.connected jira.example/jira"));

    const auto client = all.client("org");
    CHECK(client->system() == jiraUrl);
    wire->then(200, R"({"name":"ann","displayName":"Ann Admin","active":true})");
    CHECK(client->myself().displayName == "Ann Admin");
    CHECK_THAT(authorizationOf(wire->requests().back()), Contains("oauth_token=\"access-1\""));
    CHECK_THROWS_AS(connections.client("org"), jira::NotConfigured); // it is none of Cloud's
}

TEST_CASE_METHOD(ServerWorld, "an account that sees no project is connected and told so", "[data-center]") {
    verify();
    thenAccessToken();
    thenServerAccount(0);
    CHECK(back({{"oauth_token", "request-1"}, {"oauth_verifier", "v"}}).outcome ==
          AuthOutcome::ConnectedWithoutProjects);
}

TEST_CASE_METHOD(ServerWorld, "no secret of Data Center is stored, audited or logged in clear",
                 "[data-center]") {
    const ServerKey key = authorization().keys().pair("org");
    const std::string privatePem = authorization().keys().privateKey(key).privatePem().reveal();
    connectServer();
    CHECK_THAT(allOf(*this), !Contains("request-1") && !Contains("request-secret") && !Contains("access-1") &&
                                 !Contains("handle-of-access-1") && !Contains(privatePem.substr(60, 60)));
}

TEST_CASE_METHOD(ServerWorld, "disconnecting erases the tokens and what was begun", "[data-center]") {
    connectServer();
    verify("ann", "request-2");
    CHECK(connections.disconnect("org", "ann"));
    const auto record = ConnectionStore(database).load("org");
    REQUIRE(record);
    CHECK((record->sealedAccessToken + record->sealedRefreshToken + record->sealedTokenSecret).empty());
    CHECK(back({{"oauth_token", "request-2"}, {"oauth_verifier", "v"}}).outcome == AuthOutcome::StateUnknown);
    CHECK_THROWS_AS(all.client("org"), jira::NotConfigured);
    CHECK(connectServer("request-3").isConnected()); // the same Jira again
}

TEST_CASE_METHOD(ServerWorld, "a request token is good once, for its user, for ten minutes",
                 "[data-center]") {
    const auto query = [](const std::string& token) {
        return Query{{"oauth_token", token}, {"oauth_verifier", "denied"}};
    };
    verify();
    CHECK(back(query("request-1"), "bob").outcome == AuthOutcome::StateOfAnother);
    CHECK(back(query("request-1"), "ann", "other").outcome == AuthOutcome::StateOfAnother);
    CHECK(back(query("request-1")).outcome == AuthOutcome::Denied);
    CHECK(back(query("request-1")).outcome == AuthOutcome::StateUsed);

    verify("ann", "in-time");
    verify("ann", "late");
    host.advance(10LL * 60 * 1000 - 1);
    CHECK(back(query("in-time")).outcome == AuthOutcome::Denied);
    host.advance(1);
    CHECK(back(query("late")).outcome == AuthOutcome::StateExpired);

    CHECK(back(query("invented")).outcome == AuthOutcome::StateUnknown);
    CHECK(back({}).outcome == AuthOutcome::StateMissing);
    verify("ann", "no-verifier");
    CHECK(back({{"oauth_token", "no-verifier"}}).outcome == AuthOutcome::StateMissing);
}

TEST_CASE_METHOD(ServerWorld, "a regenerated key pair ends what was begun with the old one",
                 "[data-center]") {
    verify("ann", "request-1");
    authorization().keys().regenerate("org", "ann");
    CHECK(back({{"oauth_token", "request-1"}, {"oauth_verifier", "v"}}).outcome == AuthOutcome::StateUnknown);
    CHECK(connectServer("request-2").isConnected());
}

TEST_CASE_METHOD(ServerWorld, "while Jira is connected a regenerated key pair waits until Jira takes it",
                 "[data-center]") {
    connectServer();
    auto& keys = authorization().keys();
    const ServerKey first = keys.pair("org");
    keys.regenerate("org", "ann");
    const ServerKey pairs = keys.regenerate("org", "ann"); // the one between was shown to nobody any more
    CHECK(pairs.publicKey == first.publicKey);
    REQUIRE(pairs.hasNext());
    CHECK(keys.privateKey(pairs.next()).publicPem() == pairs.nextPublicKey);
    CHECK(connections.isConnected("org") == server.isConnected("org"));

    const std::string differs = "oauth_problem=signature_invalid";
    const auto thenAccount = [&] { wire->then(200, R"({"name":"ann","displayName":"Ann","active":true})"); };
    const auto client = all.client("org");
    SECTION("Jira has the new public key") {
        thenForm(401, differs);
        thenAccount();
        client->myself();
        CHECK(keys.pair("org").publicKey == pairs.nextPublicKey);
        CHECK_FALSE(keys.pair("org").hasNext());
        thenAccount();
        client->myself();
        SECTION("and another process has found that out") {
            keys.regenerate("org", "ann");
            REQUIRE(keys.promote("org", keys.pair("org").nextPublicKey));
            thenForm(401, differs);
            thenAccount();
            client->myself();
            thenAccount();
            client->myself();
        }
    }
    SECTION("Jira answers something else in between") {
        thenForm(401, differs);
        wire->then(503, "");
        CHECK_THROWS_AS(client->myself(), jira::RetryLater);
        CHECK(keys.pair("org").hasNext());
    }
    SECTION("Jira has neither") {
        for (int i = 0; i < 3; ++i)
            thenForm(401, differs);
        CHECK_THROWS_AS(client->myself(), jira::ReconnectNeeded);
        CHECK(keys.pair("org").publicKey == first.publicKey);
    }
    CHECK_FALSE(keys.promote("org", "another"));
}

TEST_CASE_METHOD(ServerWorld, "an organisation has one Jira, of whatever kind", "[data-center]") {
    connect(); // to Jira Cloud
    thenServerInfo();
    CHECK(problem() == "other_connected");
    connections.disconnect("org", "ann");
    CHECK(connectServer().isConnected());
    CHECK(connections.status("org").deployment == "data_center");
    thenServerInfo("9.12.4", "https://another.example");
    CHECK(problem("https://another.example") == "other_connected");
}

TEST_CASE_METHOD(ServerWorld, "each wrong address has its own problem", "[data-center]") {
    CHECK(problem("jira.example") == "bad_address");
    CHECK(problem("ftp://jira.example") == "bad_address");
    CHECK(problem("https://ann:secret@jira.example") == "bad_address");
    CHECK(problem("https://jira.example/?a=b") == "bad_address");
    CHECK(problem("") == "bad_address");
    CHECK(wire->requests().empty());
}

TEST_CASE_METHOD(ServerWorld, "each way not to reach Jira has its own problem", "[data-center]") {
    for (const auto& [kind, code] : std::map<Kind, std::string>{{Kind::Policy, "address_refused"},
                                                                {Kind::Dns, "name_unknown"},
                                                                {Kind::Connect, "not_reachable"},
                                                                {Kind::Tls, "certificate_refused"},
                                                                {Kind::TlsTime, "certificate_time"},
                                                                {Kind::Timeout, "timeout"},
                                                                {Kind::Cut, "cut"},
                                                                {Kind::Malformed, "not_jira"}}) {
        wire->thenFail(kind, false);
        CHECK(problem() == code);
        thenServerInfo(); // and the same after the first step
        wire->thenFail(kind, true);
        CHECK(problem() == code);
    }
}

TEST_CASE_METHOD(ServerWorld, "each strange server has its own problem", "[data-center]") {
    const auto page = [&](int status, jira::Headers headers) {
        headers.emplace_back("Content-Type", "text/html");
        wire->then([=](const jira::HttpRequest&) {
            return jira::HttpResponse{status, headers, "<html>log in</html>"};
        });
    };
    page(200, {});
    CHECK(problem() == "login_page");
    page(302, {{"Location", "https://sso.example/login"}});
    CHECK(problem() == "login_page");
    page(301, {{"Location", "https://www.jira.example/"}});
    CHECK(problem() == "base_url_differs");
    page(403, {{"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=https://jira.example"}});
    CHECK(problem() == "captcha");
    page(404, {});
    CHECK(problem() == "not_jira");
    page(503, {});
    CHECK(problem() == "server_error");
    wire->then(200, "{}");
    CHECK(problem() == "not_jira");
    wire->then(200, R"({"version":"1001.0.0","versionNumbers":[1001,0,0],"deploymentType":"Cloud"})");
    CHECK(problem() == "jira_cloud");
}

TEST_CASE_METHOD(ServerWorld, "Jira below 8.0 is refused", "[data-center]") {
    for (const char* version : {"7.13.18", "6.4", "7.2.0-rc1"}) {
        thenServerInfo(version);
        CHECK(problem() == "version_unsupported");
    }
    thenServerInfo("8.0.0");
    thenRequestToken();
    CHECK(problem() == "none");
}

TEST_CASE_METHOD(ServerWorld, "clocks that differ by more than Jira tolerates are told before anything else",
                 "[data-center]") {
    thenServerInfo("9.12.4", jiraUrl, {{"Date", "Thu, 01 Jan 2015 00:00:00 GMT"}});
    CHECK(problem() == "clock_skew");
    CHECK(wire->requests().size() == 1);
}

TEST_CASE_METHOD(ServerWorld, "each problem that Jira names has its own code", "[data-center]") {
    for (const auto& [name, code] :
         std::map<std::string, std::string>{{"consumer_key_unknown", "consumer_key_unknown"},
                                            {"consumer_key_rejected", "consumer_key_disabled"},
                                            {"signature_invalid", "key_differs"},
                                            {"signature_method_rejected", "method_rejected"},
                                            {"timestamp_refused", "clock_skew"},
                                            {"nonce_used", "nonce_used"},
                                            {"parameter_absent", "parameter_absent"},
                                            {"parameter_rejected", "parameter_rejected"},
                                            {"version_rejected", "version_rejected"},
                                            {"user_refused", "refused"}}) {
        thenServerInfo();
        thenForm(401, "oauth_problem=" + name);
        CHECK(problem() == code);
    }
    thenServerInfo("9.12.4", "https://internal.example:8443/jira");
    thenForm(401, "oauth_problem=signature_invalid");
    CHECK(problem() == "base_url_differs");
    thenServerInfo();
    thenForm(500, "<html>");
    CHECK(problem() == "server_error");
}

TEST_CASE_METHOD(ServerWorld, "a refusal on the way back is told with cause and remedy", "[data-center]") {
    for (const char* name : {"token_rejected", "token_expired", "permission_unknown", "token_used"}) {
        verify("ann", std::string("request-") + name);
        thenForm(401, std::string("oauth_problem=") + name);
        const auto result = back({{"oauth_token", std::string("request-") + name}, {"oauth_verifier", "v"}});
        CHECK(result.outcome == AuthOutcome::JiraRefused);
        CHECK_FALSE(result.message.empty());
        CHECK_FALSE(result.remedy.empty());
    }
    verify("ann", "request-9");
    wire->thenFail(Kind::Timeout, true);
    CHECK(back({{"oauth_token", "request-9"}, {"oauth_verifier", "v"}}).outcome == AuthOutcome::Unreachable);
    CHECK(connections.status("org").state == ConnectionStatus::State::NotConnected);
}
