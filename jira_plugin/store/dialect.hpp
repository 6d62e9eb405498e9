#pragma once

#include <string>

namespace jira_plugin::store {

/// All that differs between the engines. Everything else is one SQL text: positional $1, $2 in the order of
/// their appearance, RETURNING, ON CONFLICT ... DO UPDATE, TEXT and BIGINT.
struct Dialect {
    /// Follows a SELECT whose rows this transaction is going to change: waits for whoever changes them.
    /// SQLite has one writer at a time and needs nothing.
    const char* lockRows;
    /// The same for rows that any host may take: passes over those that another one is taking.
    const char* skipLockedRows;
    /// The same where the rows of one table of a join are meant, by its name in the statement.
    std::string skipLockedRowsOf(const std::string& table) const {
        return *skipLockedRows ? " FOR UPDATE OF " + table + " SKIP LOCKED" : std::string();
    }
    /// The database's own time in ms since the epoch, as an expression: the one clock that all hosts share.
    const char* clockMs;
};

inline constexpr Dialect sqliteDialect{"", "",
                                       "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)"};

inline constexpr Dialect postgresDialect{" FOR UPDATE", " FOR UPDATE SKIP LOCKED",
                                         "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"};

} // namespace jira_plugin::store
