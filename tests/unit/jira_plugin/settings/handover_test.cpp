#include <catch2/catch.hpp>

#include "settings_world.hpp"

#include <Poco/URI.h>

using namespace settings_test;

namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;

/// The API on real connections: mia is a member and holds a link of the admin alice.
struct HandoverWorld : World {
    HandoverWorld() {
        hosting.members["acme/alice"] = {"alice", "Alice", ""};
        hosting.members["acme/mia"] = {"mia", "Mia", ""};
        connectionDesk.forwards = true;
        connectionDesk.state.state = connection::ConnectionStatus::State::NotConnected;
        headers = {{"Accept", "application/json"}};
    }

    /// The path of a new link's API.
    std::string link() {
        const std::string url = ask("POST", "/api/connection/handover", "{}")["url"].text();
        const std::string start = "https://aspm.example/settings/integrations/jira/authorize/";
        REQUIRE(url.compare(0, start.size(), start) == 0);
        return "/api/handover/" + url.substr(start.size());
    }

    /// What Atlassian sends mia's browser back to.
    std::string callback(const std::string& path) {
        const Poco::URI consent(ask("POST", path + "/authorize", "{}", member())["authorizeUrl"].text());
        for (const auto& [name, value] : consent.getQueryParameters())
            if (name == "state")
                return "/oauth/callback?code=c&state=" + value;
        return {};
    }

    void thenGrant(const std::vector<std::string>& sites) {
        wire->then(200, R"({"access_token":"a","refresh_token":"r","expires_in":3600})");
        std::string list;
        for (const auto& site : sites)
            list += (list.empty() ? "" : ",") + std::string(R"({"id":"id-)") + site + R"(","name":")" + site +
                    R"(","url":"https://)" + site +
                    R"(.example","scopes":["read:jira-work","write:jira-work","read:jira-user",)"
                    R"("manage:jira-webhook"]})";
        wire->then(200, "[" + list + "]");
    }
    void thenAccount() {
        wire->then(200, R"({"accountId":"712020:mia","displayName":"Mia"})");
        wire->then(200, R"({"values":[{"id":"1","key":"PAY","name":"Pay"}],"isLast":true})");
    }
};

} // namespace

TEST_CASE_METHOD(HandoverWorld, "a member connects with a link, and the admin sees it", "[settings]") {
    CHECK(ask("GET", "/api/connection")["handover"].isNull());
    const std::string path = link();
    CHECK(ask("GET", "/api/connection")["handover"]["state"].text() == "open");
    CHECK(ask("GET", "/api/connection", "", projectAdmin())["handover"].isNull());

    auto shown = ask("GET", path, "", member());
    CHECK(shown["organisation"]["name"].text() == "Acme");
    CHECK(shown["createdByName"].text() == "Alice");
    CHECK(shown["state"].text() == "open");

    const std::string back = callback(path);
    thenGrant({"one", "two"});
    CHECK(ask("GET", back, "", member())["result"].text() == "choose_site");
    CHECK(ask("GET", "/api/connection")["handover"]["state"].text() == "choosing_site");
    shown = ask("GET", path, "", member());
    CHECK(shown["state"].text() == "choosing_site");
    CHECK(shown["sites"][1]["name"].text() == "two");

    CHECK(refusal("POST", path + "/site", "{}", member()) == "400 invalid_request site");
    CHECK(refusal("POST", path + "/site", R"({"site":"id-three"})", member()) == "409 choose_site confirm");
    thenAccount();
    const auto done = ask("POST", path + "/site", R"({"site":"id-two"})", member());
    CHECK(done["state"].text() == "done");
    CHECK(done["site"]["name"].text() == "two");

    CHECK(hosting.hasAlert("acme/jira-handover"));
    const auto connection = ask("GET", "/api/connection");
    CHECK(connection["state"].text() == "connected");
    CHECK(connection["connectedByName"].text() == "Mia");
    CHECK(connection["handover"]["state"].text() == "done");
    CHECK(connection["handover"]["doneByName"].text() == "Mia");
    CHECK_FALSE(hosting.hasAlert("acme/jira-handover"));
    CHECK(ask("GET", path, "", member())["state"].text() == "done");
    CHECK(refusal("POST", path + "/authorize", "{}", member()) == "410 handover_used");
}

