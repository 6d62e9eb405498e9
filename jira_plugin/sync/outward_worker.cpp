#include "outward_worker.hpp"

#include "outward_visit.hpp"
#include "push/abandoned_leases.hpp"

#include <algorithm>

namespace jira_plugin::sync {

OutwardWorker::OutwardWorker(OutwardParts& parts)
    : _parts(parts),
      _loop(parts.push.host, {"outward.wake", "The plan of changes to tickets"}, [this] { return plan(); }) {}

OutwardWorker::~OutwardWorker() {
    stop();
}

void OutwardWorker::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    _loop.stop(grace, cut);
}

std::int64_t OutwardWorker::plan() {
    const std::int64_t now = _parts.nowMs();
    push::AbandonedLeases abandoned(_parts.push.leases, _parts.push.database, now);
    _parts.tasks.sweep(
        [&](const std::string& owner, std::int64_t untilMs) { return abandoned.has(owner, untilMs); });
    std::int64_t next = -1;
    for (const auto& work : _parts.tasks.work()) {
        const auto pause = _parts.push.gate.closed(work.organisation);
        const std::int64_t due = pause ? std::max(pause->untilMs, work.dueAtMs) : work.dueAtMs;
        if (due > now) {
            next = next < 0 ? due : std::min(next, due);
            continue;
        }
        for (int i = 0; i < _parts.push.settings.lanes; ++i)
            _loop.run(std::to_string(i) + " " + work.organisation, "A change of a ticket",
                      [this, organisation = work.organisation] { lane(organisation); });
    }
    return next;
}

void OutwardWorker::lane(const std::string& organisation) {
    while (!_loop.isStopping() && OutwardVisit(_parts, organisation).run()) {
    }
}

} // namespace jira_plugin::sync
