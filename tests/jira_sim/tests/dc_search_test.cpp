#include <catch2/catch.hpp>

#include "dc_client.hpp"

using namespace sim_test;

TEST_CASE("a new issue is found at once, by pages with a total", "[dc][search]") {
    DcSim sim;
    for (int i = 0; i < 3; ++i)
        sim.issueKey(R"({"labels":["aspm-1"],"assignee":{"name":"jweber"}})");
    const Answer first =
        sim.rest("GET", "/search?jql=labels%20%3D%20%22aspm-1%22%20ORDER%20BY%20key&maxResults=2");
    CHECK(first.textAt("total") == "3");
    CHECK(first.textAt("startAt") == "0");
    CHECK(first.textAt("maxResults") == "2");
    CHECK(first.textAt("issues.0.key") == "PAY-1");
    CHECK(first.textAt("issues.0.fields.summary") == "A finding");
    const Answer rest = sim.rest(
        "POST", "/search",
        R"({"jql":"labels = \"aspm-1\" ORDER BY key","startAt":2,"maxResults":2,"fields":["status"]})");
    CHECK(json::asArray(rest.at("issues"))->size() == 1);
    CHECK(rest.textAt("issues.0.fields.status.name") == "To Do");
    CHECK(rest.at("issues.0.fields.summary").isEmpty());
    CHECK(sim.rest("GET", "/search?jql=assignee%20%3D%20jweber").textAt("total") == "3");
    CHECK(sim.rest("GET", "/search?jql=reporter%20%3D%20currentUser()&maxResults=0").textAt("total") == "3");
}

TEST_CASE("a query without restriction is allowed, and a page has at most 1000", "[dc][search]") {
    DcSim sim;
    sim.issueKey();
    CHECK(sim.rest("GET", "/search").textAt("total") == "1");
    CHECK(sim.rest("GET", "/search?jql=ORDER%20BY%20created&maxResults=5000").textAt("maxResults") == "1000");
}

TEST_CASE("a bad query is refused with what is wrong", "[dc][search]") {
    DcSim sim;
    const Answer unknown = sim.rest("GET", "/search?jql=project%20%3D%20NONE");
    CHECK(unknown.status == 400);
    CHECK(unknown.textAt("errorMessages.0") == "The value 'NONE' does not exist for the field 'project'.");
    CHECK(sim.rest("GET", "/search?jql=assignee%20%3D%20nobody").status == 400);
    CHECK(sim.rest("POST", "/search", R"({"jql":"","nextPageToken":"x"})").textAt("errorMessages.0") ==
          "Unrecognized field \"nextPageToken\", not marked as ignorable");
    CHECK(sim.rest("POST", "/search", R"({"fields":"summary"})").status == 400);
    CHECK(sim.rest("POST", "/search", R"({"fields":[null]})").status == 400);
    CHECK(sim.rest("GET", "/search?maxResults=many").status == 404);
    CHECK(sim.rest("GET", "/search/jql?jql=project%3DPAY").status == 404);
}
