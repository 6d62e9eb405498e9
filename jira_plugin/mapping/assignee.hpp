#pragma once

#include "host/services.hpp"
#include "mapping/settings.hpp"

#include <optional>
#include <string>

namespace jira_plugin::mapping {

/// Who should get a ticket and who said so. An accountId still has to be checked for being assignable in
/// the Jira project; a member still has to be looked up there by e-mail.
struct AssigneeChoice {
    enum class Source { Override, ProjectDefault, Ownership, None };
    Source source = Source::None;
    std::string accountId;   ///< Override, ProjectDefault
    std::string memberEmail; ///< Ownership
    std::string memberName;  ///< for people; of whoever was chosen
};

/// The field mapping's override first, then the project's default, then the owner by policy.
AssigneeChoice chooseAssignee(const FieldMapping& fields, const ProjectMapping& project,
                              const std::optional<host::Member>& owner);

} // namespace jira_plugin::mapping
