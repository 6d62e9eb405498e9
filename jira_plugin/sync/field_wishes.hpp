#pragma once

#include "field_plan.hpp"
#include "outward_parts.hpp"

#include <optional>
#include <string>

namespace jira_plugin::sync {

/// Whether this finding decides on the fields of the ticket: of those that share it, the first that was
/// linked.
bool isLeading(OutwardParts& parts, const IssueId& issue, const std::string& finding);

/// A finding as it was before a change that Arisen::oldValue of Kind::Fields describes; nothing for an empty
/// one.
std::optional<host::Finding> baselineOf(const host::Finding& finding, const std::string& oldValue);

/// What the rules want of a ticket's fields. before: the finding before it changed. Asks Jira for screens and
/// people, both of which are kept. Throws std::invalid_argument for an unknown time zone, and the types of
/// jira/errors.hpp.
FieldPlan planFor(OutwardParts& parts, jira::Client& client, const IssueId& issue,
                  const jira::IssueState& now, const host::Finding& finding,
                  const std::optional<host::Finding>& before);

} // namespace jira_plugin::sync
