#include "connection/oauth_protocol.hpp"

#include "connection_world.hpp"
#include "jira/errors.hpp"
#include "jira/json.hpp"

#include <Poco/URI.h>
#include <catch2/catch.hpp>

using namespace jira_plugin::connection;
namespace json = jira_plugin::jira::json;
using jira_plugin::jira::HttpResponse;
using Kind = TokenAnswer::Kind;

namespace {

CloudApp app() {
    RecordingHost host;
    return CloudApp::from(host, host);
}

Kind kindOf(int status, const std::string& body, const std::string& type = "application/json") {
    return readTokenAnswer(HttpResponse{status, {{"Content-Type", type}}, body}, 0).kind;
}

} // namespace

TEST_CASE("the consent address has every parameter that Atlassian requires", "[connection]") {
    const Poco::URI url(authorizeUrl(app(), "the state/+="));
    CHECK(url.getScheme() + "://" + url.getAuthority() + url.getPath() == "https://auth.example/authorize");
    std::map<std::string, std::string> parameters;
    for (const auto& [name, value] : url.getQueryParameters()) {
        parameters[name] = value;
    }
    CHECK(parameters ==
          std::map<std::string, std::string>{
              {"audience", "api.atlassian.com"},
              {"client_id", "the-client"},
              {"scope", "read:jira-work write:jira-work read:jira-user manage:jira-webhook offline_access"},
              {"redirect_uri", "https://host.example/settings/integrations/jira/oauth/callback"},
              {"state", "the state/+="},
              {"response_type", "code"},
              {"prompt", "consent"}});
}

TEST_CASE("the token requests are JSON objects of the documented members", "[connection]") {
    const auto exchange = json::parseObject(exchangeBody(app(), "a\"code"));
    CHECK(json::text(exchange, "grant_type") == "authorization_code");
    CHECK(json::text(exchange, "code") == "a\"code");
    CHECK(json::text(exchange, "client_secret") == "the-client-secret");
    CHECK(json::text(exchange, "redirect_uri") == app().redirectUri);
    const auto refresh = json::parseObject(refreshBody(app(), Secret("r")));
    CHECK(json::text(refresh, "grant_type") == "refresh_token");
    CHECK(json::text(refresh, "refresh_token") == "r");
    CHECK(refresh->size() == 4);
}

TEST_CASE("a token answer is read whole", "[connection]") {
    const auto answer = readTokenAnswer(
        HttpResponse{
            200,
            {{"Content-Type", "application/json"}},
            R"({"access_token":"a","refresh_token":"r","expires_in":3600,"scope":"x  y","token_type":"Bearer"})"},
        0);
    CHECK(answer.kind == Kind::Granted);
    CHECK(answer.grant.accessToken.reveal() == "a");
    CHECK(answer.grant.refreshToken.reveal() == "r");
    CHECK(answer.grant.lifetimeMs == 3'600'000);
    CHECK(answer.grant.scopes == std::vector<std::string>{"x", "y"});
}

TEST_CASE("every refusal of the token endpoint is put at somebody's door", "[connection]") {
    CHECK(
        kindOf(403, R"({"error":"invalid_grant","error_description":"Unknown or invalid refresh token."})") ==
        Kind::GrantRefused);
    CHECK(kindOf(403, R"({"error":"unauthorized_client","error_description":"refresh_token is invalid"})") ==
          Kind::GrantRefused);
    CHECK(kindOf(400, R"({"error":"invalid_request","error_description":"x"})") == Kind::GrantRefused);
    CHECK(kindOf(401, R"({"error":"access_denied","error_description":"Unauthorized"})") ==
          Kind::ClientRefused);
    CHECK(kindOf(403, R"({"error":"unauthorized_client"})") == Kind::ClientRefused);
    CHECK(kindOf(400, R"({"error":"invalid_client"})") == Kind::ClientRefused);
    CHECK(kindOf(429, "") == Kind::Later);
    CHECK(kindOf(503, "<html></html>", "text/html") == Kind::Later);
    CHECK(kindOf(200, "<html>Sign in</html>", "text/html") == Kind::Unreadable);
    CHECK(kindOf(200, R"({"token_type":"Bearer"})") == Kind::Unreadable);
    CHECK(kindOf(403, "<html>Blocked</html>", "text/html") == Kind::Unreadable);
}

TEST_CASE("sites are listed once and only those with Jira", "[connection]") {
    const auto sites = readSites("[" + siteJson("acme", R"("read:confluence-content.all")") + "," +
                                 siteJson("acme", allSiteScopes) + "," + siteJson("acme", allSiteScopes) +
                                 "," + siteJson("other", R"("read:issue:jira")") + ",{\"new\":1},7]");
    REQUIRE(sites.size() == 2);
    CHECK(sites[0].name == "acme");
    CHECK(sites[0].scopes.size() == 4);
    CHECK(sites[1].id == "id-other");
    CHECK(readSites("{}").empty());
}

TEST_CASE("missing scopes are named", "[connection]") {
    CHECK(missingScopes({"read:jira-work", "read:jira-user"}) == "write:jira-work, manage:jira-webhook");
    CHECK(missingScopes({"manage:jira-webhook", "read:jira-work", "write:jira-work", "read:jira-user", "x"})
              .empty());
}

TEST_CASE("a wrong address in the configuration is named with its key", "[connection]") {
    RecordingHost host;
    host.config["jira.cloud.api_url"] = "api.atlassian.com";
    CHECK_THROWS_WITH(CloudApp::from(host, host), Catch::Contains("jira.cloud.api_url"));
}
