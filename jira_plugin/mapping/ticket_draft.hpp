#pragma once

#include "document.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::mapping {

/// A ticket that is ready to be sent. Only what the create screen has is set.
struct TicketDraft {
    std::string projectId;
    std::string projectKey;
    std::string issueTypeId;
    std::string summary; ///< one line, at most 254 UTF-16 units
    std::optional<Document> description;
    std::optional<std::string> priorityId;
    std::vector<std::string> labels; ///< includes dedupeLabel; empty when the screen has no labels
    std::optional<std::string> assigneeId;
    std::optional<std::string> dueDate;             ///< yyyy-MM-dd
    std::map<std::string, std::string> extraFields; ///< field id -> JSON value, as an admin gave it
    std::set<std::string> richTextFields; ///< of extraFields: a JSON string that Cloud wants as a document
    std::string dedupeLabel;              ///< finds the ticket again when an answer was lost
};

} // namespace jira_plugin::mapping
