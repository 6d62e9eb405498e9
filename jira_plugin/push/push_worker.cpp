#include "push_worker.hpp"

#include "batch.hpp"

#include <algorithm>

namespace jira_plugin::push {
namespace {

const char* const reportTask = "report";

} // namespace

PushWorker::PushWorker(PushParts& parts)
    : _parts(parts), _permits(parts.settings.lanes), _doubt(parts), _reporter(parts),
      // A plan looks at the whole queue. After each of the many reports of a large push it would find nothing
      // new.
      _loop(parts.host, {"push.wake", "The plan of pushes", reportTask}, [this] { return plan(); }) {}

PushWorker::~PushWorker() {
    stop();
}

void PushWorker::start() {
    sweep();
    _loop.start();
}

void PushWorker::wake() {
    _loop.wake();
}

void PushWorker::connectionChanged(const std::string& organisation) {
    _parts.metadata.drop(organisation);
    _parts.refusals.forget(organisation);
    _parts.gate.reopen(organisation);
    wake();
}

void PushWorker::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    _permits.stop();
    _loop.stop(grace, cut);
}

/// Starts what is due; returns when something is due next, -1 for never.
std::int64_t PushWorker::plan() {
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
        _loop.run("doubt " + work.organisation, "The look-up of tickets in doubt",
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
        _loop.run("lane " + std::to_string(i) + " " + organisation, "A batch of tickets",
                  [this, organisation] { lane(organisation); });
}

void PushWorker::lane(const std::string& organisation) {
    while (!_permits.isStopped() && Batch(_parts, _permits, organisation).run())
        progressed();
    progressed();
}

void PushWorker::resolve(const std::string& organisation) {
    while (!_permits.isStopped() && _doubt.run(organisation))
        progressed();
}

void PushWorker::progressed() {
    startReporter();
    if (_progressed)
        _progressed();
}

void PushWorker::startReporter() {
    _loop.run(reportTask, "The report to the host", [this] { report(); });
}

void PushWorker::report() {
    while (!_permits.isStopped() && _reporter.run()) {
    }
    if (_reporter.nextDueMs() >= 0)
        wake();
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

} // namespace jira_plugin::push
