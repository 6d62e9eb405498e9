#pragma once

#include "outbox_row.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::store {

class Database;

/// What the host has not been told yet. Safe from any thread. Throws StoreError.
class ReportStore {
public:
    explicit ReportStore(Database& database) : _database(database) {}

    struct Report {
        OutboxRow row;
        std::optional<TicketLink> link;
    };
    /// Due reports of all organisations, each with its own.
    std::vector<Report> due(std::int64_t nowMs, std::int64_t limit);
    /// From when on there is one to make; -1: none.
    std::int64_t nextDueMs();

    struct Outcome {
        std::string organisation;
        std::string finding;
        std::int64_t revision = 0;
        std::int64_t againAtMs = -1; ///< -1: the host knows
    };
    /// Which of these are still in the queue, in any state.
    std::set<std::string> present(const std::string& organisation, const std::vector<std::string>& findings);
    /// A row that has changed since is due.
    void settle(const std::vector<Outcome>& outcomes, std::int64_t nowMs);

private:
    Database& _database;
};

} // namespace jira_plugin::store
