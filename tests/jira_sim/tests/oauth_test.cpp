#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

namespace {

constexpr std::int64_t minute = 60'000;

std::string location(const Answer& answer) {
    const auto found = answer.headers.find("Location");
    return found == answer.headers.end() ? std::string() : found->second;
}

/// The hidden field of the consent form.
std::string consentId(const Answer& page) {
    const std::string mark = "name=\"consent\" value=\"";
    const std::size_t start = page.text.find(mark) + mark.size();
    return page.text.substr(start, page.text.find('"', start) - start);
}

const std::map<std::string, std::string> formType = {{"Content-Type", "application/x-www-form-urlencoded"}};

} // namespace

TEST_CASE(
    "the consent page lists the permissions and the sites, and accepting leads back with code and state",
    "[oauth]") {
    Sim sim;
    const Answer page = sim.request("GET", sim.authorizeUrl());
    CHECK(page.status == 200);
    CHECK(page.text.find("read:jira-work") != std::string::npos);
    CHECK(page.text.find("acme") != std::string::npos);
    CHECK(page.text.find("<script") == std::string::npos);

    const std::string form = "consent=" + consentId(page) + "&decision=accept&site=" + sim.cloudId();
    const Answer accepted = sim.request("POST", "/authorize", form, formType);
    CHECK(accepted.status == 302);
    CHECK(location(accepted).rfind("http://localhost:9999/oauth/callback?code=", 0) == 0);
    CHECK(queryValue(location(accepted), "state") == "a state");
    CHECK(sim.exchange(queryValue(location(accepted), "code")).status == 200);

    const Answer again = sim.request("POST", "/authorize", form, formType);
    CHECK(location(again).rfind("/error?error=invalid_request", 0) == 0);
}

TEST_CASE("denying leads back with access_denied and the state", "[oauth]") {
    Sim sim;
    const Answer page = sim.request("GET", sim.authorizeUrl());
    const Answer denied =
        sim.request("POST", "/authorize", "decision=deny&consent=" + consentId(page), formType);
    CHECK(queryValue(location(denied), "error") == "access_denied");
    CHECK_FALSE(queryValue(location(denied), "error_description").empty());
    CHECK(queryValue(location(denied), "state") == "a state");
    CHECK(queryValue(location(denied), "code").empty());
}

TEST_CASE("a wrong client or callback address never leads back to the app", "[oauth]") {
    Sim sim;
    for (const std::string& bad : {std::string("http://evil.example/oauth/callback"),
                                   std::string("http://localhost:1/somewhere"), std::string()}) {
        const Answer answer = sim.request("GET", sim.authorizeUrl(allScopes, "redirect_uri") +
                                                     (bad.empty() ? "" : "&redirect_uri=" + bad));
        CHECK(location(answer).rfind("/error?error=unauthorized_client", 0) == 0);
    }
    const Answer answer = sim.request("GET", sim.authorizeUrl(allScopes, "client_id") + "&client_id=other");
    CHECK(location(answer).rfind("/error?error=unauthorized_client", 0) == 0);
    CHECK(sim.request("GET", location(answer)).text.find("unauthorized_client") != std::string::npos);
}

TEST_CASE("a missing or wrong authorisation parameter is sent back as an OAuth error", "[oauth]") {
    Sim sim;
    const auto errorWithout = [&](const char* name) {
        return queryValue(location(sim.request("GET", sim.authorizeUrl(allScopes, name))), "error");
    };
    CHECK(errorWithout("audience") == "invalid_request");
    CHECK(errorWithout("prompt") == "invalid_request");
    CHECK(errorWithout("state") == "invalid_request");
    CHECK(errorWithout("scope") == "invalid_scope");
    CHECK(errorWithout("response_type") == "unsupported_response_type");
    CHECK(queryValue(location(sim.request("GET", sim.authorizeUrl("read:everything"))), "error") ==
          "invalid_scope");
}

TEST_CASE("the code exchange answers long tokens with lifetime, scopes and type", "[oauth]") {
    Sim sim;
    const Answer answer = sim.exchange(sim.code());
    CHECK(answer.status == 200);
    CHECK(answer.textAt("access_token").size() > 1024);
    CHECK(answer.textAt("refresh_token").size() > 100);
    CHECK(answer.textAt("expires_in") == "3600");
    CHECK(answer.textAt("token_type") == "Bearer");
    CHECK(answer.textAt("scope") == "offline_access read:jira-user read:jira-work write:jira-work");
}

TEST_CASE("without offline_access there is no refresh token", "[oauth]") {
    Sim sim;
    const Answer answer = sim.exchange(sim.code("read:jira-work"));
    CHECK(answer.status == 200);
    CHECK_FALSE(answer.object()->has("refresh_token"));
}

TEST_CASE("a code works once, for a short time", "[oauth]") {
    Sim sim;
    const std::string code = sim.code();
    CHECK(sim.exchange(code).status == 200);
    const Answer again = sim.exchange(code);
    CHECK(again.status == 400);
    CHECK(again.textAt("error") == "invalid_grant");

    const std::string late = sim.code();
    sim.sim("POST", "/clock", R"({"advanceMs":301000})");
    CHECK(sim.exchange(late).textAt("error") == "invalid_grant");
}

