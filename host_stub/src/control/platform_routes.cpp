// The host itself: plugins, configuration, clock, jobs, events, end.
#include <Poco/JSON/Object.h>

#include "../runtime/stub_host.hpp"
#include "body.hpp"
#include "json_build.hpp"
#include "plugin_json.hpp"
#include "routes.hpp"

namespace aspm::host {

namespace {

constexpr std::int64_t usualTimeoutMs = 60'000;
constexpr std::int64_t mostTimeoutMs = std::int64_t{10} * 60 * 1000;
constexpr std::int64_t mostAdvanceMs = std::int64_t{10} * 366 * 24 * 3600 * 1000; // ten years

std::int64_t timeoutIn(ControlCall& call) {
    return Body(call.exchange.body(), {"timeoutMs"}).number("timeoutMs", usualTimeoutMs, mostTimeoutMs);
}

Reply status(ControlCall& call) {
    auto plugin = [](const auto& one) {
        return jsonObject({{"id", one->manifest().id},
                           {"version", one->manifest().version},
                           {"running", one->isRunning()}});
    };
    return {200, jsonObject({{"pid", call.host.address().pid},
                             {"url", call.host.address().url},
                             {"nowMs", call.host.clock().nowMs()},
                             {"plugins", jsonArray(call.host.plugins(), plugin)}})};
}

Reply plugins(ControlCall& call) {
    auto plugin = [](const auto& one) { return pluginToJson(*one); };
    return {200, jsonObject({{"plugins", jsonArray(call.host.plugins(), plugin)}})};
}

Reply misbehaviour(ControlCall& call) {
    return {200, jsonObject({{"sentences", jsonArray(call.host.misbehaviour().sentences())}})};
}

/// A key that nobody knows may be a secret with a slip in its name, so its value is not shown either.
Reply config(ControlCall& call) {
    auto keys = jsonObject({});
    for (const auto& [key, value] : call.host.config().values())
        keys->set(key, call.host.config().isShown(key) ? jsonObject({{"value", value}})
                                                       : jsonObject({{"set", true}}));
    return {200, jsonObject({{"config", keys}})};
}

Reply stop(ControlCall& call) {
    call.host.requestStop();
    return {202, jsonObject({{"stopping", true}})};
}

Reply clock(ControlCall& call) {
    return {200,
            jsonObject({{"nowMs", call.host.clock().nowMs()}, {"offsetMs", call.host.clock().offsetMs()}})};
}

Reply moveClock(ControlCall& call) {
    Body body(call.exchange.body(), {"advanceMs", "setBackMs"});
    if (!body.has("advanceMs") && !body.has("setBackMs"))
        body.refuse("advanceMs", "is missing");
    call.host.moveClock(body.number("advanceMs", 0, mostAdvanceMs) -
                        body.number("setBackMs", 0, mostAdvanceMs));
    return clock(call);
}

Reply jobs(ControlCall& call) {
    Poco::JSON::Array::Ptr jobs = new Poco::JSON::Array;
    for (const auto& plugin : call.host.plugins())
        for (const JobInfo& job : plugin->jobs())
            jobs->add(jsonObject({{"plugin", plugin->manifest().id},
                                  {"id", job.id},
                                  {"dueMs", job.dueMs},
                                  {"intervalMs", job.intervalMs},
                                  {"running", job.running}}));
    return {200, jsonObject({{"jobs", jobs}})};
}

Reply runJobs(ControlCall& call) {
    std::int64_t timeoutMs = timeoutIn(call);
    Poco::JSON::Array::Ptr ran = new Poco::JSON::Array;
    for (const auto& plugin : call.host.plugins())
        for (const JobOutcome& job : plugin->runDueJobs(timeoutMs))
            ran->add(jsonObject({{"plugin", plugin->manifest().id},
                                 {"id", job.id},
                                 {"status", statusName(job.result.status)},
                                 {"message", job.result.message}}));
    return {200, jsonObject({{"ran", ran}})};
}

Reply flushEvents(ControlCall& call) {
    return {200, jsonObject({{"pending", call.host.flushChanges(timeoutIn(call))}})};
}

} // namespace

std::vector<Route> platformRoutes() {
    return {{"GET", "status", status},
            {"GET", "plugins", plugins},
            {"GET", "misbehaviour", misbehaviour},
            {"GET", "config", config},
            {"POST", "stop", stop},
            {"GET", "clock", clock},
            {"POST", "clock", moveClock},
            {"GET", "jobs", jobs},
            {"POST", "jobs/run", runJobs},
            {"POST", "events/flush", flushEvents}};
}

} // namespace aspm::host
