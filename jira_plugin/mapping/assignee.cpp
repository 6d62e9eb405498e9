#include "assignee.hpp"

namespace jira_plugin::mapping {

AssigneeChoice chooseAssignee(const FieldMapping& fields, const ProjectMapping& project,
                              const std::optional<host::Member>& owner) {
    using Source = AssigneeChoice::Source;
    if (!fields.assigneeId.empty())
        return {Source::Override, fields.assigneeId, {}, fields.assigneeName};
    if (!project.assigneeId.empty())
        return {Source::ProjectDefault, project.assigneeId, {}, project.assigneeName};
    if (owner)
        return {Source::Ownership, {}, owner->email, owner->name};
    return {};
}

} // namespace jira_plugin::mapping
