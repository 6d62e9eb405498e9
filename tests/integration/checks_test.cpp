#include <catch2/catch.hpp>

#include "connected_host.hpp"

#include <sstream>

using namespace integration;
using namespace test_support;

namespace {

using std::chrono::minutes;

/// The results of a run, without the "running" lines; the last line is checked and left out.
std::vector<Json> runChecks(HttpClient& browser, const std::string& body = "{}") {
    const auto answer = askSettings(browser, "POST", "checks/run", body);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.header("content-type") == "application/x-ndjson");
    std::vector<Json> results;
    bool isDone = false;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);) {
        const auto json = Json::parse(line);
        isDone = json.has("done") && json["done"].truth();
        if (!isDone && json["state"].text() != "running")
            results.push_back(json);
    }
    CHECK(isDone);
    return results;
}

/// "check" or "check/project" of what did not end well, in order.
std::string troubles(const std::vector<Json>& results) {
    std::string all;
    for (const auto& result : results) {
        const std::string state = result["state"].text();
        if (state != "warning" && state != "failed")
            continue;
        INFO(result.dump());
        CHECK_FALSE(result["cause"].text().empty());
        CHECK_FALSE(result["remedy"].text().empty());
        all += (all.empty() ? "" : " ") + result["check"].text() +
               (result["project"].isNull() ? "" : "/" + result["project"].text());
    }
    return all;
}

/// A host on this machine warns that the internet does not reach it.
const std::string local = "public_url";

std::string found(const ConnectedHost& world) {
    auto admin = world.host.signedIn();
    return troubles(runChecks(admin));
}

} // namespace

TEST_CASE("on a healthy connection every check has its evidence and only the local address is warned of",
          "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    const auto results = runChecks(admin);
    CHECK(troubles(results) == local);
    for (const auto& result : results) {
        INFO(result.dump());
        CHECK_FALSE(result["evidence"].isNull());
    }
    CHECK(results.size() == 13 + 4 * 3);
}

TEST_CASE("what an administrator of Jira changed is found by the check it belongs to", "[integration]") {
    const ConnectedHost world;
    const auto deny = [&](const std::string& permission) {
        world.jira.change(
            {{"op", "deny"}, {"project", "PAY"}, {"account", "Sam Rivera"}, {"permission", permission}});
    };
    SECTION("a permission") {
        deny("ASSIGN_ISSUES");
        CHECK(found(world) == local + " permissions/payments-api");
    }
    SECTION("a required field") {
        world.jira.change({{"op", "require-field"}, {"project", "PAY"}, {"field", "environment"}});
        CHECK(found(world) == local + " create_metadata/payments-api");
    }
    SECTION("an issue type") {
        world.jira.change({{"op", "take-issue-type"}, {"project", "PAY"}, {"issueType", "Bug"}});
        CHECK_THAT(found(world), Catch::Contains("create_metadata/payments-api"));
    }
    SECTION("a priority") {
        auto admin = world.host.signedIn();
        const auto project = world.host.project("payments-api");
        const auto screen = settings(admin, "GET", "mappings/" + project);
        const std::string jira = screen["mapping"]["jiraProject"]["id"].text();
        const std::string type = screen["mapping"]["issueType"]["id"].text();
        const auto high = settings(admin, "GET",
                                   "jira/projects/" + jira + "/issue-types/" + type +
                                       "/fields")["suggestedPriorities"]["high"]
                              .text();
        settings(admin, "PUT", "field-mapping/" + project, R"({"priorities":{"high":)" + quoted(high) + "}}");
        world.jira.change({{"op", "take-priority"}, {"project", "PAY"}, {"priority", "High"}});
        CHECK(found(world) == local + " priorities/payments-api");
    }
    SECTION("a whole project") {
        world.jira.change({{"op", "remove-project"}, {"project", "PAY"}});
        const std::string all = found(world);
        CHECK_THAT(all, Catch::Contains("permissions/payments-api"));
        CHECK_THAT(all, !Catch::Contains("auth-service"));
    }
}

