#pragma once

#include "jira/client.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::settings {

/// Jira's project of this id or key; nothing when there is none that the connected account may see.
std::optional<jira::ProjectRef> findJiraProject(jira::Client& client, const std::string& idOrKey);

/// The same, throws ApiProblem 404.
jira::ProjectRef jiraProject(jira::Client& client, const std::string& idOrKey);

/// The issue type of this id or, whatever the case, name; null when there is none.
const jira::IssueType* findIssueType(const std::vector<jira::IssueType>& types, const std::string& idOrName);

/// The issue type of a project by id; throws ApiProblem 404.
jira::IssueType issueType(jira::Client& client, const jira::ProjectRef& project, const std::string& id);

} // namespace jira_plugin::settings
