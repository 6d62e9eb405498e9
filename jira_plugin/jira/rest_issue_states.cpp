#include "rest_issue_states.hpp"

#include "fetch_issue.hpp"
#include "jql.hpp"
#include "json.hpp"
#include "read_issue_state.hpp"

#include <stdexcept>

namespace jira_plugin::jira {

FetchedIssues RestIssueStates::fetch(const std::vector<std::string>& issueIds) {
    if (issueIds.size() > mostIds) {
        throw std::invalid_argument("At most 100 issues are read with one request.");
    }
    return issueIds.empty() ? FetchedIssues() : fetchMany(issueIds);
}

ChangedIssues RestIssueStates::changedSince(const std::vector<std::string>& projectIds, std::int64_t sinceMs,
                                            const std::string& after) {
    return projectIds.empty() ? ChangedIssues() : search(jqlForChanges(projectIds, sinceMs), after);
}

ChangedIssues RestIssueStates::withLabel(const std::string& label, const std::string& after) {
    return search(jqlForLabels({label}) + " ORDER BY key", after);
}

void RestIssueStates::readSingly(const std::vector<std::string>& issueIds, FetchedIssues& found) {
    for (const auto& id : issueIds) {
        const auto object = fetchIssue(_dialect, id, stateFields);
        if (!object) {
            found.missing.push_back(id);
        } else if (auto state = readIssueState(object)) {
            found.issues.push_back(std::move(*state));
        }
    }
}

} // namespace jira_plugin::jira
