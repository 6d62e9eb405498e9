#include "inbox_worker.hpp"

#include <algorithm>
#include <chrono>

namespace jira_plugin::sync {
namespace {

// Also without a word from anybody, leases of other hosts expire and clocks move.
constexpr std::chrono::milliseconds longestSleep{30'000};
constexpr std::chrono::milliseconds troublePause{5'000};
constexpr const char* wakeJob = "inbox.wake";

} // namespace

InboxWorker::InboxWorker(push::PushParts& parts, InboxStore& inbox, Inward& inward, OwnWrites& ownWrites,
                         std::function<void()> adopted)
    : _parts(parts), _inbox(inbox), _round(parts, inbox, inward, ownWrites, std::move(adopted)),
      _tasks([this](const std::string&) { wake(); }) {}

InboxWorker::~InboxWorker() {
    stop();
}

void InboxWorker::start() {
    if (_parts.database.isSoleUser())
        _inbox.releaseAll();
    _thread = std::thread([this] { loop(); });
}

void InboxWorker::wake() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isWoken = true;
    }
    _woken.notify_all();
}

void InboxWorker::connectionChanged(const std::string& organisation) {
    _inbox.wake(organisation, _parts.nowMs());
    wake();
}

bool InboxWorker::isStopping() {
    const std::lock_guard<std::mutex> lock(_mutex);
    return _isStopping;
}

void InboxWorker::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isStopping = true;
    }
    _woken.notify_all();
    if (_thread.joinable()) {
        _thread.join();
        guarded("Cancelling the host's wake-up call", [&] { _parts.host.scheduler.cancel(wakeJob); });
    }
    if (!_tasks.waitIdle(grace) && cut)
        cut();
    _tasks.stop();
}

void InboxWorker::loop() {
    while (!isStopping()) {
        std::int64_t dueMs = -1;
        guarded("The plan of the inbox", [&] { dueMs = plan(); });
        sleepUntil(dueMs);
    }
}

/// Starts what is due; returns when something is due next, -1 for never.
std::int64_t InboxWorker::plan() {
    _tasks.reap();
    std::int64_t next = -1;
    const auto sooner = [&](std::int64_t dueMs) {
        if (dueMs >= 0 && (next < 0 || dueMs < next))
            next = dueMs;
    };
    for (const InboxWork& work : _inbox.work(_parts.nowMs())) {
        if (!_parts.connections.isConnected(work.organisation))
            continue; // it is woken when an admin has connected
        if (const auto pause = _parts.gate.closed(work.organisation)) {
            sooner(pause->untilMs);
            continue;
        }
        if (work.due > 0)
            _tasks.run(work.organisation, [this, organisation = work.organisation] {
                guarded("Applying what Jira told", [&] { this->work(organisation); });
            });
        sooner(work.nextDueMs);
    }
    return next;
}

void InboxWorker::work(const std::string& organisation) {
    while (!isStopping() && _round.run(organisation)) {
    }
}

void InboxWorker::sleepUntil(std::int64_t dueMs) {
    auto sleep = longestSleep;
    if (dueMs >= 0) {
        sleep = std::clamp(std::chrono::milliseconds(dueMs - _parts.nowMs()), std::chrono::milliseconds(1),
                           longestSleep);
        guarded("The wake-up call of the host",
                [&] { _parts.host.scheduler.at(wakeJob, dueMs, [this] { wake(); }); });
    }
    std::unique_lock<std::mutex> lock(_mutex);
    if (_isTroubled) {
        _isTroubled = false;
        _woken.wait_for(lock, troublePause, [&] { return _isStopping; });
    } else {
        _woken.wait_for(lock, sleep, [&] { return _isWoken || _isStopping; });
    }
    _isWoken = false;
}

void InboxWorker::guarded(const char* what, const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& problem) {
        _parts.host.log.error(std::string(what) + " failed and is tried again.",
                              {{"reason", problem.what()}});
        {
            const std::lock_guard<std::mutex> lock(_mutex);
            _isTroubled = true;
        }
        wake();
    }
}

} // namespace jira_plugin::sync
