#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "world/issue_store.hpp"
#include "world/model.hpp"

namespace jira_sim {

/// One Jira Cloud site. Look-ups return null for what does not exist. Guarded by the world's mutex.
struct Site {
    std::string cloudId, name, url;
    std::vector<Priority> priorities;
    std::vector<Status> statuses;
    std::vector<Resolution> resolutions;
    std::vector<Field> fields;
    std::vector<std::unique_ptr<Project>> projects;
    IssueStore issues;
    std::int64_t nextIssueId = 10000;
    std::int64_t nextCommentId = 10000;
    std::int64_t nextChangeId = 10100;
    std::int64_t nextLinkId = 10000;
    std::map<std::string, std::int64_t> issueOfComment; ///< issue ids by comment id

    Project* project(std::int64_t id) const;
    /// By id or key; keys in any case, as Jira does for reads.
    Project* project(const std::string& idOrKey) const;
    const Priority* priority(const std::string& id) const;
    const Priority* priorityByName(const std::string& wanted) const;
    const Status* status(const std::string& id) const;
    const Resolution* resolution(const std::string& id) const;
    const Field* field(const std::string& id) const;
};

const IssueType* issueType(const Project& project, const std::string& id);
const IssueType* issueTypeByName(const Project& project, const std::string& name);
const ScreenField* screenField(const IssueType& type, const std::string& fieldId);
bool isAssignable(const Project& project, const std::string& accountId);
/// The permission keys this simulator knows, with their display names.
struct PermissionInfo {
    const char* key;
    const char* name;
    bool global;
};
const std::vector<PermissionInfo>& knownPermissions();
/// Whether a person may do something, in a project or (project null) anywhere.
bool may(const User& user, const std::string& permission, const Project* project);
/// Comments for the role Administrators or a group of administrators are for these alone; other roles and
/// groups hold everybody.
bool mayRead(const User& user, const Comment& comment);

} // namespace jira_sim
