#include <catch2/catch.hpp>

#include "connected_host.hpp"

using namespace integration;
using namespace test_support;

TEST_CASE("a finding that is pushed twice, and once more after a restart, has one ticket", "[integration]") {
    ConnectedHost world;
    const auto findings = world.host.addFindings("payments-api", 3);
    world.host.push("payments-api", findings, 0);
    world.host.push("payments-api", findings);
    world.host.restart();
    const auto answer = world.host.push("payments-api", findings);
    CHECK(answer["states"]["created"].number() == 3);
    CHECK(world.jira.issueCount() == 3);
}

TEST_CASE("a finding of a project without mapping is refused with the place to map it", "[integration]") {
    const ConnectedHost world;
    world.host.project("warehouse");
    const auto finding = world.host.addFindings("warehouse", 1).front();
    const auto refused = world.host.push("warehouse", {finding})["refused"][0];
    CHECK_THAT(refused["message"].text(), Catch::Contains("warehouse is not mapped"));
    CHECK_THAT(refused["remedy"].text(), Catch::Contains("Project Mapping"));
    CHECK(world.jira.issueCount() == 0);

    mapProject(world.host, "warehouse", "PAY", "Bug");
    world.host.push("warehouse", {finding});
    CHECK(world.host.pushState(finding) == "created");
}

TEST_CASE("a field that Jira begins to require parks the finding with its name, until the mapping fills it",
          "[integration]") {
    const ConnectedHost world;
    const auto first = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {first});
    world.jira.change({{"op", "require-field"}, {"project", "PAY"}, {"field", "customfield_10050"}});

    const auto findings = world.host.addFindings("payments-api", 2);
    world.host.push("payments-api", findings);
    const auto push = world.host.finding(findings[0])["push"];
    CHECK(push["state"].text() == "parked");
    CHECK_THAT(push["message"].text(), Catch::Contains("Risk class") || Catch::Contains("customfield_10050"));
    CHECK_THAT(push["remedy"].text(), Catch::Contains("Project mapping"));

    mapProject(world.host, "payments-api", "PAY", "Bug",
               R"("extraFields":{"customfield_10050":{"value":"C - normal"}})");
    CHECK(eventually([&] { return world.host.count("created") == 3; }));
    CHECK(world.jira.issueCount() == 3);
}

TEST_CASE("for a priority that was taken from the project the nearest one is used, and the timeline says so",
          "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    settings(admin, "PUT", "field-mapping", R"({"priorities":{"critical":"1"}})");
    const auto warm = world.host.addFindings("payments-api", {{"warm", "critical"}}).front();
    world.host.push("payments-api", {warm});
    REQUIRE(world.host.pushState(warm) == "created");

    world.jira.change({{"op", "take-priority"}, {"project", "PAY"}, {"priority", "Highest"}});
    const auto finding = world.host.addFindings("payments-api", {{"next", "critical"}}).front();
    world.host.push("payments-api", {finding});
    CHECK(world.host.pushState(finding) == "created");
    CHECK(world.ticketOf(finding)["priority"].text() == "High");
    CHECK(eventually([&] {
        return world.host.timeline(finding).find("no longer one of this project's priorities") !=
               std::string::npos;
    }));
    CHECK_THAT(world.host.timeline(finding),
               Catch::Contains("'High' was used") && Catch::Contains("Field mapping"));

    settings(admin, "PUT", "field-mapping", R"({"priorities":{"critical":"3"}})");
    const auto last = world.host.addFindings("payments-api", {{"last", "critical"}}).front();
    world.host.push("payments-api", {last});
    CHECK(world.ticketOf(last)["priority"].text() == "Medium");
}

TEST_CASE("renamed priorities and projects change nothing, because ids are stored", "[integration]") {
    const ConnectedHost world;
    world.jira.change({{"op", "rename-priority"}, {"priority", "High"}, {"to", "Hoch"}});
    world.jira.change({{"op", "rename-project"}, {"project", "PAY"}, {"to", "Geldverkehr"}});
    auto admin = world.host.signedIn();
    settings(admin, "PUT", "field-mapping", R"({"priorities":{"high":"2"}})");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    CHECK(world.ticketOf(finding)["priority"].text() == "Hoch");
}

TEST_CASE("a project that was deleted in Jira parks its findings, and another mapping sends them",
          "[integration]") {
    const ConnectedHost world;
    world.jira.change({{"op", "remove-project"}, {"project", "PAY"}});
    const auto findings = world.host.addFindings("payments-api", 2);
    world.host.push("payments-api", findings);
    const auto push = world.host.finding(findings[0])["push"];
    INFO(push.dump());
    CHECK(push["state"].text() == "parked");
    CHECK_THAT(push["remedy"].text(), Catch::Contains("roject"));
    const auto others = world.host.addFindings("auth-service", 1);
    world.host.push("auth-service", others);
    CHECK(world.host.pushState(others[0]) == "created");

    mapProject(world.host, "payments-api", "AUTH", "Bug");
    CHECK(eventually([&] { return world.host.count("created") == 3; }));
}

TEST_CASE("one finding that Jira refuses does not hold up the others of its batch", "[integration]") {
    const ConnectedHost world{SimulatorOptions()}; // a made-up refusal of a whole batch is in no description
    auto findings = world.host.addFindings("payments-api", 20);
    world.jira.fault("status=400,method=POST,path=/issue,body=Finding 7\"");
    world.host.push("payments-api", findings);
    CHECK(world.host.count("created") == 19);
    CHECK(world.host.pushState(findings[6]) == "parked");
    CHECK(world.jira.issueCount() == 19);
}

TEST_CASE("Jira's limits on a summary are kept whatever the scanner wrote", "[integration]") {
    const ConnectedHost world;
    const auto findings = world.host.addFindings(
        "payments-api",
        {{"two\nlines\tand a tab"}, {std::string(400, 'x')}, {"\xF0\x9F\x94\x92 emoji \xE2\x80\xA6"}});
    world.host.push("payments-api", findings);
    CHECK(world.ticketOf(findings[0])["summary"].text() == "two lines and a tab");
    CHECK(world.ticketOf(findings[1])["summary"].text().size() < 260);
    CHECK(world.ticketOf(findings[2])["summary"].text() == "\xF0\x9F\x94\x92 emoji \xE2\x80\xA6");
}
