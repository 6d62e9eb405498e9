#include <catch2/catch.hpp>

#include "data_center.hpp"
#include "eventually.hpp"

#include <algorithm>

using namespace integration;
using namespace test_support;

namespace {

constexpr std::chrono::hours day{24};

std::vector<Json> webhooks(const Simulator& jira) {
    return jira.control("GET", "/_sim/webhooks")["webhooks"].items();
}

/// Waits until Jira has exactly one webhook, with this filter.
bool hasFilter(const Simulator& jira, const std::string& jql) {
    return eventually([&] {
        const auto all = webhooks(jira);
        return all.size() == 1 && all.front()["jql"].text() == jql;
    });
}

/// Waits until the webhook that the three mappings of the guide need is the only one.
Json settledWebhook(const Simulator& jira) {
    REQUIRE(eventually([&] {
        const auto all = webhooks(jira);
        const auto filter = all.size() == 1 ? all.front()["jql"].text() : "";
        return std::count(filter.begin(), filter.end(), ',') == 2;
    }));
    return webhooks(jira).front();
}

std::string webhookState(HttpClient& admin) {
    return settings(admin, "GET", "support-bundle")["webhook"]["state"].text();
}

bool becomes(HttpClient& admin, const std::string& state) {
    return eventually([&] { return webhookState(admin) == state; });
}

std::vector<std::string> webhookAlerts(const StubHost& host) {
    std::vector<std::string> keys;
    for (const auto& alert : host.alerts())
        if (alert["key"].text().find("jira.webhook.") == 0)
            keys.push_back(alert["key"].text());
    return keys;
}

void close(const Simulator& jira, const std::string& key) {
    jira.control("POST", "/_sim/issues/" + key + "/transition", R"({"status":"Done"})");
}

} // namespace

TEST_CASE("the webhook comes with the connection, follows the mapping and goes with both", "[integration]") {
    ConnectedHost world;
    auto admin = world.host.signedIn();
    std::vector<std::string> ids;
    for (const auto& project : settings(admin, "GET", "projects")["projects"].items())
        if (!project["mapping"].isNull())
            ids.push_back(project["mapping"]["jiraProject"]["id"].text());
    REQUIRE(ids.size() == 3);
    std::sort(ids.begin(), ids.end());
    REQUIRE(hasFilter(world.jira, "project in (" + ids[0] + ", " + ids[1] + ", " + ids[2] + ")"));
    const auto first = webhooks(world.jira).front();
    CHECK(first["url"].text().find(world.host.url()) == 0);
    CHECK(first["propertyKeys"].texts() == std::vector<std::string>{"com.mayoaspm.canary"});
    CHECK(becomes(admin, "unproven"));

    settings(admin, "DELETE", "mappings/mobile-app");
    CHECK(eventually([&] {
        const auto all = webhooks(world.jira);
        return all.size() == 1 && all.front()["id"].text() != first["id"].text();
    }));

    const auto connection = settings(admin, "GET", "connection");
    settings(admin, "DELETE", "connection",
             R"({"site":)" + test_support::quoted(connection["site"]["name"].text()) + "}");
    CHECK(webhooks(world.jira).empty());

    connectJira(world.host, world.jira);
    CHECK(eventually([&] { return webhooks(world.jira).size() == 1; }));
}

TEST_CASE("a canary proves the whole way", "[integration]") {
    ConnectedHost world;
    auto admin = world.host.signedIn();
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    REQUIRE(becomes(admin, "healthy")); // Jira told of the ticket's creation
    askSettings(admin, "POST", "checks/run", R"({"only":["webhook"]})");
    CHECK(
        eventually([&] { return !settings(admin, "GET", "support-bundle")["webhook"]["delayMs"].isNull(); }));
}

TEST_CASE("a deleted webhook is one alert, and one click mends it and fetches what was missed",
          "[integration]") {
    ConnectedHost world;
    auto admin = world.host.signedIn();
    const auto webhook = settledWebhook(world.jira);
    const auto findings = world.host.addFindings("payments-api", 2);
    world.host.push("payments-api", findings);
    REQUIRE(becomes(admin, "healthy"));

    world.jira.control("DELETE", "/_sim/webhooks/" + webhook["id"].text());
    const auto key = world.host.finding(findings.front())["ticket"]["key"].text();
    close(world.jira, key);
    for (int i = 0; i < 2; ++i) {
        world.advance(day);
        world.host.control("POST", "/jobs/run");
        REQUIRE(becomes(admin, "missing"));
    }
    CHECK(webhookAlerts(world.host) == std::vector<std::string>{"jira.webhook.missing"});

    const auto mended = settings(admin, "POST", "checks/fix", R"({"fix":"repair_webhook"})");
    CHECK(mended["message"].text().find("registered") != std::string::npos);
    CHECK(webhooks(world.jira).size() == 1);
    CHECK(eventually([&] { return webhookAlerts(world.host).empty(); }));
    CHECK(becomes(admin, "healthy")); // a canary was heard of
    CHECK(eventually([&] { return world.host.finding(findings.front())["status"].text() == "resolved"; }));
    CHECK(world.host.finding(findings.back())["status"].text() == "open");
}

TEST_CASE("a webhook that cannot reach this platform is found to be deaf", "[integration]") {
    ConnectedHost world;
    auto admin = world.host.signedIn();
    settledWebhook(world.jira);
    const auto findings = world.host.addFindings("payments-api", 2);
    world.host.push("payments-api", findings);
    REQUIRE(becomes(admin, "healthy"));
    world.jira.fault("webhook-lose");
    world.advance(day);
    world.host.control("POST", "/jobs/run");
    REQUIRE(eventually([&] {
        return world.jira.requests("PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}") > 0;
    }));
    world.advance(std::chrono::minutes(21));
    world.host.control("POST", "/jobs/run");
    CHECK(becomes(admin, "deaf"));
    CHECK(webhookAlerts(world.host) == std::vector<std::string>{"jira.webhook.deaf"});
    world.jira.clearFaults();
    settings(admin, "POST", "checks/fix", R"({"fix":"repair_webhook"})");
    CHECK(becomes(admin, "healthy"));
    CHECK(webhookAlerts(world.host).empty());
}
