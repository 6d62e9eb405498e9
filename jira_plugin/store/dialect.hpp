#pragma once

namespace jira_plugin::store {

/// All that differs between the engines. Everything else is one SQL text: positional $1, $2 in the order of
/// their appearance, RETURNING, ON CONFLICT ... DO UPDATE, TEXT and BIGINT.
struct Dialect {
    /// Begins a transaction that writes. SQLite must take the write lock at once: a lock taken later fails
    /// without waiting when another writer came between.
    const char* beginWrite;
    /// Follows a SELECT whose rows this transaction is going to change, so that two hosts never take the same
    /// row. SQLite has one writer at a time and needs nothing.
    const char* skipLockedRows;
};

inline constexpr Dialect sqliteDialect{"BEGIN IMMEDIATE", ""};

} // namespace jira_plugin::store
