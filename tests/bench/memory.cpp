// Measured is the whole process of the host, plugin included: what the plugin takes cannot be more than that.
//
// The findings are imported first and the host is started again, so that memory that the import has freed
// cannot hide what the push takes. The push of some findings warms it up. Then Jira answers nothing for a
// while, all findings are pushed, and when the host has its receipts and none became a ticket yet, the
// process is looked at: how much is resident now (VmRSS), and how much was at most since the push began
// (VmHWM). The peak has to stay below the bar. At last Jira answers again, and the peak until the last ticket
// is told, too.
#include "memory.hpp"

#include "eventually.hpp"
#include "process_memory.hpp"
#include "world.hpp"

#include <cstdio>
#include <stdexcept>

namespace bench {

using namespace test_support;

namespace {

constexpr double mostMiB = 32;
constexpr int lanesHeld = 16; ///< at least as many requests as there are lanes
const char* const holdMs = "8000";

struct Growth {
    double queued = 0;
    double peakQueued = 0;
    double peakPushed = 0;
};

void hold(const Simulator& jira) {
    jira.fault("latency=" + std::string(holdMs) + ",path=/issue,times=" + std::to_string(lanesHeld));
}

Growth measure(const Options& options) {
    SimulatorOptions simulator;
    simulator.withTrace = false;
    World world(options.lanes, simulator);
    world.add(options.findings);
    world.host.stop();
    world.host.start();
    const auto ids =
        world.host.control("GET", "/organisations/acme/findings?limit=" + std::to_string(warmUp));
    std::vector<std::string> first;
    for (const auto& finding : ids["findings"].items()) {
        first.push_back(finding["id"].text());
    }
    world.host.push(project, first);

    const auto pid = world.host.pid();
    const auto tickets = static_cast<long long>(first.size());
    hold(world.jira);
    forgetPeak(pid);
    const double before = residentMiB(pid);
    world.host.pushAll(project, 0);
    Growth growth;
    growth.queued = residentMiB(pid) - before;
    growth.peakQueued = peakResidentMiB(pid) - before;
    if (static_cast<long long>(world.jira.issueCount()) != tickets) {
        throw std::runtime_error(
            "Jira was not held up long enough to queue all findings before the first ticket.");
    }
    world.jira.clearFaults();
    if (!eventually([&] { return world.host.count("created") >= options.findings; }, 10 * patience)) {
        throw std::runtime_error("Not every finding became a ticket.");
    }
    growth.peakPushed = peakResidentMiB(pid) - before;
    return growth;
}

} // namespace

std::vector<Figure> measureMemory(const Options& options) {
    const auto of = shown(options.findings, 0) + " findings queued: ";
    Figure queued{of + "host and plugin grow by", "MiB", 1, {}, {}};
    Figure peak{of + "at most, meanwhile", "MiB", 1, {}, Bar{Bar::Kind::Below, mostMiB}};
    Figure pushed{"the same, until all are tickets", "MiB", 1, {}, {}};
    for (int round = 1; round <= options.rounds; ++round) {
        std::fprintf(stderr, "memory, round %d of %d\n", round, options.rounds);
        const auto growth = measure(options);
        queued.samples.push_back(growth.queued);
        peak.samples.push_back(growth.peakQueued);
        pushed.samples.push_back(growth.peakPushed);
    }
    return {queued, peak, pushed};
}

} // namespace bench
