#include <catch2/catch.hpp>

#include "connected_host.hpp"

#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

using namespace integration;
using namespace test_support;

namespace {

constexpr int crashes = 20;
constexpr int findingsPerPush = 200;

/// From the environment when a failure is to be repeated, else another one each time.
unsigned seed() {
    const char* given = std::getenv("ASPM_CRASH_SEED");
    return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                            : std::random_device()();
}

/// What makes the moments differ: time in which requests are under way, answers that are lost, requests that
/// never arrive, and an index that lags.
void makeTrouble(const Simulator& jira) {
    jira.fault("latency=60,path=/ex/jira/");
    jira.fault("lost-answer,path=/issue/bulk,probability=0.2");
    jira.fault("cut,path=/issue/bulk,probability=0.2");
    jira.fault("index-delay=300");
}

long long outstanding(const StubHost& host) {
    return host.control("GET", "/organisations/acme/push")["outstanding"].number();
}

std::set<std::string> ticketKeysOf(const StubHost& host) {
    std::set<std::string> keys;
    for (std::string after;;) {
        const auto page = host.control("GET", "/organisations/acme/findings?limit=1000&after=" + after);
        for (const auto& finding : page["findings"].items()) {
            if (!finding["ticket"].isNull()) {
                keys.insert(finding["ticket"]["key"].text());
            }
        }
        if (!page.has("next") || page["next"].isNull() || page["next"].text().empty()) {
            return keys;
        }
        after = page["next"].text();
    }
}

} // namespace

TEST_CASE(
    "a host that is killed at 20 random moments of pushing 200 findings creates 200 tickets, none twice",
    "[integration][crash]") {
    const unsigned chosen = seed();
    INFO("repeat with ASPM_CRASH_SEED=" << chosen);
    std::cout << "crash seed " << chosen << std::endl;
    std::mt19937 random(chosen);
    std::uniform_int_distribution<int> moment(0, 450);

    ConnectedHost world(traced({"--seed", std::to_string(chosen)}), {{"jira.push.settle_seconds", "1"}});
    makeTrouble(world.jira);
    std::size_t expected = 0;
    int pushes = 0;
    for (int crash = 0; crash < crashes; ++crash) {
        if (outstanding(world.host) == 0) { // the last push came through: crash in the next one
            world.host.addFindings("payments-api", findingsPerPush);
            world.host.pushAll("payments-api", 0);
            expected += findingsPerPush;
            ++pushes;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(moment(random)));
        world.host.restart();
    }

    world.jira.clearFaults();
    REQUIRE(eventually([&] {
        world.advance(std::chrono::seconds(1));
        return outstanding(world.host) == 0;
    }));
    std::cout << crashes << " crashes over " << pushes << " pushes of " << findingsPerPush << " findings"
              << std::endl;
    CHECK(world.host.count("created") == static_cast<long long>(expected));

    const auto tickets = ticketsByLabel(world.jira);
    CHECK(tickets.size() == expected);
    for (const auto& [label, count] : tickets) {
        INFO(label);
        CHECK(count == 1);
    }
    std::set<std::string> keys;
    for (const auto& issue : world.jira.issues()) {
        keys.insert(issue["key"].text());
    }
    CHECK(ticketKeysOf(world.host) == keys);
}

TEST_CASE("a host that is killed right after it took a push sends it after its restart",
          "[integration][crash]") {
    ConnectedHost world;
    world.jira.fault("latency=300,path=/ex/jira/");
    world.host.addFindings("auth-service", 20);
    world.host.pushAll("auth-service", 0);
    world.host.restart();
    CHECK(world.settles());
    CHECK(world.host.count("created") == 20);
    CHECK(world.jira.issueCount() == 20);
}

TEST_CASE("a host that is asked to end does so while Jira does not answer, and goes on later",
          "[integration][crash]") {
    ConnectedHost world;
    world.jira.fault("latency=20000,path=/issue");
    world.host.addFindings("payments-api", 120);
    world.host.pushAll("payments-api", 0);
    const auto begin = std::chrono::steady_clock::now();
    CHECK(world.host.stop() == 0);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(15));

    world.jira.clearFaults();
    world.host.start();
    CHECK(eventually([&] {
        world.advance(std::chrono::seconds(1));
        return world.host.count("created") == 120;
    }));
    CHECK(ticketsByLabel(world.jira).size() == 120);
    CHECK(world.jira.issueCount() == 120);
}
