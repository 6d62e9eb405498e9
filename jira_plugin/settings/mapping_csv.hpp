#pragma once

#include "mapping_batch.hpp"

#include "host/services.hpp"
#include "mapping/settings.hpp"

#include <string>
#include <utility>
#include <vector>

/// Project mappings as a table: project, jira_project, issue_type, assignee_account_id, assignee_name,
/// extra_fields (a JSON object).
namespace jira_plugin::settings {

/// The first line of the table, a project per line; one without mapping has nothing but its key, to be filled
/// in.
std::string writeMappingCsv(
    const std::vector<std::pair<host::Project, std::optional<mapping::ProjectMapping>>>& projects);

/// The columns may come in any order; all but project, jira_project and issue_type may be missing. A row
/// without Jira project leaves the mapping as it is. Throws CsvProblem when it is no such table; what is
/// wrong with one row becomes that row's problem.
std::vector<BatchRow> readMappingCsv(const std::string& text);

} // namespace jira_plugin::settings
