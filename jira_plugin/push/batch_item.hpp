#pragma once

#include "outcome.hpp"
#include "renderer.hpp"
#include "store/outbox_row.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::push {

/// A finding on its way through one batch.
struct BatchItem {
    store::OutboxRow row;
    host::Finding finding;
    Amendments amendments;
    Rendered rendered;
};

/// What was tried with this draft, for ruling on its refusal.
Attempted attempted(const BatchItem& item);

/// The rows that follow from a ruling. Pure.
store::OutboxChange parked(const BatchItem& item, const Ruling& ruling);
store::OutboxChange waiting(const BatchItem& item, const Ruling& ruling, std::int64_t dueAtMs);
store::OutboxChange doubtful(const BatchItem& item, const Ruling& ruling, std::int64_t dueAtMs);
/// Not sent, or certainly not created, and due at once: the worker stops.
store::OutboxChange queuedAgain(const BatchItem& item, std::int64_t nowMs);
/// The ticket exists. system and url: see jira::Client.
store::OutboxChange created(const BatchItem& item, const std::string& system, const jira::CreatedIssue& issue,
                            const std::string& url, std::int64_t nowMs);

} // namespace jira_plugin::push
