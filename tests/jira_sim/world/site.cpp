#include "world/site.hpp"

#include "http/json.hpp"

#include <algorithm>

#include <Poco/String.h>

namespace jira_sim {

namespace {

template <typename List, typename Test> auto findIn(List& list, Test test) -> decltype(&*list.begin()) {
    const auto found = std::find_if(list.begin(), list.end(), test);
    return found == list.end() ? nullptr : &*found;
}

template <typename List> auto findById(List& list, const std::string& id) {
    return findIn(list, [&](const auto& item) { return item.id == id; });
}

} // namespace

Project* Site::project(std::int64_t id) const {
    for (const auto& candidate : projects)
        if (candidate->id == id)
            return candidate.get();
    return nullptr;
}

Project* Site::project(const std::string& idOrKey) const {
    for (const auto& candidate : projects)
        if (Poco::icompare(candidate->key, idOrKey) == 0 || std::to_string(candidate->id) == idOrKey)
            return candidate.get();
    return nullptr;
}

const Priority* Site::priority(const std::string& id) const {
    return findById(priorities, id);
}
const Status* Site::status(const std::string& id) const {
    return findById(statuses, id);
}
const Resolution* Site::resolution(const std::string& id) const {
    return findById(resolutions, id);
}
const Field* Site::field(const std::string& id) const {
    return findById(fields, id);
}

const Priority* Site::priorityByName(const std::string& wanted) const {
    return findIn(priorities, [&](const Priority& item) { return Poco::icompare(item.name, wanted) == 0; });
}

const IssueType* issueType(const Project& project, const std::string& id) {
    return findById(project.issueTypes, id);
}

const IssueType* issueTypeByName(const Project& project, const std::string& name) {
    return findIn(project.issueTypes,
                  [&](const IssueType& item) { return Poco::icompare(item.name, name) == 0; });
}

const ScreenField* screenField(const IssueType& type, const std::string& fieldId) {
    return findIn(type.screen, [&](const ScreenField& item) { return item.fieldId == fieldId; });
}

bool isAssignable(const Project& project, const std::string& accountId) {
    return std::find(project.assignable.begin(), project.assignable.end(), accountId) !=
           project.assignable.end();
}

const std::vector<PermissionInfo>& knownPermissions() {
    static const std::vector<PermissionInfo> list = {
        {"ADMINISTER", "Administer Jira", true},
        {"SYSTEM_ADMIN", "System administrators", true},
        {"CREATE_PROJECT", "Create projects", true},
        {"BULK_CHANGE", "Make bulk changes", true},
        {"USER_PICKER", "Browse users and groups", true},
        {"ADMINISTER_PROJECTS", "Administer Projects", false},
        {"BROWSE_PROJECTS", "Browse Projects", false},
        {"CREATE_ISSUES", "Create Issues", false},
        {"EDIT_ISSUES", "Edit Issues", false},
        {"DELETE_ISSUES", "Delete Issues", false},
        {"MOVE_ISSUES", "Move Issues", false},
        {"TRANSITION_ISSUES", "Transition Issues", false},
        {"RESOLVE_ISSUES", "Resolve Issues", false},
        {"CLOSE_ISSUES", "Close Issues", false},
        {"ADD_COMMENTS", "Add Comments", false},
        {"EDIT_ALL_COMMENTS", "Edit All Comments", false},
        {"EDIT_OWN_COMMENTS", "Edit Own Comments", false},
        {"DELETE_ALL_COMMENTS", "Delete All Comments", false},
        {"DELETE_OWN_COMMENTS", "Delete Own Comments", false},
        {"LINK_ISSUES", "Link Issues", false},
        {"ASSIGN_ISSUES", "Assign Issues", false},
        {"ASSIGNABLE_USER", "Assignable User", false},
        {"SCHEDULE_ISSUES", "Schedule Issues", false},
        {"MODIFY_REPORTER", "Modify Reporter", false},
        {"SET_ISSUE_SECURITY", "Set Issue Security", false},
        {"CREATE_ATTACHMENTS", "Create Attachments", false},
        {"WORK_ON_ISSUES", "Work On Issues", false},
    };
    return list;
}

bool may(const User& user, const std::string& permission, const Project* project) {
    const auto& known = knownPermissions();
    const auto info =
        std::find_if(known.begin(), known.end(), [&](const auto& item) { return permission == item.key; });
    if (info == known.end() || !user.active)
        return false;
    if (permission == "SYSTEM_ADMIN")
        return user.systemAdmin; // nobody on Cloud
    if (info->global)
        return permission == "ADMINISTER" || permission == "CREATE_PROJECT" ? user.admin : true;
    if (project == nullptr)
        return true;
    if (project->denied.count({user.accountId, permission}) != 0)
        return false;
    if (project->denied.count({user.accountId, "BROWSE_PROJECTS"}) != 0)
        return false; // what cannot be seen cannot be worked on
    if (permission == "ASSIGNABLE_USER")
        return isAssignable(*project, user.accountId);
    if (permission == "ADMINISTER_PROJECTS" || permission == "MODIFY_REPORTER")
        return user.admin || project->leadAccountId == user.accountId;
    return true;
}

bool mayRead(const User& user, const Comment& comment) {
    if (comment.visibility.empty() || user.admin)
        return true;
    json::ObjectPtr visibility = json::asObject(json::parse(comment.visibility));
    const std::string name =
        json::memberString(visibility, "value", json::memberString(visibility, "identifier"));
    return name != "Administrators" && name.find("admin") == std::string::npos;
}

} // namespace jira_sim
