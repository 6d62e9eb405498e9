#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;
using State = connection::ConnectionStatus::State;
using connection::AuthOutcome;

TEST_CASE_METHOD(World, "the connection is shown with site, account, since when and by whom", "[settings]") {
    auto json = ask("GET", "/api/connection");
    CHECK(json["state"].text() == "connected");
    CHECK(json["configured"].truth());
    CHECK(json["deployment"].text() == "cloud");
    CHECK(json["site"]["name"].text() == "acme");
    CHECK(json["account"].text() == "Integration");
    CHECK(json["connectedAt"].text() == "2026-01-01T00:00:00Z");
    CHECK(json["connectedBy"].text() == "alice");
    CHECK(json["connectedByName"].isNull()); // a member whom the host does not know any more
    CHECK(json["previousSite"].isNull());
    CHECK(json["attention"].isNull());
    CHECK(json["webhook"]["state"].text() == "off");
    CHECK(json["webhook"]["remedy"].isNull());

    hosting.members["acme/alice"] = {"alice", "Alice", ""};
    CHECK(ask("GET", "/api/connection")["connectedByName"].text() == "Alice");

    connectionDesk.state.state = State::NeedsAttention;
    connectionDesk.state.message = "The grant was revoked.";
    connectionDesk.state.remedy = "Reconnect.";
    json = ask("GET", "/api/connection");
    CHECK(json["attention"]["message"].text() == "The grant was revoked.");
    CHECK(json["attention"]["remedy"].text() == "Reconnect.");
}

TEST_CASE_METHOD(World, "a site that is only remembered is not shown as connected", "[settings]") {
    connectionDesk.state.state = State::NotConnected;
    const auto json = ask("GET", "/api/connection");
    CHECK(json["site"].isNull());
    CHECK(json["connectedAt"].isNull());
    CHECK(json["previousSite"]["name"].text() == "acme");
    connectionDesk.state.siteId.clear();
    CHECK(ask("GET", "/api/connection")["previousSite"].isNull());
}

TEST_CASE_METHOD(World, "connecting begins with an address of Atlassian's for this user", "[settings]") {
    CHECK(ask("POST", "/api/connection/cloud/authorize")["authorizeUrl"].text() ==
          "https://auth.example/authorize?state=acme-alice");
    CHECK(refusal("POST", "/api/connection/cloud/authorize", R"({"x":1})") == "400 invalid_request x");
    connectionDesk.state.state = State::NotConfigured;
    CHECK(refusal("POST", "/api/connection/cloud/authorize") == "409 not_connected");
}

TEST_CASE_METHOD(World, "the browser comes back to a page that leads on, a script gets JSON", "[settings]") {
    const auto page = [this](AuthOutcome outcome) {
        connectionDesk.result = connection::authResult(outcome, "acme");
        const auto response = send("GET", "/oauth/callback?state=s&code=c%2Bd&unknown=1");
        CHECK(response.status == 200);
        CHECK(response.header("Cache-Control") == "no-store");
        return response.body;
    };
    const std::string connect = "https://aspm.example/settings/integrations/jira/connect?result=";
    CHECK_THAT(page(AuthOutcome::Connected),
               Catch::Contains("data-result=\"connected\" data-message=\"Jira is connected: acme.\"") &&
                   Catch::Contains("data-next=\"" + connect + "connected\"") &&
                   Catch::Contains("href=\"" + connect + "connected\"") &&
                   Catch::Contains("<script type=\"module\" "
                                   "src=\"/settings/integrations/jira/assets/callback.js\">"));
    CHECK(connectionDesk.lastQuery.at("code") == "c+d");
    CHECK_THAT(page(AuthOutcome::ConnectedWithoutProjects),
               Catch::Contains(connect + "connected_without_projects\"") &&
                   Catch::Contains("may not have access to any projects"));
    CHECK_THAT(page(AuthOutcome::ChooseSite), Catch::Contains(connect + "choose_site\""));
    CHECK_THAT(page(AuthOutcome::ConfirmOtherSite), Catch::Contains(connect + "confirm_other_site\""));

    connectionDesk.result = connection::authResult(AuthOutcome::Connected);
    headers = {{"Accept", "application/json"}};
    CHECK(ask("GET", "/oauth/callback?state=s&code=c")["result"].text() == "connected");

    connectionDesk.result = connection::authResult(AuthOutcome::ChooseSite);
    connectionDesk.result.sites = {{"1", "one", "https://one.example", {}},
                                   {"2", "two", "https://two.example", {}}};
    CHECK(ask("GET", "/oauth/callback?state=s&code=c")["sites"][1]["name"].text() == "two");
}

