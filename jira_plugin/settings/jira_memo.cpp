#include "jira_memo.hpp"

#include "jira_reference.hpp"

#include <algorithm>

namespace jira_plugin::settings {
namespace {

template <class Key, class Value, class Ask>
const Value& remembered(std::map<Key, Value>& known, const Key& key, const Ask& ask) {
    auto found = known.find(key);
    if (found == known.end())
        found = known.emplace(key, ask()).first;
    return found->second;
}

} // namespace

const std::optional<jira::ProjectRef>& JiraMemo::project(const std::string& idOrKey) {
    const auto& found = remembered(_projects, idOrKey, [&] { return findJiraProject(_client, idOrKey); });
    if (found) {
        _projects.emplace(found->id, found);
        _projects.emplace(found->key, found);
    }
    return found;
}

bool JiraMemo::mayCreateIn(const std::string& projectKey) {
    return remembered(_mayCreate, projectKey, [&] {
        const auto permissions = _client.permissions(projectKey, {"CREATE_ISSUES"});
        return std::any_of(permissions.begin(), permissions.end(), [](const auto& permission) {
            return permission.key == "CREATE_ISSUES" && permission.have;
        });
    });
}

const std::vector<jira::IssueType>& JiraMemo::issueTypes(const std::string& projectId) {
    return remembered(_types, projectId, [&] { return _client.issueTypes(projectId); });
}

const jira::CreateScreen& JiraMemo::createScreen(const std::string& projectId,
                                                 const std::string& issueTypeId) {
    return remembered(_screens, Pair(projectId, issueTypeId),
                      [&] { return _client.createScreen(projectId, issueTypeId); });
}

const std::optional<jira::User>& JiraMemo::assignable(const std::string& projectKey,
                                                      const std::string& accountId) {
    return remembered(_people, Pair(projectKey, accountId),
                      [&] { return _client.assignableUser(projectKey, accountId); });
}

} // namespace jira_plugin::settings
