#include "inbox_worker.hpp"

#include "push/abandoned_leases.hpp"

#include <algorithm>
#include <set>

namespace jira_plugin::sync {

InboxWorker::InboxWorker(push::PushParts& parts, InboxStore& inbox, Inward& inward, OwnWrites& ownWrites,
                         std::function<void()> adopted)
    : _parts(parts), _inbox(inbox), _round(parts, inbox, inward, ownWrites, std::move(adopted)),
      _loop(parts.host, {"inbox.wake", "The plan of the inbox"}, [this] { return plan(); }) {}

InboxWorker::~InboxWorker() {
    stop();
}

void InboxWorker::start() {
    _loop.start();
}

void InboxWorker::connectionChanged(const std::string& organisation) {
    _inbox.wake(organisation, _parts.nowMs());
    _loop.wake();
}

// Who is being worked for is planned for again at the end of it: in a burst, each flush would be a reason.
void InboxWorker::arrived(const std::vector<InboxRow>& rows) {
    _burst.stored(rows.size());
    std::set<std::string> organisations;
    for (const InboxRow& row : rows)
        organisations.insert(row.organisation);
    if (!std::all_of(organisations.begin(), organisations.end(),
                     [&](const auto& each) { return _loop.isRunning(each); }))
        _loop.wake();
}

void InboxWorker::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    _burst.stop();
    _loop.stop(grace, cut);
}

void InboxWorker::sweep() {
    push::AbandonedLeases abandoned(_parts.leases, _parts.database, _parts.nowMs());
    _inbox.sweep(
        [&](const std::string& owner, std::int64_t untilMs) { return abandoned.has(owner, untilMs); });
}

std::vector<std::string> InboxWorker::idle() {
    auto all = _inbox.organisations();
    all.erase(std::remove_if(all.begin(), all.end(), [&](const auto& each) { return _loop.isRunning(each); }),
              all.end());
    return all;
}

std::int64_t InboxWorker::plan() {
    const auto organisations = idle();
    if (!organisations.empty())
        sweep();
    std::int64_t next = -1;
    const auto sooner = [&](std::int64_t dueMs) {
        if (dueMs >= 0 && (next < 0 || dueMs < next))
            next = dueMs;
    };
    for (const std::string& organisation : organisations) {
        if (!_parts.connections.isConnected(organisation))
            continue; // it is woken when an admin has connected
        if (const auto pause = _parts.gate.closed(organisation)) {
            sooner(pause->untilMs);
            continue;
        }
        const InboxWork work = _inbox.work(organisation, _parts.nowMs());
        if (work.isDue)
            _loop.run(organisation, "Applying what Jira told",
                      [this, organisation] { this->work(organisation); });
        sooner(work.nextDueMs);
    }
    return next;
}

void InboxWorker::work(const std::string& organisation) {
    while (!_loop.isStopping() && _round.run(organisation))
        _burst.waitOut();
}

} // namespace jira_plugin::sync
