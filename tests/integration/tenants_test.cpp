#include <catch2/catch.hpp>

#include "connected_host.hpp"

using namespace integration;
using namespace test_support;

namespace {

/// A second organisation with an administrator of the same name and a project of the same key.
void addGlobex(const StubHost& host) {
    host.control("POST", "/organisations", R"({"id":"globex","name":"Globex"})");
    host.control("POST", "/organisations/globex/users",
                 R"({"id":"alice","name":"Alice of Globex","email":"alice@globex.example","roles":["admin"],)"
                 R"("administers":[]})");
    host.project("payments-api", "globex");
}

} // namespace

TEST_CASE("two organisations with the same project key do not see each other", "[integration][tenants]") {
    const ConnectedHost world;
    addGlobex(world.host);
    // Ids are counted per organisation, so theirs are also ours; only the last of ours is not theirs.
    const auto ours = world.host.addFindings("payments-api", 3);
    const auto theirs = world.host.addFindings("payments-api", 2, "globex");
    auto alice = world.host.signedIn("alice", "acme");
    auto other = world.host.signedIn("alice", "globex");

    CHECK(settings(other, "GET", "connection")["state"].text() == "not_connected");
    CHECK_THAT(settings(other, "GET", "projects").dump(), !Catch::Contains("PAY"));
    const auto refused = world.host.push("payments-api", theirs, 0, "globex")["refused"];
    CHECK(refused.size() == 2);

    world.host.push("payments-api", ours);
    CHECK(settings(other, "GET", "pushes")["pushes"].size() == 0);
    CHECK(askSettings(other, "GET", "pushes/" + ours[0]).status == 404);
    CHECK(askSettings(alice, "GET", "pushes/" + ours[0]).status == 200);
    CHECK(world.host.finding(theirs[0], "globex")["ticket"].isNull());
    CHECK(world.host.ask("GET", "/organisations/globex/findings/" + ours[2]).status == 404);

    connectJira(world.host, world.jira, "alice", "globex");
    mapProject(world.host, "payments-api", "AUTH", "Bug", "", "globex");
    world.host.push("payments-api", theirs, 60'000, "globex");
    CHECK(world.jira.issueCount() == 5);
    for (const auto& finding : ours) {
        CHECK(world.ticketOf(finding)["project"].text() == "PAY");
    }
    for (const auto& finding : theirs) {
        CHECK(world.host.finding(finding, "globex")["ticket"]["key"].text().rfind("AUTH-", 0) == 0);
    }
    CHECK(ticketsByLabel(world.jira).size() == 5);
}

TEST_CASE("an organisation that lost its connection does not stop another one", "[integration][tenants]") {
    const ConnectedHost world;
    addGlobex(world.host);
    auto other = world.host.signedIn("alice", "globex");
    connectJira(world.host, world.jira, "alice", "globex");
    mapProject(world.host, "payments-api", "AUTH", "Bug", "", "globex");
    const auto site = settings(other, "GET", "connection")["site"]["name"].text();
    settings(other, "DELETE", "connection", R"({"site":)" + quoted(site) + "}");

    const auto theirs = world.host.addFindings("payments-api", 2, "globex");
    world.host.push("payments-api", theirs, 0, "globex");
    CHECK(eventually([&] { return world.host.count("waiting", "globex") == 2; }));
    world.host.addFindings("payments-api", 2);
    world.host.pushAll("payments-api");
    CHECK(world.host.count("created") == 2);
    CHECK(world.host.count("waiting", "globex") == 2);
}

TEST_CASE("only administrators connect, and project administrators map only their own projects",
          "[integration][tenants]") {
    const ConnectedHost world;
    auto member = world.host.signedIn("mia");
    CHECK(askSettings(member, "GET", "connection").status == 403);
    CHECK(askSettings(member, "PUT", "mappings/" + world.host.project("payments-api"), "{}").status == 403);

    auto projectAdmin = world.host.signedIn("paul");
    CHECK(askSettings(projectAdmin, "POST", "connection/cloud/authorize", "{}").status == 403);
    const std::string mapping = R"({"jiraProject":"PAY","issueType":"Task"})";
    CHECK(
        askSettings(projectAdmin, "PUT", "mappings/" + world.host.project("payments-api"), mapping).status ==
        200);
    CHECK(
        askSettings(projectAdmin, "PUT", "mappings/" + world.host.project("auth-service"), mapping).status ==
        403);
}
