#pragma once

#include "field_store.hpp"
#include "host/finding.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::store {

/// Where a row of the outbox stands. Sending exists only here; to the host such a finding is still queued.
enum class OutboxState { Queued, Sending, InDoubt, Waiting, Parked, Created };

const char* toString(OutboxState state); ///< the word in the database
/// Throws std::invalid_argument.
OutboxState outboxStateFromString(const std::string& word);
host::PushState toPushState(OutboxState state);

/// A row of the outbox without its snapshot. Times in ms since the epoch.
struct OutboxRow {
    std::string organisation;
    std::string finding;
    std::string project;
    host::Severity severity = host::Severity::Info;
    std::string title;
    OutboxState state = OutboxState::Queued;
    std::int64_t stateSinceMs = 0;
    std::int64_t revision = 0;
    std::int64_t dueAtMs = 0;
    std::string leaseOwner;
    std::int64_t leaseUntilMs = 0;
    std::string dedupeLabel;
    std::string requestedBy;
    std::int64_t enqueuedAtMs = 0;
    std::int64_t attempts = 0;
    std::int64_t sentAtMs = 0; ///< in doubt: when the answer was given up, as Jira may have acted until then
    std::string sentSystem;
    std::string sentProject;   ///< Jira project id
    bool sentLabelled = false; ///< false: it carries no label to find it again by
    std::int64_t lookups = 0;
    std::string cause;
    std::string message;
    std::string remedy;
    std::string notes; ///< separated by line breaks, for the finding's timeline
    std::int64_t reportDueMs = -1;
    std::int64_t reportTries = 0;
};

/// Which finding is which ticket, with what the host shows of it.
struct TicketLink {
    std::string organisation;
    std::string finding;
    host::TicketRef ticket;
    std::int64_t createdAtMs = 0;
};

/// A change of one row, decided on the row's revision.
struct OutboxChange {
    std::string finding;
    std::int64_t revision = 0; ///< of the row that it was decided by; a row that moved on stays as it is
    OutboxState state = OutboxState::Queued;
    std::int64_t dueAtMs = 0;
    std::int64_t lookups = 0;
    std::string cause;
    std::string message;
    std::string remedy;
    std::string notes;
    bool report = true;             ///< whether the host is to be told
    std::optional<TicketLink> link; ///< with Created
    SetFields set;                  ///< with link: what the ticket was given
};

} // namespace jira_plugin::store