TEST_CASE_METHOD(HandoverWorld, "the holder of a link gains no other right", "[settings]") {
    const std::string path = link();
    ask("POST", path + "/authorize", "{}", member());
    CHECK(ask("GET", "/api/session", "", member())["roles"].texts() == std::vector<std::string>{"member"});
    for (const char* closed : {"/api/connection", "/api/connection/sites", "/api/projects", "/api/pushes"})
        CHECK(refusal("GET", closed, "", member()) == "403 forbidden");
    CHECK(refusal("POST", "/api/connection/cloud/authorize", "{}", member()) == "403 forbidden");
    CHECK(refusal("POST", "/api/connection/site", R"({"site":"s"})", member()) == "403 forbidden");
    CHECK(refusal("POST", "/api/connection/handover", "{}", projectAdmin()) == "403 forbidden");
    CHECK(refusal("DELETE", "/api/connection/handover", "", projectAdmin()) == "403 forbidden");
}

TEST_CASE_METHOD(HandoverWorld, "a link that is not good says why in its own words", "[settings]") {
    const std::string path = link();
    auto stranger = member();
    stranger.organisation = "globex";
    CHECK(refusal("GET", path, "", stranger) == "404 handover_unknown");
    CHECK(refusal("POST", path + "/authorize", "{}", stranger) == "404 handover_unknown");
    CHECK(refusal("POST", path + "/site", R"({"site":"s"})", stranger) == "404 handover_unknown");
    CHECK(refusal("GET", "/api/handover/invented", "", member()) == "404 handover_unknown");

    const std::string back = callback(path);
    CHECK(refusal("GET", path, "", projectAdmin()) == "410 handover_used"); // another member's by now
    hosting.advance(dayMs);
    CHECK(refusal("GET", path, "", member()) == "410 handover_expired");
    CHECK(refusal("POST", path + "/authorize", "{}", member()) == "410 handover_expired");

    const std::string fresh = link();
    CHECK(refusal("GET", path, "", member()) == "404 handover_unknown");
    const std::string late = callback(fresh);
    CHECK(send("DELETE", "/api/connection/handover").status == 204);
    CHECK(refusal("GET", fresh, "", member()) == "404 handover_unknown");
    CHECK(refusal("GET", late, "", member()) == "410 handover_ended");
    CHECK(send("DELETE", "/api/connection/handover").status == 204);
}

TEST_CASE_METHOD(HandoverWorld, "the holder's browser comes back to a page of its own", "[settings]") {
    headers.clear();
    const std::string path = link();
    thenGrant({"one"});
    thenAccount();
    const auto response = send("GET", callback(path), "", member());
    CHECK(response.status == 200);
    CHECK_THAT(response.body, Catch::Contains("data-result=\"connected\"") &&
                                  Catch::Contains("/integrations/jira/authorize/return?result=connected\""));
    const std::string token = path.substr(path.rfind('/') + 1);
    CHECK_THAT(response.body, !Catch::Contains(token));
}

TEST_CASE_METHOD(HandoverWorld, "a failure inside does not write a link's token to the log", "[settings]") {
    const std::string path = link();
    connectionDesk.breaks = true;
    CHECK(refusal("GET", path, "", member()) == "500 internal");
    REQUIRE(hosting.errors.size() == 1);
    CHECK_THAT(hosting.errors[0],
               Catch::Contains("/api/handover/{token}") && !Catch::Contains(path.substr(14)));
}

TEST_CASE_METHOD(World, "without the operator's app no link is made", "[settings]") {
    hosting.config.erase("jira.cloud.client_id");
    CHECK(refusal("POST", "/api/connection/handover", "{}") == "409 not_connected");
}
