#pragma once

#include "host/finding.hpp"
#include "jira/fields.hpp"
#include "mapping/settings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::sync {

struct FieldValue {
    std::string id;   ///< as Jira takes it
    std::string name; ///< for people
};

/// What a ticket's fields would be if it were created now.
struct WantedFields {
    std::string title;
    std::optional<FieldValue> priority;
    std::vector<std::string> labels; ///< with the finding's own label
    std::optional<FieldValue> assignee;
    std::optional<std::string> dueDate;
};

/// By the same rules as a new ticket, the assignee apart: who that is, is asked of the host. screen: the
/// create screen of the project and type; what is not on it is not set. Throws std::invalid_argument
/// when the time zone of the mapping is unknown. Pure.
WantedFields wantedFields(const host::Finding& finding, const mapping::FieldMapping& fields,
                          const jira::CreateScreen& screen, const std::string& dedupeLabel);

} // namespace jira_plugin::sync
