// Twice as many findings as in the largest push become tickets. Two hours later a first comparison makes both
// sides known to each other. Two hours later people close some tickets, of which no webhook tells, and the
// second one is measured: by the requests that Jira got from its begin to its end, whatever they were for.
#include "comparison.hpp"

#include "eventually.hpp"
#include "jira_steps.hpp"
#include "world.hpp"

#include <chrono>
#include <cstdio>
#include <stdexcept>

namespace bench {

using namespace test_support;

namespace {

constexpr int changes = 100;
constexpr double mostRequests = 120;
constexpr std::chrono::minutes longest{10};
constexpr std::chrono::milliseconds meanwhile = std::chrono::hours(2);

struct Cost {
    double requests = 0;
    double seconds = 0;
};

Json report(HttpClient& admin) {
    return settings(admin, "GET", "support-bundle")["reconciliation"];
}

Json compared(HttpClient& admin) {
    const Json before = report(admin);
    settings(admin, "POST", "reconciliation", "{}");
    Json now = before;
    const bool isDone = eventually(
        [&] {
            now = report(admin);
            return !now.isNull() && now["state"].text() == "done" &&
                   (before.isNull() || now["finishedAt"].text() != before["finishedAt"].text());
        },
        longest);
    if (!isDone)
        throw std::runtime_error("The comparison did not end: " + now.dump());
    return now;
}

// What happened shortly before the last comparison is looked at once more: Jira's index lags.
void passTime(const World& world) {
    world.jira.control("POST", "/_sim/clock", R"({"advanceMs":)" + std::to_string(meanwhile.count()) + "}");
    world.host.advanceClock(meanwhile);
}

void closeSome(const World& world) {
    const auto issues = world.jira.issues();
    for (int i = 0; i < changes; ++i) {
        const auto& issue = issues[static_cast<std::size_t>(i) * issues.size() / changes];
        world.jira.control("POST", "/_sim/issues/" + issue["key"].text() + "/transition",
                           R"({"status":"Done"})");
    }
}

Cost measure(int links) {
    SimulatorOptions simulator;
    simulator.withTrace = false;
    const World world(2, std::move(simulator));
    world.add(links);
    world.push(links);
    HttpClient admin = world.host.signedIn();
    passTime(world);
    compared(admin);
    passTime(world);
    closeSome(world);
    const auto before = world.jira.requests();
    const auto begun = std::chrono::steady_clock::now();
    const Json second = compared(admin);
    const Cost cost{static_cast<double>(world.jira.requests() - before),
                    std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()};
    if (second["checked"].number() != links || second["drifted"].number() < changes)
        throw std::runtime_error("The comparison found something else: " + second.dump());
    return cost;
}

} // namespace

std::vector<Figure> measureComparison(const Options& options) {
    const int links = 2 * options.findings;
    const auto of = "comparison of " + shown(links, 0) + " links, " + shown(changes, 0) + " changed: ";
    Figure requests{of + "requests", "", 0, {}, Bar{Bar::Kind::AtMost, mostRequests}};
    Figure seconds{of + "takes", "s", 1, {}, {}};
    std::fprintf(stderr, "comparison of %d links\n", links);
    const Cost cost = measure(links);
    requests.samples.push_back(cost.requests);
    seconds.samples.push_back(cost.seconds);
    return {requests, seconds};
}

} // namespace bench
