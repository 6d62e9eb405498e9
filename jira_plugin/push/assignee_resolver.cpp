#include "assignee_resolver.hpp"

#include "mapping/assignee.hpp"
#include "metadata_cache.hpp"

namespace jira_plugin::push {
namespace {

using mapping::AssigneeChoice;

AssigneeChoice choose(const host::Finding& finding, const mapping::ProjectMapping& project,
                      const mapping::FieldMapping& fields, host::Ownership& ownership) {
    const AssigneeChoice configured = mapping::chooseAssignee(fields, project, std::nullopt);
    if (configured.source != AssigneeChoice::Source::None)
        return configured;
    return mapping::chooseAssignee(fields, project, ownership.owner(finding.organisation, finding.id));
}

const char* whoSaysSo(AssigneeChoice::Source source) {
    switch (source) {
    case AssigneeChoice::Source::Override:
        return "the field mapping's override";
    case AssigneeChoice::Source::ProjectDefault:
        return "the project mapping's default assignee";
    default:
        return "the owner by ownership policy";
    }
}

std::string describe(const AssigneeChoice& choice) {
    for (const std::string& text : {choice.memberName, choice.memberEmail, choice.accountId})
        if (!text.empty())
            return text;
    return "nobody known";
}

} // namespace

ResolvedAssignee resolveAssignee(const host::Finding& finding, const mapping::ProjectMapping& project,
                                 const mapping::FieldMapping& fields, host::Ownership& ownership,
                                 MetadataCache& metadata, jira::Client& client) {
    const AssigneeChoice choice = choose(finding, project, fields, ownership);
    if (choice.source == AssigneeChoice::Source::None)
        return {};
    const auto user =
        choice.accountId.empty()
            ? metadata.assignableMember(finding.organisation, client, project.jiraProjectKey,
                                        choice.memberEmail, choice.memberName)
            : metadata.assignable(finding.organisation, client, project.jiraProjectKey, choice.accountId);
    if (user)
        return {user->accountId, user->displayName, ""};
    const std::string found = choice.accountId.empty()
                                  ? " is not one person among those whom Jira lets be assigned in "
                                  : " cannot be assigned in ";
    return {std::nullopt, "",
            "The ticket has no assignee: " + describe(choice) + " (" + whoSaysSo(choice.source) + ")" +
                found + project.jiraProjectKey + "."};
}

} // namespace jira_plugin::push
