#pragma once

#include "check.hpp"

#include "jira/client.hpp"
#include "mapping/settings.hpp"

#include <string>
#include <vector>

/// Pure judgements about a mapped project and what Jira says of it now.
namespace jira_plugin::diagnosis {

constexpr const char* rereadMetadata = "reread_metadata";

/// The permissions that judgePermissions wants to know about.
const std::vector<std::string>& neededPermissions();

Judgement judgePermissions(const mapping::ProjectMapping& mapping,
                           const std::vector<jira::Permission>& permissions);

/// Whether the mapped issue type is still there and stands alone; what is wrong, or an ok.
Judgement judgeIssueType(const mapping::ProjectMapping& mapping, const std::vector<jira::IssueType>& types);

/// The create screen against the values that the mapping has.
Judgement judgeScreen(const mapping::ProjectMapping& mapping, const jira::CreateScreen& screen);

Judgement judgePriorities(const mapping::ProjectMapping& mapping, const mapping::FieldMapping& fields,
                          const jira::CreateScreen& screen);

Judgement judgeWorkflow(const mapping::ProjectMapping& mapping, const std::vector<jira::TypeStatuses>& types);

} // namespace jira_plugin::diagnosis
