#include "change_teller.hpp"

#include <algorithm>
#include <chrono>

#include <aspm_host/host_threads.hpp>

namespace aspm::host {

namespace {
constexpr std::int64_t leastRetryMs = 1'000;
constexpr std::int64_t mostRetryMs = 600'000;
constexpr std::int64_t longestSleepMs = 1'000;
} // namespace

ChangeTeller::ChangeTeller(EventStore& events, ClockService& clock, LineLog& log, Plugin& plugin,
                           FindingStatusInfo hook)
    : _events(events), _clock(clock), _log(log), _plugin(plugin), _hook(std::move(hook)) {
    _events.registerHook(_plugin.manifest().id, _hook.id);
    _thread = std::thread([this] { loop(); });
}

ChangeTeller::~ChangeTeller() {
    {
        std::lock_guard<std::mutex> lock(_mutex);
        _stopped = true;
        _changed.notify_all();
    }
    _thread.join();
}

void ChangeTeller::wake() {
    std::lock_guard<std::mutex> lock(_mutex);
    _news = true;
    _changed.notify_all();
}

std::int64_t ChangeTeller::pending() {
    return _events.pending(_plugin.manifest().id, _hook.id);
}

void ChangeTeller::loop() {
    HostThread mark("aspm-changes");
    std::unique_lock<std::mutex> lock(_mutex);
    while (!_stopped) {
        _news = false;
        lock.unlock();
        std::int64_t sleepMs = longestSleepMs;
        try {
            while (_plugin.isRunning() && tellNext()) {
                std::lock_guard<std::mutex> look(_mutex);
                if (_stopped)
                    break;
            }
            if (auto retry = _events.nextRetryMs(_plugin.manifest().id, _hook.id))
                sleepMs = std::clamp<std::int64_t>(*retry - _clock.nowMs(), 1, longestSleepMs);
            else
                sleepMs = 60 * longestSleepMs;
        } catch (const std::exception& e) {
            _log.error(std::string("The changes of findings cannot be read: ") + e.what());
        }
        lock.lock();
        _changed.wait_for(lock, std::chrono::milliseconds(sleepMs), [&] { return _news || _stopped; });
    }
}

bool ChangeTeller::tellNext() {
    const std::string& plugin = _plugin.manifest().id;
    auto pending = _events.next(plugin, _hook.id, _clock.nowMs());
    if (!pending)
        return false;
    if ((pending->change.changes & _hook.interests) == 0) {
        _events.done(plugin, _hook.id, *pending);
        return true;
    }
    HookResult result = _plugin.changed(_hook.id, pending->change);
    if (result.status == ASPM_STATE && !_plugin.isRunning())
        return false; // it is being stopped; the change stays
    if (result.status == ASPM_TRANSIENT || result.status == ASPM_CANCELLED) {
        std::int64_t backoff = leastRetryMs << std::min<std::int64_t>(pending->attempts, 10);
        _events.retry(plugin, _hook.id, *pending,
                      _clock.nowMs() + std::min(std::max(backoff, result.retryAfterMs), mostRetryMs));
        return true;
    }
    if (!result.ok())
        _log.warning("The hook \"" + _hook.id + "\" of " + plugin + " did not take the change " +
                     pending->change.event + " of " + pending->change.finding.id + " (" +
                     statusName(result.status) + "): " + result.message + " " + result.remedy);
    _events.done(plugin, _hook.id, *pending);
    return true;
}

} // namespace aspm::host