TEST_CASE_METHOD(World, "every way a consent can fail has its status, its word and a next step",
                 "[settings]") {
    headers = {{"Accept", "application/json"}};
    const std::vector<std::pair<AuthOutcome, std::string>> outcomes{
        {AuthOutcome::Denied, "409 denied"},
        {AuthOutcome::StateMissing, "400 state_missing"},
        {AuthOutcome::StateExpired, "400 state_expired"},
        {AuthOutcome::StateUsed, "400 state_used"},
        {AuthOutcome::StateUnknown, "400 state_unknown"},
        {AuthOutcome::StateOfAnother, "403 state_of_another"},
        {AuthOutcome::CodeRefused, "502 code_refused"},
        {AuthOutcome::ClientRefused, "502 client_refused"},
        {AuthOutcome::ScopesMissing, "409 scopes_missing"},
        {AuthOutcome::NoSite, "409 no_site"},
        {AuthOutcome::AlreadyConnected, "409 already_connected"},
        {AuthOutcome::HandoverEnded, "410 handover_ended"},
        {AuthOutcome::ClockSkew, "503 clock_skew"},
        {AuthOutcome::Unreachable, "503 unreachable"}};
    for (const auto& [outcome, expected] : outcomes) {
        connectionDesk.result = connection::authResult(outcome, "detail");
        CHECK(refusal("GET", "/oauth/callback?state=s") == expected);
    }
}

TEST_CASE_METHOD(World, "a failed consent is a page for a browser, with foreign words shown literally",
                 "[settings]") {
    connectionDesk.result =
        connection::authResult(AuthOutcome::ProviderError, "<script>alert(1)</script>{{remedy}}\"'");
    const auto response = send("GET", "/oauth/callback?error=x");
    CHECK(response.status == 502);
    CHECK(response.header("Content-Type") == "text/html; charset=utf-8");
    CHECK_THAT(response.header("Content-Security-Policy"),
               Catch::Contains("default-src 'none'") && !Catch::Contains("unsafe"));
    CHECK_THAT(response.body,
               !Catch::Contains("<script>") &&
                   Catch::Contains("&lt;script&gt;alert(1)&lt;/script&gt;{{remedy}}&quot;&#39;") &&
                   Catch::Contains("data-result=\"provider_error\"") &&
                   Catch::Contains("href=\"https://aspm.example/settings/integrations/jira/connect\""));
}

TEST_CASE_METHOD(World, "a site is chosen by its id, another one than before only on purpose", "[settings]") {
    CHECK(ask("GET", "/api/connection/sites")["sites"].size() == 0);
    connectionDesk.waiting = {{"s-1", "one", "https://one.example", {}}};
    CHECK(ask("GET", "/api/connection/sites")["sites"][0]["id"].text() == "s-1");
    CHECK(ask("GET", "/api/connection")["choosingSite"].truth());
    CHECK_FALSE(ask("GET", "/api/connection", "", projectAdmin())["choosingSite"].truth());

    CHECK(refusal("POST", "/api/connection/site", "{}") == "400 invalid_request site");
    ask("POST", "/api/connection/site", R"({"site":"s-1"})");
    CHECK(connectionDesk.chosen == "s-1");

    connectionDesk.asksFirst = true;
    CHECK(refusal("POST", "/api/connection/site", R"({"site":"s-2"})") == "409 confirm_other_site confirm");
    ask("POST", "/api/connection/site", R"({"site":"s-2","confirm":true})");
}

TEST_CASE_METHOD(World, "disconnecting asks for the site's name", "[settings]") {
    CHECK(refusal("DELETE", "/api/connection") == "422 confirmation_needed site");
    CHECK(refusal("DELETE", "/api/connection", R"({"site":"other"})") == "422 confirmation_needed site");
    CHECK(connectionDesk.state.state == State::Connected);
    CHECK(ask("DELETE", "/api/connection", R"({"site":"acme"})")["state"].text() == "not_connected");
    CHECK(refusal("DELETE", "/api/connection", R"({"site":"acme"})") == "409 not_connected");
}
