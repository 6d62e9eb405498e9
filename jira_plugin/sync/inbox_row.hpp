#pragma once

#include "delivery.hpp"

#include <cstdint>
#include <string>

namespace jira_plugin::sync {

/// A delivery as the inbox keeps it.
struct InboxRow {
    std::string organisation;
    std::string delivery; ///< digest of what identifies it: the same when it comes again
    std::string system;   ///< identity of the Jira
    std::string issueId;
    std::string event;
    bool changesStatus = false;
    bool concernsComments = false;
    bool isCreation = false;
    bool isDeletion = false;
    bool carriesMark = false;
    std::string actor;
    std::int64_t happenedAtMs = 0;   ///< by Jira's clock; 0: not known
    std::int64_t issueUpdatedMs = 0; ///< `updated` of the issue as the delivery has it; 0: not known
    std::int64_t receivedAtMs = 0;
    std::int64_t tries = 0;
};

/// A delivery that a person has to look at.
struct ParkedDelivery {
    std::string delivery;
    std::string issueId;
    std::string issueKey; ///< as it is known; may be empty
    std::string event;
    std::int64_t receivedAtMs = 0;
    std::string cause;
    std::string message;
    std::string remedy;
};

/// How an organisation's inbox stands.
struct InboxCounts {
    std::int64_t due = 0; ///< wait to be applied
    std::int64_t parked = 0;
    std::int64_t done = 0;           ///< of the last days
    std::int64_t oldestDueMs = 0;    ///< when the longest waiting one arrived; 0: none waits
    std::int64_t lastReceivedMs = 0; ///< 0: nothing in the last days
};

} // namespace jira_plugin::sync
