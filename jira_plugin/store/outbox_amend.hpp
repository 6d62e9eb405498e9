#pragma once

#include "outbox_row.hpp"

#include <string>

namespace jira_plugin::store {

class Database;

/// Changes what was asked for but has not begun: a row that is on its way to Jira, in doubt or created is
/// never touched. Safe from any thread. Throws StoreError.
class OutboxAmend {
public:
    explicit OutboxAmend(Database& database) : _database(database) {}

    /// Whether withdraw() would take it out now.
    bool isWithdrawable(const std::string& organisation, const std::string& finding, std::int64_t nowMs);

    /// Takes the finding out of the queue. False: it is not in it, or its ticket exists or may exist.
    bool withdraw(const std::string& organisation, const std::string& finding, std::int64_t nowMs);

    /// Replaces what will be sent. False: as above.
    bool refresh(const std::string& organisation, const host::Finding& finding, const std::string& snapshot,
                 std::int64_t nowMs);

private:
    Database& _database;
};

} // namespace jira_plugin::store
