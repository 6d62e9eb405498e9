#include <catch2/catch.hpp>

#include "connected_host.hpp"

#include <atomic>
#include <thread>

using namespace integration;
using namespace test_support;

namespace {

const std::string tokenRoute = "POST /oauth/token";
constexpr long long elevenMinutesMs = 660'000;

// A test sets its fault before it lets tokens expire: what runs by itself may ask for a new one at once.

void advanceJira(const Simulator& jira, long long byMs) {
    jira.control("POST", "/_sim/clock", R"({"advanceMs":)" + std::to_string(byMs) + "}");
}

long long refusedCalls(const Simulator& jira) {
    long long count = 0;
    for (const auto& call : jira.traced("/oauth/token")) {
        count += call["status"].number() == 200 ? 0 : 1;
    }
    return count;
}

/// Needs a token; the host may be gone before it answers. On a thread of its own, where nothing is checked.
void askInVain(HttpClient& reader) {
    try {
        askSettings(reader, "GET", "jira/projects");
    } catch (const std::exception&) {
        return;
    }
}

std::string connectionState(const StubHost& host) {
    auto admin = host.signedIn();
    return settings(admin, "GET", "connection")["state"].text();
}

} // namespace

TEST_CASE("an expired token is refreshed once, however many requests find it out together", "[integration]") {
    const ConnectedHost world;
    world.host.addFindings("payments-api", 200);
    const auto before = world.jira.requests(tokenRoute);
    world.jira.fault("slow-token=200");
    world.jira.control("POST", "/_sim/tokens/expire");

    std::atomic<int> failures{0};
    std::vector<std::thread> readers;
    readers.reserve(6);
    for (int i = 0; i < 6; ++i) {
        readers.emplace_back([&world, &failures] {
            auto admin = world.host.signedIn();
            failures += askSettings(admin, "GET", "jira/projects").status == 200 ? 0 : 1;
        });
    }
    world.host.pushAll("payments-api");
    for (auto& reader : readers) {
        reader.join();
    }
    CHECK(failures == 0);
    CHECK(world.host.count("created") == 200);
    CHECK(world.jira.requests(tokenRoute) - before == 1);
    CHECK(world.jira.issueCount() == 200);
}

