#pragma once

namespace jira_plugin::store {

/// All that differs between the engines. Everything else is one SQL text: positional $1, $2 in the order of
/// their appearance, RETURNING, ON CONFLICT ... DO UPDATE, TEXT and BIGINT.
struct Dialect {
    /// Begins a transaction that writes. SQLite must take the write lock at once: a lock taken later fails
    /// without waiting when another writer came between.
    const char* beginWrite;
    /// Follows a SELECT whose rows this transaction is going to change: waits for whoever changes them.
    /// SQLite has one writer at a time and needs nothing.
    const char* lockRows;
    /// The same for rows that any host may take: passes over those that another one is taking.
    const char* skipLockedRows;
    /// Around a transaction that need not be flushed to disk: it survives the end of the process, and a power
    /// cut may take it back as a whole.
    const char* beforeUnflushed;
    const char* afterUnflushed;
};

inline constexpr Dialect sqliteDialect{"BEGIN IMMEDIATE", "", "", "PRAGMA synchronous = NORMAL",
                                       "PRAGMA synchronous = FULL"};

} // namespace jira_plugin::store
