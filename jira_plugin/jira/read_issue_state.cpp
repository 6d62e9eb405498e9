#include "read_issue_state.hpp"

#include "jira_time.hpp"
#include "json.hpp"
#include "read_issue.hpp"
#include "read_metadata.hpp"

#include <algorithm>
#include <set>

namespace jira_plugin::jira {
namespace {

Named readNamed(const Poco::JSON::Object::Ptr& object) {
    return {json::text(object, "id"), json::text(object, "name")};
}

} // namespace

std::optional<IssueState> readIssueState(const Poco::JSON::Object::Ptr& object) {
    const Issue basics = readIssue(object);
    const auto fields = json::object(object, "fields");
    const User assignee = readUser(json::object(fields, "assignee"));
    IssueState state;
    state.id = basics.id;
    state.key = basics.key;
    state.summary = basics.summary;
    state.projectId = basics.projectId;
    state.projectKey = json::text(json::object(fields, "project"), "key");
    state.issueTypeId = json::text(json::object(fields, "issuetype"), "id");
    state.status = readStatus(json::object(fields, "status"));
    state.resolution = readNamed(json::object(fields, "resolution"));
    state.priority = readNamed(json::object(fields, "priority"));
    state.assignee = {assignee.accountId, assignee.displayName};
    state.dueDate = basics.dueDate;
    state.labels = basics.labels;
    // Their order means nothing, so that another one is no change.
    std::sort(state.labels.begin(), state.labels.end());
    state.updatedMs = timeFromJira(json::text(fields, "updated"));
    return state.id.empty() || state.status.category.empty() ? std::nullopt : std::optional(state);
}

std::vector<IssueState> readIssueStates(const Poco::JSON::Array::Ptr& issues) {
    std::vector<IssueState> states;
    for (std::size_t i = 0; issues && i < issues->size(); ++i) {
        if (auto state = readIssueState(json::objectAt(issues, i))) {
            states.push_back(std::move(*state));
        }
    }
    return states;
}

std::vector<std::string> missingOf(const std::vector<std::string>& asked,
                                   const Poco::JSON::Array::Ptr& answered) {
    std::set<std::string> known;
    for (std::size_t i = 0; answered && i < answered->size(); ++i) {
        known.insert(json::text(json::objectAt(answered, i), "id"));
    }
    std::vector<std::string> missing;
    for (const auto& id : asked) {
        if (known.count(id) == 0) {
            missing.push_back(id);
        }
    }
    return missing;
}

} // namespace jira_plugin::jira
