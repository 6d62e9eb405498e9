#pragma once

#include "health_check.hpp"
#include "reconciliation_store.hpp"
#include "upkeep_parts.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace jira_plugin::sync {

/// Compares the tickets of an organisation with Jira and lets both sides be brought into line. Every linked
/// issue is read by its id, a hundred in a request; a search among what changed there since the last time
/// finds strangers with our label, as far as its pages are looked at. Goes on where it was when it was
/// interrupted. Safe from any thread.
class Reconciliation {
public:
    Reconciliation(UpkeepParts& parts, Inward& inward, Outward& outward, HealthCheck& health)
        : _parts(parts), _inward(inward), _outward(outward), _health(health), _store(parts.database) {}

    /// Makes it durable that one is wanted. False when one is under way or waits to go on.
    bool begin(const std::string& organisation, const std::string& reason, const std::string& user);
    /// Does what was begun. Answers when it should be called again; -1: it is over, or another host is at it.
    std::int64_t run(const std::string& organisation);
    std::optional<ReconciliationReport> report(const std::string& organisation);
    std::vector<std::string> unfinished() { return _store.unfinished(); }

    /// Runs under way end soon and go on after the next start.
    void stop() { _isStopping = true; }

private:
    class Run;
    void fail(ReconciliationRow row, const std::string& problem, const std::string& remedy);
    std::int64_t later(const ReconciliationRow& before, std::int64_t afterMs, const std::string& cause);
    int countFailure(const std::string& organisation, bool hasMoved);

    UpkeepParts& _parts;
    Inward& _inward;
    Outward& _outward;
    HealthCheck& _health;
    ReconciliationStore _store;
    std::atomic<bool> _isStopping{false};
    std::mutex _mutex;
    std::map<std::string, int> _failures; ///< in a row, by organisation
};

} // namespace jira_plugin::sync
