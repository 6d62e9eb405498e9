#include <catch2/catch.hpp>

#include "settings/routes.hpp"
#include "settings_world.hpp"

using namespace settings_test;

TEST_CASE_METHOD(World, "everybody sees their own session", "[settings]") {
    const auto json = ask("GET", "/api/session", "", projectAdmin());
    CHECK(json["user"]["id"].text() == "paul");
    CHECK(json["roles"].texts() == std::vector<std::string>{"member", "projectAdmin"});
    CHECK(json["administeredProjects"].texts() == std::vector<std::string>{"p1"});
    CHECK(json["csrf"]["header"].text() == "X-CSRF-Token");
    CHECK(ask("GET", "/api/session", "", member())["roles"].texts() == std::vector<std::string>{"member"});
}

TEST_CASE_METHOD(World, "a member is told whom to ask, on every route but the few that are for members",
                 "[settings]") {
    for (const auto& route : settings::routes()) {
        if (route.access == settings::Access::Member)
            continue;
        CAPTURE(route.method, route.pattern);
        const auto response = send(route.method, route.pattern, "", member());
        CHECK(response.status == 403);
        CHECK_THAT(response.body, Catch::Contains("Ask an admin of Acme"));
    }
}

TEST_CASE_METHOD(World, "a project admin does not reach what is for admins", "[settings]") {
    CHECK(refusal("POST", "/api/connection/cloud/authorize", "{}", projectAdmin()) == "403 forbidden");
    CHECK(refusal("DELETE", "/api/connection", R"({"site":"acme"})", projectAdmin()) == "403 forbidden");
    CHECK(refusal("POST", "/api/connection/site", R"({"site":"s"})", projectAdmin()) == "403 forbidden");
    CHECK(refusal("PUT", "/api/field-mapping", "{}", projectAdmin()) == "403 forbidden");
    CHECK(connectionDesk.state.state == connection::ConnectionStatus::State::Connected);
}

TEST_CASE_METHOD(World, "a project admin reads everything and changes the projects they administer",
                 "[settings]") {
    const std::string mapping = R"({"jiraProject":"PAY","issueType":"Bug"})";
    for (const char* path : {"/api/connection", "/api/projects", "/api/field-mapping",
                             "/api/field-mapping/p2", "/api/pushes", "/api/jira/projects"})
        ask("GET", path, "", projectAdmin());
    ask("PUT", "/api/mappings/p1", mapping, projectAdmin());
    ask("PUT", "/api/field-mapping/p1", "{}", projectAdmin());
    CHECK(refusal("PUT", "/api/mappings/p2", mapping, projectAdmin()) == "403 forbidden");
    CHECK(refusal("DELETE", "/api/mappings/p2", "", projectAdmin()) == "403 forbidden");
    CHECK(refusal("PUT", "/api/field-mapping/p2", "{}", projectAdmin()) == "403 forbidden");
    CHECK(refusal("DELETE", "/api/field-mapping/p2", "", projectAdmin()) == "403 forbidden");
    const auto projects = ask("GET", "/api/projects", "", projectAdmin())["projects"];
    CHECK(projects[0]["mayEdit"].truth());
    CHECK_FALSE(projects[1]["mayEdit"].truth());
}

TEST_CASE_METHOD(World, "what belongs to another organisation is not found", "[settings]") {
    mapPayments();
    enqueue("f-1");
    auto stranger = admin();
    stranger.organisation = "globex";
    CHECK(refusal("GET", "/api/mappings/p1", "", stranger) == "404 not_found");
    CHECK(refusal("PUT", "/api/mappings/p1", R"({"jiraProject":"PAY","issueType":"Bug"})", stranger) ==
          "404 not_found");
    CHECK(refusal("GET", "/api/mappings/payments-api", "", stranger) == "404 not_mapped");
    CHECK(refusal("GET", "/api/pushes/f-1", "", stranger) == "404 not_pushed");
    CHECK(refusal("POST", "/api/preview", R"({"finding":"f-1"})", stranger) == "404 not_found");
    CHECK(refusal("POST", "/api/pushes/retry", R"({"finding":"f-1"})", stranger) == "404 not_pushed");
    CHECK(ask("GET", "/api/pushes", "", stranger)["pushes"].size() == 0);
    CHECK(ask("GET", "/api/projects", "", stranger)["projects"][0]["mapping"].isNull());
}
