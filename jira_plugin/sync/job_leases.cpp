#include "job_leases.hpp"

#include <vector>

#include <Poco/Data/Statement.h>

namespace jira_plugin::sync {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

// Longer than any single request takes with its retries.
constexpr std::int64_t leaseMs = 10LL * 60 * 1000;

struct Row {
    std::string owner;
    std::int64_t untilMs = 0;
    std::int64_t begunAtMs = 0;
};

Row load(Session& session, const std::string& organisation, const std::string& job) {
    std::vector<std::string> owners;
    std::vector<std::int64_t> until, begun;
    session << "SELECT owner, until_ms, begun_at_ms FROM job_lease WHERE organisation = $1 AND job = $2",
        bind(organisation), bind(job), into(owners), into(until), into(begun), now;
    return owners.empty() ? Row{} : Row{owners[0], until[0], begun[0]};
}

/// One that ends later than one taken now would is from before the clock was set back.
bool isOver(const Row& row, std::int64_t nowMs) {
    return row.untilMs <= nowMs || row.untilMs > nowMs + leaseMs;
}

} // namespace

std::unique_ptr<JobLeases::Lease> JobLeases::take(const std::string& organisation, const std::string& job,
                                                  std::int64_t nowMs, std::int64_t minIntervalMs) {
    const std::string owner = _alive.begin();
    const bool isOurs = _database.transaction([&](Session& session) {
        const Row row = load(session, organisation, job);
        if (isHeld(session, row.owner, isOver(row, nowMs)))
            return false;
        if (minIntervalMs > 0 && row.begunAtMs <= nowMs && nowMs - row.begunAtMs < minIntervalMs)
            return false;
        // Only over what was seen: another host may take it at the same moment.
        std::vector<std::string> taken;
        session << "INSERT INTO job_lease (organisation, job, owner, until_ms, begun_at_ms) VALUES ($1, $2, "
                   "$3, $4, $5) ON CONFLICT (organisation, job) DO UPDATE SET owner = excluded.owner, "
                   "until_ms = excluded.until_ms, begun_at_ms = excluded.begun_at_ms WHERE job_lease.owner = "
                   "$6 AND job_lease.begun_at_ms = $7 RETURNING owner",
            bind(organisation), bind(job), bind(owner), bind(nowMs + leaseMs), bind(nowMs), bind(row.owner),
            bind(row.begunAtMs), into(taken), now;
        return !taken.empty();
    });
    if (isOurs)
        return std::make_unique<Lease>(*this, organisation, job, owner);
    _alive.end(owner);
    return nullptr;
}

bool JobLeases::isTaken(const std::string& organisation, const std::string& job, std::int64_t nowMs) {
    return _database.read([&](Session& session) {
        const Row row = load(session, organisation, job);
        return isHeld(session, row.owner, isOver(row, nowMs));
    });
}

bool JobLeases::isHeld(Session& session, const std::string& owner, bool isOver) const {
    if (owner.empty())
        return false;
    return _database.isShared() ? !_alive.isAbandoned(owner, _database.alive(session))
                                : !_alive.isAbandoned(owner, _database.isSoleUser(), isOver);
}

JobLeases::Lease::~Lease() {
    _leases._alive.end(_owner);
    try {
        _leases._database.transaction([&](Session& session) {
            session << "UPDATE job_lease SET owner = '' WHERE organisation = $1 AND job = $2 AND owner = $3",
                bind(_organisation), bind(_job), bind(_owner), now;
        });
    } catch (const std::exception&) { // it ends by itself
    }
}

bool JobLeases::Lease::extend(std::int64_t nowMs) {
    return _leases._database.transaction([&](Session& session) {
        std::vector<std::string> kept;
        session << "UPDATE job_lease SET until_ms = $1 WHERE organisation = $2 AND job = $3 AND owner = $4 "
                   "RETURNING owner",
            bind(nowMs + leaseMs), bind(_organisation), bind(_job), bind(_owner), into(kept), now;
        return !kept.empty();
    });
}

} // namespace jira_plugin::sync
