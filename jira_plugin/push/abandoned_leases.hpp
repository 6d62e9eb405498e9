#pragma once

#include "lease_registry.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace jira_plugin::push {

/// One look at leases: tells which ones nobody stands behind any more. For one thread.
class AbandonedLeases {
public:
    /// Borrowed, for as long as this.
    AbandonedLeases(const LeaseRegistry& leases, store::Database& database, std::int64_t nowMs)
        : _leases(leases), _database(database), _nowMs(nowMs) {}

    /// untilMs: when the lease ends by its own time. Throws store::StoreError.
    bool has(const std::string& owner, std::int64_t untilMs);

private:
    const LeaseRegistry& _leases;
    store::Database& _database;
    const std::int64_t _nowMs;
    std::optional<std::set<std::string>> _alive;
};

} // namespace jira_plugin::push
