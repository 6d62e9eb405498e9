#include "judge_project.hpp"

#include "mapping/extra_fields.hpp"

#include <algorithm>
#include <array>

namespace jira_plugin::diagnosis {
namespace {

using mapping::FieldMapping;
using mapping::ProjectMapping;

struct Needed {
    const char* key;
    const char* name;
    const char* consequence; ///< null: no ticket can be created without it
};
constexpr std::array<Needed, 7> permissionsNeeded{
    {{"BROWSE_PROJECTS", "Browse Projects", nullptr},
     {"CREATE_ISSUES", "Create Issues", nullptr},
     {"EDIT_ISSUES", "Edit Issues", "tickets cannot be updated"},
     {"ASSIGN_ISSUES", "Assign Issues", "tickets have no assignee"},
     {"ADD_COMMENTS", "Add Comments", "comments cannot be added"},
     {"TRANSITION_ISSUES", "Transition Issues", "tickets cannot be moved"},
     {"DELETE_ISSUES", "Delete Issues", "test tickets cannot be deleted from here"}}};

std::string where(const ProjectMapping& mapping) {
    return mapping.jiraProjectKey + " " + mapping.issueTypeName;
}

void append(std::string& list, const std::string& item) {
    list += (list.empty() ? "" : ", ") + item;
}

Judgement problem(CheckState state, const std::string& evidence, const std::string& cause,
                  const std::string& remedy) {
    return {state, evidence, cause, remedy, std::nullopt};
}

Judgement drift(const std::string& evidence, const std::string& cause, const std::string& remedy) {
    return {CheckState::Failed, evidence, cause, remedy, Fix{rereadMetadata, "Read it from Jira again"}};
}

} // namespace

const std::vector<std::string>& neededPermissions() {
    static const std::vector<std::string> keys = [] {
        std::vector<std::string> all;
        all.reserve(std::size(permissionsNeeded));
        for (const auto& each : permissionsNeeded)
            all.emplace_back(each.key);
        return all;
    }();
    return keys;
}

Judgement judgePermissions(const ProjectMapping& mapping, const std::vector<jira::Permission>& permissions) {
    const auto has = [&](const char* key) {
        return std::any_of(permissions.begin(), permissions.end(),
                           [&](const auto& each) { return each.have && each.key == key; });
    };
    std::string granted, vital, useful, consequences;
    for (const auto& each : permissionsNeeded) {
        if (has(each.key))
            append(granted, each.name);
        else if (!each.consequence)
            append(vital, each.name);
        else {
            append(useful, each.name);
            append(consequences, each.consequence);
        }
    }
    const std::string evidence =
        "In " + mapping.jiraProjectKey + ": " + (granted.empty() ? "none" : granted) + ".";
    const std::string missing = vital.empty() ? useful : vital;
    if (missing.empty())
        return ok(evidence);
    return problem(vital.empty() ? CheckState::Warning : CheckState::Failed, evidence,
                   "The connected account lacks " + missing + " in " + mapping.jiraProjectKey + ", so " +
                       (vital.empty() ? consequences : "no ticket can be created") + ".",
                   "Ask a Jira admin to give it that permission in " + mapping.jiraProjectKey +
                       ", or connect with an account that has it.");
}

Judgement judgeIssueType(const ProjectMapping& mapping, const std::vector<jira::IssueType>& types) {
    std::string names;
    for (const auto& type : types)
        if (!type.subtask)
            append(names, type.name);
    const std::string evidence = mapping.jiraProjectKey + " offers " + (names.empty() ? "none" : names) + ".";
    const auto found = std::find_if(types.begin(), types.end(),
                                    [&](const auto& type) { return type.id == mapping.issueTypeId; });
    if (found == types.end())
        return drift(evidence,
                     mapping.jiraProjectKey + " has no issue type '" + mapping.issueTypeName + "' any more.",
                     "Choose another issue type for " + mapping.projectKey + " in Project mapping.");
    if (found->subtask)
        return drift(evidence, "'" + found->name + "' has become a sub-task, which needs a parent issue.",
                     "Choose an issue type that stands alone in Project mapping.");
    return ok(evidence);
}

Judgement judgeScreen(const ProjectMapping& mapping, const jira::CreateScreen& screen) {
    const std::string evidence = where(mapping) + ": " +
                                 countText(static_cast<std::int64_t>(screen.size()), "field") +
                                 " on the create screen.";
    std::string required, unfit, gone;
    for (const auto& [id, field] : screen)
        if (mapping::needsValue(field) && mapping.extraFields.count(id) == 0)
            append(required, "'" + field.name + "'");
    for (const auto& [id, value] : mapping.extraFields) {
        const auto field = screen.find(id);
        if (field == screen.end()) {
            append(gone, "'" + id + "'");
            continue;
        }
        try {
            mapping::normaliseFieldValue(field->second, value);
        } catch (const std::exception& e) {
            append(unfit, "'" + field->second.name + "' (" + e.what() + ")");
        }
    }
    if (!required.empty())
        return drift(evidence,
                     where(mapping) + " requires " + required + ", and the mapping has no value for it.",
                     "Enter a value in the project mapping of " + mapping.projectKey +
                         ", or have the field made optional in Jira.");
    if (!unfit.empty())
        return drift(evidence, "Jira no longer takes the value that the mapping has for " + unfit + ".",
                     "Enter another value in the project mapping of " + mapping.projectKey + ".");
    if (!gone.empty())
        return problem(CheckState::Warning, evidence,
                       "The mapping has a value for " + gone + ", which is not on the create screen of " +
                           where(mapping) + " any more; it is left out.",
                       "Remove it from the project mapping, or have the field put on the screen again.");
    return ok(evidence);
}

Judgement judgePriorities(const ProjectMapping& mapping, const FieldMapping& fields,
                          const jira::CreateScreen& screen) {
    const auto field = screen.find("priority");
    if (field == screen.end())
        return problem(CheckState::Warning,
                       "No field Priority on the create screen of " + where(mapping) + ".",
                       "Severities do not show as priorities in " + where(mapping) + ".",
                       "Ask your Jira admin to put the field Priority on the create screen.");
    std::string names;
    for (const auto& value : field->second.allowedValues)
        append(names, value.name);
    const std::string evidence = mapping.jiraProjectKey + " has " + (names.empty() ? "none" : names) + ".";
    if (names.empty())
        return problem(CheckState::Warning, evidence, mapping.jiraProjectKey + " allows no priority.",
                       "Ask your Jira admin to give the project a priority scheme.");
    std::string unknown;
    for (int i = host::severityCount - 1; i >= 0; --i) {
        const std::string& id = fields.priorityIds[static_cast<std::size_t>(i)];
        const auto& allowed = field->second.allowedValues;
        if (!id.empty() &&
            std::none_of(allowed.begin(), allowed.end(), [&](const auto& value) { return value.id == id; }))
            append(unknown, host::toString(static_cast<host::Severity>(i)));
    }
    if (unknown.empty())
        return ok(evidence);
    return problem(CheckState::Warning, evidence,
                   "The priority chosen for " + unknown + " is not one of " + mapping.jiraProjectKey +
                       "'s any more; one is chosen by name instead.",
                   "Choose one of the project's priorities in Field mapping.");
}

Judgement judgeWorkflow(const ProjectMapping& mapping, const std::vector<jira::TypeStatuses>& types) {
    const auto found = std::find_if(types.begin(), types.end(), [&](const auto& type) {
        return type.issueTypeId == mapping.issueTypeId;
    });
    std::string names;
    bool hasStart = false;
    if (found != types.end())
        for (const auto& status : found->statuses) {
            append(names, status.name);
            hasStart = hasStart || status.category == "new";
        }
    const std::string evidence = where(mapping) + ": " + (names.empty() ? "no status" : names) + ".";
    if (hasStart)
        return ok(evidence);
    return problem(
        names.empty() ? CheckState::Failed : CheckState::Warning, evidence,
        names.empty() ? "Jira names no status that a " + where(mapping) + " can have."
                      : "The workflow of " + where(mapping) +
                            " has no status of the kind To Do, so new tickets may not show on the board.",
        "Check in Jira that the project's workflow allows the default status, and that the board shows "
        "it.");
}

} // namespace jira_plugin::diagnosis