TEST_CASE("an expired token is renewed by the check, and a grant that ended is named", "[integration]") {
    const ConnectedHost world;
    world.jira.control("POST", "/_sim/tokens/expire");
    CHECK(found(world) == local);
    world.jira.control("POST", "/_sim/grants/revoke", "{}");
    auto admin = world.host.signedIn();
    const auto results = runChecks(admin);
    CHECK_THAT(troubles(results), Catch::StartsWith(local + " token"));
    for (const auto& result : results)
        if (result["check"].text() == "token")
            CHECK_THAT(result["remedy"].text(), Catch::Contains("econnect"));
}

TEST_CASE("when Jira is out of reach the network is named and what rests on it is skipped", "[integration]") {
    const Simulator jira(traced());
    Gate gate(jira.url());
    const StubHost host({configFor(jira, gate.url()), jiraBundle()});
    connectJira(host, jira);
    mapProjects(host);
    gate.close();
    auto admin = host.signedIn();
    const auto results = runChecks(admin);
    CHECK(troubles(results) == local + " tcp");
    gate.open();
    CHECK(troubles(runChecks(admin)) == local);
}

TEST_CASE("a certificate of an authority that is not trusted is named with its issuer", "[integration]") {
    const Simulator jira, other; // nothing but the handshake reaches them, which is in no trace
    auto config = configFor(jira);
    config["jira.tls.ca_file"] = other.caFile().string();
    const StubHost host({config, jiraBundle()});
    host.project("payments-api");
    auto admin = host.signedIn();
    const auto results = runChecks(admin, R"({"only":["tls"]})");
    REQUIRE(troubles(results) == "tls");
    CHECK_THAT(results.front()["evidence"].text(), Catch::Contains("issued by"));
    CHECK_THAT(results.front()["remedy"].text(), Catch::Contains("jira.tls.ca_file"));
}

TEST_CASE("a clock that is off is named with both times", "[integration]") {
    const ConnectedHost world;
    world.host.advanceClock(minutes(11));
    auto admin = world.host.signedIn();
    const auto results = runChecks(admin, R"({"only":["clock"]})");
    CHECK(troubles(results) == "clock");
    CHECK_THAT(results.front()["cause"].text(), Catch::Contains("minutes ahead"));
}

TEST_CASE("a queue with parked findings offers to try them again", "[integration]") {
    const ConnectedHost world;
    world.jira.change({{"op", "require-field"}, {"project", "PAY"}, {"field", "environment"}});
    world.host.addFindings("payments-api", 1);
    world.host.pushAll("payments-api");
    auto admin = world.host.signedIn();
    const auto results = runChecks(admin, R"({"only":["queue"]})");
    REQUIRE(troubles(results) == "queue");
    CHECK(results.front()["fix"]["id"].text() == "retry_parked");
    world.jira.change({{"op", "take-field"}, {"project", "PAY"}, {"field", "environment"}});
    CHECK_THAT(settings(admin, "POST", "checks/fix", R"({"fix":"retry_parked"})")["message"].text(),
               Catch::Contains("1 finding"));
    CHECK(eventually([&] { return world.host.count("created") == 1; }));
}

TEST_CASE("the support bundle holds no token and no client secret", "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    runChecks(admin);
    const auto answer = askSettings(admin, "GET", "support-bundle");
    REQUIRE(answer.status == 200);
    CHECK_THAT(answer.header("content-disposition"), Catch::Contains("attachment"));
    CHECK_THAT(answer.body,
               !Catch::Contains("sim-secret") && !Catch::Contains("sim-client") && !Catch::Contains("eyJ"));
    CHECK(answer.json()["connection"]["state"].text() == "connected");
    CHECK(answer.json()["mappings"].size() == 3);
}
