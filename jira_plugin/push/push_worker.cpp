#include "push_worker.hpp"

#include "batch.hpp"

#include <algorithm>

namespace jira_plugin::push {
namespace {

// Also without a word from anybody, leases of other hosts expire and clocks move.
constexpr std::chrono::milliseconds longestSleep{30'000};
constexpr std::chrono::milliseconds troublePause{5'000};
const char* const wakeJob = "push.wake";
const char* const reportTask = "report";

} // namespace

PushWorker::PushWorker(PushParts& parts)
    : _parts(parts), _permits(parts.settings.lanes), _doubt(parts), _reporter(parts),
      _tasks([this](const std::string& task) { taskEnded(task); }) {}

PushWorker::~PushWorker() {
    stop();
}

void PushWorker::start() {
    sweep();
    _thread = std::thread([this] { loop(); });
}

void PushWorker::wake() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isWoken = true;
    }
    _woken.notify_all();
}

void PushWorker::connectionChanged(const std::string& organisation) {
    _parts.metadata.drop(organisation);
    _parts.refusals.forget(organisation);
    _parts.gate.reopen(organisation);
    wake();
}

void PushWorker::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isStopping = true;
    }
    _woken.notify_all();
    _permits.stop();
    if (_thread.joinable()) {
        _thread.join();
        guarded("Cancelling the host's wake-up call", [&] { _parts.host.scheduler.cancel(wakeJob); });
    }
    if (!_tasks.waitIdle(grace) && cut)
        cut();
    _tasks.stop();
}

void PushWorker::loop() {
    for (;;) {
        std::int64_t dueMs = -1;
        guarded("The plan of pushes", [&] { dueMs = plan(); });
        sleepUntil(dueMs);
        const std::lock_guard<std::mutex> lock(_mutex);
        if (_isStopping)
            return;
    }
}

/// Starts what is due; returns when something is due next, -1 for never.
std::int64_t PushWorker::plan() {
    _tasks.reap();
    sweep();
    std::int64_t next = -1;
    const auto sooner = [&](std::int64_t dueMs) {
        if (dueMs >= 0 && (next < 0 || dueMs < next))
            next = dueMs;
    };
    for (const store::OrganisationWork& work : _parts.outbox.work(_parts.nowMs()))
        sooner(planOrganisation(work));
    const std::int64_t reportDue = _reporter.nextDueMs();
    if (reportDue >= 0 && reportDue <= _parts.nowMs())
        startReporter();
    else
        sooner(reportDue);
    return next;
}

std::int64_t PushWorker::planOrganisation(const store::OrganisationWork& work) {
    if (const auto pause = _parts.gate.closed(work.organisation))
        return pause->untilMs;
    if (work.due > 0)
        startLanes(work.organisation, work.due);
    if (work.doubtDueMs >= 0 && work.doubtDueMs <= _parts.nowMs()) {
        _tasks.run("doubt " + work.organisation,
                   [this, organisation = work.organisation] { resolve(organisation); });
        return work.nextDueMs;
    }
    return work.nextDueMs < 0 || (work.doubtDueMs >= 0 && work.doubtDueMs < work.nextDueMs) ? work.doubtDueMs
                                                                                            : work.nextDueMs;
}

// One batch more than may be on its way is rendered meanwhile.
void PushWorker::startLanes(const std::string& organisation, std::int64_t due) {
    const auto batches = (due + batchSize - 1) / batchSize;
    const auto lanes = std::min<std::int64_t>(batches, _parts.settings.lanes + 1);
    for (std::int64_t i = 0; i < lanes; ++i)
        _tasks.run("lane " + std::to_string(i) + " " + organisation,
                   [this, organisation] { lane(organisation); });
}

void PushWorker::lane(const std::string& organisation) {
    guarded("A batch of tickets", [&] {
        while (!_permits.isStopped() && Batch(_parts, _permits, organisation).run())
            startReporter();
        startReporter();
    });
}

void PushWorker::resolve(const std::string& organisation) {
    guarded("The look-up of tickets in doubt", [&] {
        while (!_permits.isStopped() && _doubt.run(organisation))
            startReporter();
    });
}

void PushWorker::startReporter() {
    _tasks.run(reportTask, [this] { report(); });
}

// A plan looks at the whole queue. After each of the many reports of a large push it would find nothing new.
void PushWorker::taskEnded(const std::string& name) {
    if (name != reportTask)
        wake();
}

void PushWorker::report() {
    guarded("The report to the host", [&] {
        while (!_permits.isStopped() && _reporter.run()) {
        }
        if (_reporter.nextDueMs() >= 0)
            wake();
    });
}

void PushWorker::sweep() {
    const std::int64_t now = _parts.nowMs();
    const store::Database& database = _parts.database;
    const auto doubtful = _parts.outbox.sweep(
        [&](const std::string& owner, std::int64_t untilMs, const std::set<std::string>& alive) {
            return database.isShared()
                       ? _parts.leases.isAbandoned(owner, alive)
                       : _parts.leases.isAbandoned(owner, database.isSoleUser(), untilMs < now);
        },
        now, "The work on this ticket was interrupted while Jira was creating it.",
        "Nothing needs to be done: it is looked up in Jira, and created only if it is not there.");
    if (doubtful == 0)
        return;
    _parts.host.metrics.add("jira_tickets_in_doubt_total", static_cast<double>(doubtful));
    _parts.host.log.warning("Work on tickets was interrupted; they are looked up in Jira.",
                            {{"tickets", std::to_string(doubtful)}});
}

void PushWorker::sleepUntil(std::int64_t dueMs) {
    auto sleep = longestSleep;
    const std::int64_t now = _parts.nowMs();
    if (dueMs >= 0) {
        sleep =
            std::clamp(std::chrono::milliseconds(dueMs - now), std::chrono::milliseconds(1), longestSleep);
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

void PushWorker::guarded(const char* what, const std::function<void()>& work) {
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

} // namespace jira_plugin::push