TEST_CASE("a token that is about to expire is refreshed before it is refused", "[integration]") {
    const ConnectedHost world;
    const auto before = world.jira.requests(tokenRoute);
    world.host.advanceClock(std::chrono::minutes(59));
    advanceJira(world.jira, 59LL * 60'000);
    world.host.addFindings("payments-api", 1);
    world.host.pushAll("payments-api");
    CHECK(world.host.count("created") == 1);
    CHECK(world.jira.requests(tokenRoute) - before == 1);
    for (const auto& call : world.jira.traced("/ex/jira/")) {
        CHECK(call["status"].number() != 401);
    }
}

TEST_CASE("when the refresh is refused, findings wait and an alert says so, until somebody reconnects",
          "[integration]") {
    const ConnectedHost world;
    const auto warm = world.host.addFindings("payments-api", 1);
    world.host.pushAll("payments-api");
    world.jira.fault("refuse-refresh");
    world.jira.control("POST", "/_sim/tokens/expire");
    const auto findings = world.host.addFindings("payments-api", 5);
    world.host.push("payments-api", findings, 0);

    REQUIRE(eventually([&] { return connectionState(world.host) == "needs_attention"; }));
    REQUIRE(eventually([&] { return world.host.count("waiting") == 5; }));
    const auto push = world.host.finding(findings[0])["push"];
    CHECK_THAT(push["remedy"].text(), Catch::Contains("econnect"));
    REQUIRE(eventually([&] { return !world.host.alerts().empty(); }));
    std::string alerts;
    for (const auto& alert : world.host.alerts()) {
        alerts += alert.dump();
    }
    CHECK_THAT(alerts, Catch::Contains("econnect") && Catch::Contains("critical"));

    world.jira.clearFaults();
    connectJira(world.host, world.jira);
    CHECK(world.settles());
    CHECK(world.host.count("created") == 6);
    CHECK(eventually([&] { return world.host.alerts().empty(); }));
    CHECK(connectionState(world.host) == "connected");
}

TEST_CASE("a grant that was revoked in Jira is noticed, and nothing that waits is lost", "[integration]") {
    const ConnectedHost world;
    world.jira.control("POST", "/_sim/grants/revoke", "{}");
    world.host.addFindings("payments-api", 3);
    world.host.pushAll("payments-api", 0);
    REQUIRE(eventually([&] { return connectionState(world.host) == "needs_attention"; }));
    connectJira(world.host, world.jira);
    CHECK(world.settles());
    CHECK(world.host.count("created") == 3);
}

TEST_CASE("a rotated token is stored before it is used: a crash in between costs nothing", "[integration]") {
    ConnectedHost world;
    const auto before = world.jira.requests(tokenRoute);
    world.jira.control("POST", "/_sim/tokens/expire");
    world.host.addFindings("payments-api", 1);
    // The first request that carries the new token is held up, so that the host dies while it is on its way.
    world.jira.fault("latency=5000,path=/ex/jira/,after=1");
    world.host.pushAll("payments-api", 0);
    REQUIRE(
        eventually([&] { return world.jira.requests(tokenRoute) - before == 1 && world.jira.fired() >= 1; }));
    world.host.kill();
    world.jira.clearFaults();

    // Now the token from before the rotation is worthless, and a refresh needs the new one.
    advanceJira(world.jira, elevenMinutesMs);
    world.jira.control("POST", "/_sim/tokens/expire");
    world.host.start();
    CHECK(world.settles());
    CHECK(world.host.count("created") == 1);
    CHECK(refusedCalls(world.jira) == 0);
    CHECK(world.jira.issueCount() == 1);
}

TEST_CASE("a refresh that a crash interrupted is made again at the start, before anybody needs it",
          "[integration]") {
    ConnectedHost world;
    world.jira.fault("latency=20000,path=/oauth/token");
    world.advance(std::chrono::minutes(58));
    auto reader = world.host.signedIn();
    std::thread asking([&] { askInVain(reader); });
    CHECK(eventually([&] { return world.jira.fired() >= 1; }));
    world.host.kill();
    asking.join();
    world.jira.clearFaults();

    world.host.start();
    auto admin = world.host.signedIn();
    CHECK(eventually(
        [&] { return admin.get("/metrics").body.find("aspm_jira_token_refreshes 1") != std::string::npos; }));
    CHECK(connectionState(world.host) == "connected");
}

TEST_CASE("a refresh whose answer is lost is repeated with the same token", "[integration]") {
    const ConnectedHost world;
    world.jira.fault("lost-answer,path=/oauth/token,times=1");
    world.jira.control("POST", "/_sim/tokens/expire");
    world.host.addFindings("payments-api", 2);
    world.host.pushAll("payments-api");
    CHECK(world.jira.fired() == 1);
    CHECK(world.host.count("created") == 2);
    CHECK(connectionState(world.host) == "connected");
}

TEST_CASE("a refresh whose answers are lost is made again by itself, also after the host's death",
          "[integration]") {
    ConnectedHost world;
    world.jira.fault("lost-answer,path=/oauth/token");
    world.jira.control("POST", "/_sim/tokens/expire");
    auto reader = world.host.signedIn();
    CHECK(askSettings(reader, "GET", "jira/projects").status == 503);
    CHECK(world.jira.fired() > 0);
    world.jira.clearFaults();
    SECTION("half a minute later") {
        world.advance(std::chrono::seconds(30));
    }
    SECTION("at the next start") {
        world.host.kill();
        world.host.start();
        reader = world.host.signedIn();
    }
    CHECK(eventually([&] {
        return reader.get("/metrics").body.find("aspm_jira_token_refreshes 1") != std::string::npos;
    }));
    world.advance(std::chrono::minutes(11)); // from here on Atlassian refuses the earlier token
    CHECK(askSettings(reader, "GET", "jira/projects").status == 200);
    CHECK(connectionState(world.host) == "connected");
}

TEST_CASE("stopping waits for those who are still inside", "[integration]") {
    ConnectedHost world;
    world.jira.fault("latency=6000,path=/oauth/token");
    world.jira.control("POST", "/_sim/tokens/expire");
    auto reader = world.host.signedIn();
    std::thread page([&] { askInVain(reader); });
    CHECK(eventually([&] { return world.jira.fired() >= 1; }));
    CHECK(world.host.stop() == 0);
    page.join();
    CHECK_THAT(readFile(world.host.directory() / "log"), !Catch::Contains("still ran"));
}
