#include "inbox_worker.hpp"

#include <optional>
#include <set>

namespace jira_plugin::sync {

namespace {

// Each delivery is a reason to plan; holders of leases do not die that often.
constexpr std::int64_t sweepEveryMs = 1'000;

} // namespace

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
    wake();
}

void InboxWorker::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    _loop.stop(grace, cut);
}

// In a shared database leases last as long as their process gives signs of life.
void InboxWorker::sweep() {
    const std::int64_t now = _parts.nowMs();
    if (now >= _sweptAtMs && now - _sweptAtMs < sweepEveryMs)
        return;
    _sweptAtMs = now;
    store::Database& database = _parts.database;
    std::optional<std::set<std::string>> alive; // read after the leases: their holders were alive before
    _inbox.sweep([&](const std::string& owner, std::int64_t untilMs) {
        if (!database.isShared())
            return _parts.leases.isAbandoned(owner, database.isSoleUser(), untilMs < now);
        if (!alive)
            alive = database.read([&](Poco::Data::Session& session) { return database.alive(session); });
        return _parts.leases.isAbandoned(owner, *alive);
    });
}

std::int64_t InboxWorker::plan() {
    sweep();
    std::int64_t next = -1;
    const auto sooner = [&](std::int64_t dueMs) {
        if (dueMs >= 0 && (next < 0 || dueMs < next))
            next = dueMs;
    };
    for (const InboxWork& work :
         _inbox.work(_parts.nowMs(), [&](const auto& each) { return _loop.isRunning(each); })) {
        if (!_parts.connections.isConnected(work.organisation))
            continue; // it is woken when an admin has connected
        if (const auto pause = _parts.gate.closed(work.organisation)) {
            sooner(pause->untilMs);
            continue;
        }
        if (work.isDue)
            _loop.run(work.organisation, "Applying what Jira told",
                      [this, organisation = work.organisation] { this->work(organisation); });
        sooner(work.nextDueMs);
    }
    return next;
}

void InboxWorker::work(const std::string& organisation) {
    while (!_loop.isStopping() && _round.run(organisation)) {
    }
}

} // namespace jira_plugin::sync
