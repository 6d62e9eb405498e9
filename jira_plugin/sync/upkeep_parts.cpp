#include "upkeep_parts.hpp"

#include <set>

namespace jira_plugin::sync {

JiraSide sideOf(const std::shared_ptr<jira::Client>& client) {
    return {client,
            client->system(),
            &client->webhooks(),
            &client->issueStates(),
            &client->editing(),
            [client](const std::string& key) { return client->browseUrl(key); }};
}

std::vector<std::string> UpkeepParts::jiraProjects(const std::string& organisation,
                                                   const std::string& system) {
    std::set<std::string> ids;
    for (const auto& mapping : mappings.projects(organisation))
        if (!mapping.isOfAnother(system))
            ids.insert(mapping.jiraProjectId);
    return {ids.begin(), ids.end()};
}

} // namespace jira_plugin::sync