TEST_CASE("a wrong client secret and an unknown client are refused in the token endpoint's shape",
          "[oauth]") {
    Sim sim;
    const Answer secret = sim.request(
        "POST", "/oauth/token",
        R"({"grant_type":"refresh_token","client_id":"sim-client","client_secret":"wrong","refresh_token":"x"})");
    CHECK(secret.status == 401);
    CHECK(secret.text == R"({"error":"access_denied","error_description":"Unauthorized"})");
    const Answer client = sim.request(
        "POST", "/oauth/token",
        R"({"grant_type":"refresh_token","client_id":"other","client_secret":"sim-secret","refresh_token":"x"})");
    CHECK(client.status == 403);
    CHECK(client.textAt("error") == "unauthorized_client");
}

TEST_CASE("the token endpoint takes JSON only and names a missing grant type", "[oauth]") {
    Sim sim;
    CHECK(sim.request("POST", "/oauth/token", "grant_type=refresh_token", formType).textAt("error") ==
          "invalid_request");
    CHECK(sim.request("POST", "/oauth/token", "{}").textAt("error") == "invalid_request");
    CHECK(sim.request("POST", "/oauth/token", "not json").textAt("error") == "invalid_request");
    CHECK(sim.request("POST", "/oauth/token", R"({"grant_type":"password"})").textAt("error") ==
          "unsupported_grant_type");
}

TEST_CASE("refresh tokens rotate, and the old one works for another ten minutes only", "[oauth]") {
    Sim sim;
    sim.connect();
    const std::string first = sim.refreshToken;
    const Answer rotated = sim.refresh(first);
    REQUIRE(rotated.status == 200);
    CHECK(rotated.textAt("refresh_token") != first);
    CHECK(rotated.textAt("access_token") != sim.accessToken);

    sim.server.world().clock().advanceMs(9 * minute);
    CHECK(sim.refresh(first).status == 200);
    sim.server.world().clock().advanceMs(2 * minute);
    const Answer late = sim.refresh(first);
    CHECK(late.status == 403);
    CHECK(late.text ==
          R"({"error":"invalid_grant","error_description":"Unknown or invalid refresh token."})");
    CHECK(sim.refresh(rotated.textAt("refresh_token")).status == 200);
}

TEST_CASE("a refresh token that is not used for ninety days dies", "[oauth]") {
    Sim sim;
    sim.connect();
    sim.server.world().clock().advanceMs(89LL * 24 * 60 * minute);
    const Answer rotated = sim.refresh(sim.refreshToken);
    REQUIRE(rotated.status == 200);
    sim.server.world().clock().advanceMs(91LL * 24 * 60 * minute);
    CHECK(sim.refresh(rotated.textAt("refresh_token")).status == 403);
}

TEST_CASE("accessible-resources lists the granted sites with their Jira scopes", "[oauth]") {
    Sim sim;
    sim.connect();
    const Answer answer = sim.request("GET", "/oauth/token/accessible-resources", "",
                                      {{"Authorization", "Bearer " + sim.accessToken}});
    CHECK(answer.textAt("0.id") == sim.cloudId());
    CHECK(answer.textAt("0.name") == "acme");
    CHECK(answer.textAt("0.url") == sim.server.url());
    CHECK(answer.textAt("0.scopes") == R"(["read:jira-user","read:jira-work","write:jira-work"])");
    CHECK(sim.request("GET", "/oauth/token/accessible-resources").status == 401);
}

TEST_CASE("consenting for a second site adds it to the account's grant, tokens in use included", "[oauth]") {
    jira_sim::Config config;
    config.world.siteNames = {"acme", "globex"};
    Sim sim(config);
    sim.connect();
    const auto sites = [&] {
        const Answer answer = sim.request("GET", "/oauth/token/accessible-resources", "",
                                          {{"Authorization", "Bearer " + sim.accessToken}});
        return json::asArray(answer.json)->size();
    };
    CHECK(sites() == 1);
    sim.code(allScopes, "", "globex");
    CHECK(sites() == 2);
}

TEST_CASE("resource-level grants cover the chosen site alone", "[oauth]") {
    jira_sim::Config config;
    config.world.siteNames = {"acme", "globex"};
    config.resourceLevelGrants = true;
    Sim sim(config);
    sim.connect(allScopes, "", "globex");
    const Answer answer = sim.request("GET", "/oauth/token/accessible-resources", "",
                                      {{"Authorization", "Bearer " + sim.accessToken}});
    REQUIRE(json::asArray(answer.json)->size() == 1);
    CHECK(answer.textAt("0.name") == "globex");
    CHECK(sim.api("GET", "/myself").status == 401); // acme, which was not granted
}

TEST_CASE("an account without a site gets an empty list", "[oauth]") {
    jira_sim::Config config;
    config.world.siteNames.clear();
    Sim sim(config);
    sim.connect();
    CHECK(sim.request("GET", "/oauth/token/accessible-resources", "",
                      {{"Authorization", "Bearer " + sim.accessToken}})
              .text == "[]");
}

TEST_CASE("the granting account is told with read:me only", "[oauth]") {
    Sim sim;
    sim.connect("read:me read:jira-work", "Priya Natarajan");
    const auto me = [&] {
        return sim.request("GET", "/me", "", {{"Authorization", "Bearer " + sim.accessToken}});
    };
    CHECK(me().textAt("name") == "Priya Natarajan");
    sim.connect("read:jira-work", "Priya Natarajan");
    CHECK(me().status == 403);
}

TEST_CASE("a revoked grant ends access and refresh", "[oauth]") {
    Sim sim;
    sim.connect();
    CHECK(sim.sim("POST", "/grants/revoke", R"({"account":"Sam Rivera"})").textAt("revoked") == "1");
    CHECK(sim.api("GET", "/myself").status == 401);
    CHECK(sim.refresh(sim.refreshToken).status == 403);
}
