#include <catch2/catch.hpp>

#include "connected_host.hpp"

using namespace integration;
using namespace test_support;

namespace {

using std::chrono::seconds;

/// The state and message of a finding once it waits.
Json waitingPush(const ConnectedHost& world, const std::string& finding) {
    REQUIRE(eventually([&] { return world.host.pushState(finding) == "waiting"; }));
    return world.host.finding(finding)["push"];
}

const std::string createOne = "POST /rest/api/3/issue";

} // namespace

TEST_CASE("when Jira asks to slow down, nothing is sent before the time it names", "[integration]") {
    const ConnectedHost world;
    world.jira.fault("status=429:600,method=POST,path=/issue,times=1");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding}, 0);
    const auto push = waitingPush(world, finding);
    CHECK_THAT(push["message"].text(), Catch::Contains("slow down"));
    CHECK_FALSE(push["remedy"].text().empty());

    world.host.advanceClock(seconds(590));
    const auto other = world.host.addFindings("auth-service", 1).front();
    world.host.push("auth-service", {other}, 300);
    CHECK(world.jira.requests(createOne) == 1);

    world.host.advanceClock(seconds(11));
    CHECK(world.settles());
    CHECK(world.host.count("created") == 2);
}

TEST_CASE("a Jira that fails for a while gets every finding once it is well again", "[integration]") {
    const ConnectedHost world;
    world.jira.fault("status=503,method=POST,path=/issue,times=3");
    world.host.addFindings("payments-api", 5);
    world.host.pushAll("payments-api", 0);
    CHECK(eventually([&] {
        world.host.advanceClock(seconds(1));
        return world.host.count("created") == 5;
    }));
    CHECK(world.jira.issueCount() == 5);
}

TEST_CASE("a sign-in page in place of Jira's answer is not taken for success", "[integration]") {
    auto options = traced();
    options.traceName.clear(); // what a proxy answers is in no description of Jira
    const ConnectedHost world(std::move(options));
    world.jira.fault("html-200,method=POST,path=/issue");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding}, 0);
    REQUIRE(eventually([&] { return world.host.pushState(finding) == "in doubt"; }));
    CHECK_THAT(world.host.finding(finding)["push"]["message"].text(), Catch::Contains("web page"));

    world.jira.clearFaults();
    CHECK(eventually([&] {
        world.host.advanceClock(seconds(1));
        return world.host.pushState(finding) == "created";
    }));
    CHECK(world.jira.issueCount() == 1);
}

TEST_CASE("while Jira is out of reach findings wait with the reason, and all are sent when it is back",
          "[integration]") {
    const Simulator jira(traced());
    Gate gate(jira.url());
    StubHost host({configFor(jira, gate.url()), jiraBundle()});
    connectJira(host, jira);
    mapProjects(host);
    gate.close();
    const auto findings = host.addFindings("payments-api", 30);
    host.push("payments-api", findings, 0);
    REQUIRE(eventually([&] { return host.count("waiting") == 30; }));
    const auto push = host.finding(findings[0])["push"];
    CHECK_THAT(push["message"].text(), Catch::Contains("127.0.0.1"));
    CHECK_FALSE(push["remedy"].text().empty());

    host.restart(); // what waits survives
    CHECK(host.count("waiting") == 30);
    gate.open();
    CHECK(eventually([&] {
        host.advanceClock(seconds(5));
        return host.count("created") == 30;
    }));
    CHECK(jira.issueCount() == 30);
}

TEST_CASE("a push is taken at once however slow Jira is", "[integration]") {
    const ConnectedHost world;
    world.jira.fault("latency=5000,path=/issue");
    const auto findings = world.host.addFindings("payments-api", 100);
    world.host.push("payments-api", findings, 0);
    CHECK(world.jira.issueCount() == 0); // nothing was waited for
    world.jira.clearFaults();
    CHECK(world.settles());
}
