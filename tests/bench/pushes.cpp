// A round pushes each size in a world of its own that nothing was measured in before, and then lets the bare
// client post what the plugin had posted to another simulator in the same state. So both give Jira the same
// work: the same bodies, on the same number of connections, onto the same number of tickets.
#include "pushes.hpp"

#include "bare_client.hpp"
#include "process_time.hpp"
#include "processors.hpp"
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

/// How a round is set up.
struct Setting {
    int lanes;
    int latencyMs = 0;
    Placement placement = {};
};

std::vector<Measured> pluginRound(const std::vector<int>& sizes, const Setting& setting) {
    const Pinned here(setting.placement.client);
    const World world(setting.lanes, plain(), setting.placement);
    slowDown(world.jira, setting.latencyMs);
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
Measured drainRound(int findings, const Setting& setting) {
    const Pinned here(setting.placement.client);
    World world(setting.lanes, plain(), setting.placement);
    world.add(warmUp);
    world.push(warmUp);
    world.add(findings);
    const auto before = world.jira.requests();
    world.queue();
    Measured result = timed(world, [&] { world.drain(findings); });
    result.requests = static_cast<double>(world.jira.requests() - before);
    return result;
}

std::vector<double> bareRound(const Script& script, const Setting& setting) {
    const Pinned here(setting.placement.client);
    const auto jira = startedOn(setting.placement.jira, plain());
    slowDown(jira, setting.latencyMs);
    BareClient client(jira, setting.lanes);
    std::vector<double> measured;
    for (const auto& requests : script) {
        measured.push_back(seconds([&] { client.post(requests); }));
    }
    return measured;
}

/// Against which bars the figures of a size are held.
enum class Bars { None, Requests, RequestsAndRatio };

/// The figures of one size.
struct Figures {
    Figures(int findings, Bars bars, const std::string& when = "") : size(findings) {
        const auto of = shown(findings, 0) + (findings == 1 ? " finding" : " findings") + when;
        perTicket = {of + ": Jira requests per ticket", "", 4, {}, {}};
        plugin = {of + ": plugin", "tickets/s", 0, {}, {}};
        bare = {of + ": bare client", "tickets/s", 0, {}, {}};
        ratio = {of + ": plugin / bare client", "", 2, {}, {}};
        processor = {of + ": processor time of host and plugin", "ms/ticket", 3, {}, {}};
        if (bars != Bars::None) {
            perTicket.bar = {Bar::Kind::AtMost, 0.025};
        }
        if (bars == Bars::RequestsAndRatio) {
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

/// All sizes, and the largest as a queue that is on the disk already.
std::vector<Figures> measureShared(const Script& script, const std::vector<int>& sizes,
                                   const Options& options) {
    const Setting setting{options.lanes};
    std::vector<Figures> all;
    for (std::size_t i = 1; i < sizes.size(); ++i) {
        all.emplace_back(sizes[i], i + 1 == sizes.size() ? Bars::Requests : Bars::None);
    }
    all.emplace_back(options.findings, Bars::Requests, ", queued before");
    for (int round = 1; round <= options.rounds; ++round) {
        std::fprintf(stderr, "pushes, round %d of %d\n", round, options.rounds);
        const auto ours = pluginRound(sizes, setting);
        const auto bare = bareRound(script, setting);
        for (std::size_t i = 1; i < sizes.size(); ++i) {
            all[i - 1].add(ours[i], bare[i]);
        }
        all.back().add(drainRound(options.findings, setting), bare.back());
    }
    return all;
}

/// The largest push again, to a Jira that does not run on the processors of those who call it.
std::vector<Figures> measureApart(const Script& script, const Options& options) {
    const auto placement = eachItsOwn();
    if (!placement) {
        std::fprintf(stderr,
                     "not measured: a Jira with a processor of its own. This program may use only one "
                     "processor, so the bar of the throughput is held against no row of that kind.\n");
        return {};
    }
    const Setting setting{options.lanes, 0, *placement};
    const std::string when = ", Jira has a processor of its own";
    Figures pushed(options.findings, Bars::RequestsAndRatio, when);
    Figures drained(options.findings, Bars::RequestsAndRatio, when + ", queued before");
    for (int round = 1; round <= options.rounds; ++round) {
        std::fprintf(stderr, "pushes to a Jira with a processor of its own, round %d of %d\n", round,
                     options.rounds);
        const auto ours = pluginRound({warmUp, options.findings}, setting);
        const auto bare = bareRound({script.front(), script.back()}, setting);
        pushed.add(ours.back(), bare.back());
        drained.add(drainRound(options.findings, setting), bare.back());
    }
    return {pushed, drained};
}

/// The largest push again, to a Jira that takes its time.
std::vector<Figures> measureSlow(const Script& script, const Options& options) {
    const Setting setting{options.lanes, options.latencyMs};
    Figures figures(options.findings, Bars::RequestsAndRatio,
                    ", Jira takes " + std::to_string(options.latencyMs) + " ms");
    for (int round = 1; round <= options.rounds; ++round) {
        std::fprintf(stderr, "pushes to a slower Jira, round %d of %d\n", round, options.rounds);
        const auto ours = pluginRound({warmUp, options.findings}, setting);
        const auto bare = bareRound({script.front(), script.back()}, setting);
        figures.add(ours.back(), bare.back());
    }
    return {figures};
}

} // namespace

std::vector<Figure> measurePushes(const Options& options) {
    const std::vector<int> sizes{warmUp, 1, 100, options.findings};
    std::fprintf(stderr, "recording what the plugin posts\n");
    const auto script = record(sizes, options.lanes);

    std::vector<Figure> figures;
    for (const auto& part : {measureShared(script, sizes, options), measureApart(script, options),
                             measureSlow(script, options)}) {
        for (const auto& each : part) {
            figures.insert(figures.end(),
                           {each.perTicket, each.plugin, each.bare, each.ratio, each.processor});
        }
    }
    return figures;
}

} // namespace bench
