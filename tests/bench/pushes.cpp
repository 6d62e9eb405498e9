// A round pushes each size in a world of its own that nothing was measured in before, and then lets the bare
// client post what the plugin had posted to another simulator in the same state. So both give Jira the same
// work: the same bodies, on the same number of connections, onto the same number of tickets.
#include "pushes.hpp"

#include "bare_client.hpp"
#include "process_time.hpp"
#include "recording.hpp"
#include "world.hpp"

#include <chrono>
#include <cstdio>

namespace bench {

using namespace test_support;

namespace {

SimulatorOptions plain() {
    SimulatorOptions options;
    options.withTrace = false;
    return options;
}

template <typename Work> double seconds(Work&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// What the plugin posts for each size, the warm-up first.
using Script = std::vector<std::vector<Recorded>>;

Script record(const std::vector<int>& sizes, int lanes) {
    const World world(lanes, {});
    Script script;
    for (const int size : sizes) {
        world.add(size);
        world.jira.control("DELETE", "/_sim/trace");
        world.push(size);
        script.push_back(recordedCreations(world.jira.traceFile()));
    }
    return script;
}

struct Measured {
    double seconds = 0;
    double processorSeconds = 0; ///< of the host, plugin included
    double requests = 0;
};

template <typename Work> Measured timed(const World& world, Work&& work) {
    Measured result;
    const double before = processorSeconds(world.host.pid());
    result.seconds = seconds(work);
    result.processorSeconds = processorSeconds(world.host.pid()) - before;
    return result;
}

/// From now on Jira takes so long for each creation, beside the time that the simulator needs for it.
void slowDown(const Simulator& jira, int milliseconds) {
    if (milliseconds > 0) {
        jira.fault("latency=" + std::to_string(milliseconds) + ",method=POST,path=/issue");
    }
}

std::vector<Measured> pluginRound(const std::vector<int>& sizes, int lanes, int latencyMs = 0) {
    const World world(lanes, plain());
    slowDown(world.jira, latencyMs);
    std::vector<Measured> all;
    for (const int size : sizes) {
        world.add(size);
        const auto before = world.jira.requests();
        all.push_back(timed(world, [&] { world.push(size); }));
        all.back().requests = static_cast<double>(world.jira.requests() - before);
    }
    return all;
}

/// How a queue that is on the disk already becomes tickets.
Measured drainRound(const Options& options) {
    World world(options.lanes, plain());
    world.add(warmUp);
    world.push(warmUp);
    world.add(options.findings);
    const auto before = world.jira.requests();
    world.queue();
    Measured result = timed(world, [&] { world.drain(options.findings); });
    result.requests = static_cast<double>(world.jira.requests() - before);
    return result;
}

std::vector<double> bareRound(const Script& script, int lanes, int latencyMs = 0) {
    const Simulator jira(plain());
    slowDown(jira, latencyMs);
    BareClient client(jira, lanes);
    std::vector<double> measured;
    for (const auto& requests : script) {
        measured.push_back(seconds([&] { client.post(requests); }));
    }
    return measured;
}

/// The figures of one size.
struct Figures {
    Figures(int findings, bool isBarred, const std::string& when = "") : size(findings) {
        const auto of = shown(findings, 0) + (findings == 1 ? " finding" : " findings") + when;
        perTicket = {of + ": Jira requests per ticket", "", 4, {}, {}};
        plugin = {of + ": plugin", "tickets/s", 0, {}, {}};
        bare = {of + ": bare client", "tickets/s", 0, {}, {}};
        ratio = {of + ": plugin / bare client", "", 2, {}, {}};
        processor = {of + ": processor time of host and plugin", "ms/ticket", 3, {}, {}};
        if (isBarred) {
            perTicket.bar = {Bar::Kind::AtMost, 0.025};
            ratio.bar = {Bar::Kind::AtLeast, 0.8};
        }
    }

    void add(const Measured& ours, double bareSeconds) {
        perTicket.samples.push_back(ours.requests / size);
        plugin.samples.push_back(size / ours.seconds);
        bare.samples.push_back(size / bareSeconds);
        ratio.samples.push_back(bareSeconds / ours.seconds);
        processor.samples.push_back(1000 * ours.processorSeconds / size);
    }

    int size;
    Figure perTicket, plugin, bare, ratio, processor;
};

/// The largest push again, onto a Jira that is not on this machine and does not fight for its processors.
Figures measureSlow(const Script& script, const Options& options) {
    Figures figures(options.findings, true, ", Jira takes " + std::to_string(options.latencyMs) + " ms");
    for (int round = 1; round <= options.rounds; ++round) {
        std::fprintf(stderr, "pushes to a slower Jira, round %d of %d\n", round, options.rounds);
        const auto ours = pluginRound({warmUp, options.findings}, options.lanes, options.latencyMs);
        const auto bare = bareRound({script.front(), script.back()}, options.lanes, options.latencyMs);
        figures.add(ours.back(), bare.back());
    }
    return figures;
}

} // namespace

std::vector<Figure> measurePushes(const Options& options) {
    const std::vector<int> sizes{warmUp, 1, 100, options.findings};
    std::fprintf(stderr, "recording what the plugin posts\n");
    const auto script = record(sizes, options.lanes);

    std::vector<Figures> all;
    for (std::size_t i = 1; i < sizes.size(); ++i) {
        all.emplace_back(sizes[i], i + 1 == sizes.size());
    }
    Figures drained(options.findings, true, ", queued before");
    for (int round = 1; round <= options.rounds; ++round) {
        std::fprintf(stderr, "pushes, round %d of %d\n", round, options.rounds);
        const auto ours = pluginRound(sizes, options.lanes);
        const auto bare = bareRound(script, options.lanes);
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i].add(ours[i + 1], bare[i + 1]);
        }
        drained.add(drainRound(options), bare.back());
    }
    all.push_back(std::move(drained));
    all.push_back(measureSlow(script, options));
    std::vector<Figure> figures;
    for (const auto& each : all) {
        figures.insert(figures.end(), {each.perTicket, each.plugin, each.bare, each.ratio, each.processor});
    }
    return figures;
}

} // namespace bench
