#include "upkeep_parts.hpp"

#include <set>

namespace jira_plugin::sync {

std::vector<std::string> UpkeepParts::jiraProjects(const std::string& organisation,
                                                   const std::string& system) {
    std::set<std::string> ids;
    for (const auto& mapping : mappings.projects(organisation))
        if (!mapping.isOfAnother(system))
            ids.insert(mapping.jiraProjectId);
    return {ids.begin(), ids.end()};
}

} // namespace jira_plugin::sync
