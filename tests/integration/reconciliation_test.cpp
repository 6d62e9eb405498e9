#include <catch2/catch.hpp>

#include "connected_host.hpp"
#include "eventually.hpp"

using namespace integration;
using namespace test_support;

namespace {

Json report(HttpClient& admin) {
    return settings(admin, "GET", "support-bundle")["reconciliation"];
}

/// Runs the daily jobs and waits for a comparison that began after this call.
Json reconciled(const ConnectedHost& world, HttpClient& admin) {
    const auto before = report(admin);
    world.advance(std::chrono::hours(24));
    world.host.control("POST", "/jobs/run");
    REQUIRE(eventually([&] {
        const auto now = report(admin);
        return !now.isNull() && now["state"].text() == "done" &&
               (before.isNull() || now["startedAt"].text() != before["startedAt"].text());
    }));
    return report(admin);
}

void becomeDone(const Simulator& jira, const std::string& key) {
    jira.control("POST", "/_sim/issues/" + key + "/transition", R"({"status":"Done"})");
}

} // namespace

TEST_CASE("what no webhook told of is found within a day", "[integration]") {
    ConnectedHost world;
    auto admin = world.host.signedIn();
    const auto findings = world.host.addFindings("payments-api", 5);
    world.host.push("payments-api", findings);
    const auto keyOf = [&](std::size_t i) { return world.host.finding(findings[i])["ticket"]["key"].text(); };
    world.jira.fault("webhook-lose");
    becomeDone(world.jira, keyOf(0));
    world.jira.control("POST", "/_sim/issues/" + keyOf(1) + "/comment", R"({"text":"Looked into it."})");
    world.jira.control("DELETE", "/_sim/issues/" + keyOf(2));

    const auto first = reconciled(world, admin);
    INFO(first.dump());
    CHECK(first["checked"].number() == 5);
    CHECK(first["gone"].number() == 1);
    CHECK(first["drifted"].number() >= 2);
    CHECK(world.host.finding(findings[0])["status"].text() == "resolved");
    CHECK(world.host.timeline(findings[1]).find("Looked into it.") != std::string::npos);
    CHECK(world.host.finding(findings[2])["status"].text() == "open");
    CHECK(world.host.finding(findings[3])["status"].text() == "open");

    const auto second = reconciled(world, admin);
    CHECK(second["drifted"].number() == 0); // nothing is mended twice
    CHECK(world.host.finding(findings[0])["status"].text() == "resolved");
}

TEST_CASE("the cost of a comparison follows what changed", "[integration]") {
    ConnectedHost world;
    auto admin = world.host.signedIn();
    const auto findings = world.host.addFindings("payments-api", 1'000);
    world.host.push("payments-api", findings, 120'000);
    world.jira.fault("webhook-lose");
    reconciled(world, admin);
    for (std::size_t i = 0; i < 10; ++i)
        becomeDone(world.jira, world.host.finding(findings[i * 90])["ticket"]["key"].text());
    const auto before = world.jira.requests("POST /rest/api/3/issue/bulkfetch") +
                        world.jira.requests("POST /rest/api/3/search/jql") +
                        world.jira.requests("GET /rest/api/3/issue/{issueIdOrKey}/comment");
    const auto second = reconciled(world, admin);
    INFO(second.dump());
    const auto after = world.jira.requests("POST /rest/api/3/issue/bulkfetch") +
                       world.jira.requests("POST /rest/api/3/search/jql") +
                       world.jira.requests("GET /rest/api/3/issue/{issueIdOrKey}/comment");
    CHECK(second["checked"].number() == 1'000);
    CHECK(second["changed"].number() == 10);
    CHECK(second["drifted"].number() >= 10);
    CHECK(world.host.finding(findings[90])["status"].text() == "resolved");
    CHECK(after - before <= 12); // one of the search, one for the comments, ten for the rest
}
