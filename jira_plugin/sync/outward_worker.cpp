#include "outward_worker.hpp"

#include "outward_visit.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace jira_plugin::sync {
namespace {

constexpr std::chrono::milliseconds longestSleep{30'000};
constexpr std::chrono::milliseconds troublePause{5'000};
const char* const wakeJob = "outward.wake";

} // namespace

OutwardWorker::OutwardWorker(OutwardParts& parts)
    : _parts(parts), _tasks([this](const std::string&) { wake(); }) {}

OutwardWorker::~OutwardWorker() {
    stop();
}

void OutwardWorker::start() {
    _thread = std::thread([this] { loop(); });
}

void OutwardWorker::wake() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isWoken = true;
    }
    _woken.notify_all();
}

bool OutwardWorker::isStopping() {
    const std::lock_guard<std::mutex> lock(_mutex);
    return _isStopping;
}

void OutwardWorker::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isStopping = true;
    }
    _woken.notify_all();
    if (_thread.joinable()) {
        _thread.join();
        guarded("Cancelling the host's wake-up call", [&] { _parts.push.host.scheduler.cancel(wakeJob); });
    }
    if (!_tasks.waitIdle(grace) && cut)
        cut();
    _tasks.stop();
}

void OutwardWorker::loop() {
    while (!isStopping()) {
        std::int64_t dueMs = -1;
        guarded("The plan of changes to tickets", [&] { dueMs = plan(); });
        sleepUntil(dueMs);
    }
}

/// Starts what is due; returns when something is due next, -1 for never.
std::int64_t OutwardWorker::plan() {
    _tasks.reap();
    const std::int64_t now = _parts.nowMs();
    store::Database& database = _parts.push.database;
    std::optional<std::set<std::string>> alive; // read after the leases: their holders were alive before
    _parts.tasks.sweep([&](const std::string& owner, std::int64_t untilMs) {
        if (!database.isShared())
            return _parts.push.leases.isAbandoned(owner, database.isSoleUser(), untilMs < now);
        if (!alive)
            alive = database.read([&](Poco::Data::Session& session) { return database.alive(session); });
        return _parts.push.leases.isAbandoned(owner, *alive);
    });
    std::int64_t next = -1;
    for (const auto& work : _parts.tasks.work()) {
        const auto pause = _parts.push.gate.closed(work.organisation);
        const std::int64_t due = pause ? std::max(pause->untilMs, work.dueAtMs) : work.dueAtMs;
        if (due > now) {
            next = next < 0 ? due : std::min(next, due);
            continue;
        }
        for (int i = 0; i < _parts.push.settings.lanes; ++i)
            _tasks.run(std::to_string(i) + " " + work.organisation,
                       [this, organisation = work.organisation] { lane(organisation); });
    }
    return next;
}

void OutwardWorker::lane(const std::string& organisation) {
    guarded("A change of a ticket", [&] {
        while (!isStopping() && OutwardVisit(_parts, organisation).run()) {
        }
    });
}

void OutwardWorker::sleepUntil(std::int64_t dueMs) {
    auto sleep = longestSleep;
    if (dueMs >= 0) {
        sleep = std::clamp(std::chrono::milliseconds(dueMs - _parts.nowMs()), std::chrono::milliseconds(1),
                           longestSleep);
        guarded("The wake-up call of the host",
                [&] { _parts.push.host.scheduler.at(wakeJob, dueMs, [this] { wake(); }); });
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

void OutwardWorker::guarded(const char* what, const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& problem) {
        _parts.push.host.log.error(std::string(what) + " failed and is tried again.",
                                   {{"reason", problem.what()}});
        {
            const std::lock_guard<std::mutex> lock(_mutex);
            _isTroubled = true;
        }
        wake();
    }
}

} // namespace jira_plugin::sync
