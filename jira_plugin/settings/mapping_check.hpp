#pragma once

#include "jira_memo.hpp"
#include "problem.hpp"

#include "jira/client.hpp"
#include "mapping/settings_json.hpp"

#include <string>
#include <vector>

namespace jira_plugin::settings {

/// A mapping held against what Jira says of its project at this moment.
struct CheckedMapping {
    mapping::ProjectMapping mapping;    ///< complete when there are no problems
    std::vector<FieldProblem> problems; ///< no ticket can be created until they are mended
    std::vector<FieldProblem> warnings; ///< tickets can be created, with something left out
};

/// Looks everything up in Jira: the project, the permission to create issues in it, the issue type, the
/// fields that it requires, the values given for them and the assignee. fields: the field mapping that will
/// apply. Throws the types of jira/errors.hpp when Jira cannot be asked.
CheckedMapping checkMapping(jira::Client& client, const mapping::MappingRequest& request,
                            const mapping::FieldMapping& fields);

/// The same for one of many mappings: what Jira was asked for another is not asked again.
CheckedMapping checkMapping(JiraMemo& jira, const mapping::MappingRequest& request,
                            const mapping::FieldMapping& fields);

/// What was sent to get this mapping.
mapping::MappingRequest requestOf(const mapping::ProjectMapping& mapping);

} // namespace jira_plugin::settings
