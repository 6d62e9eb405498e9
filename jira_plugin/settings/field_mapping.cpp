#include "handlers.hpp"

#include "mapping/settings_json.hpp"

#include <algorithm>

namespace jira_plugin::settings {
namespace {

using Poco::JSON::Object;

/// project empty: the organisation's.
Response show(Context& context, const std::string& project) {
    auto& mappings = context.parts.mappings;
    Object::Ptr json = new Object;
    json->set("own", mapping::toJson(mappings.fieldsOwn(context.organisation(), project)));
    json->set("effective", mapping::toJson(mappings.fields(context.organisation(), project)));
    json->set("inherited", mapping::toJson(project.empty() ? mapping::FieldMapping{}
                                                           : mappings.fields(context.organisation(), "")));
    return jsonResponse(200, json);
}

Response save(Context& context, const std::string& project, const mapping::FieldSettings& settings) {
    context.parts.mappings.saveFields(context.organisation(), project, settings, context.who.user,
                                      context.parts.host.clock.nowMs());
    context.audit("jira.field_mapping.saved", project.empty() ? context.organisation() : project,
                  mapping::toJson(settings));
    context.parts.pushes.mappingChanged(context.organisation(), project);
    return show(context, project);
}

void checkPriorities(const mapping::FieldSettings& settings, const mapping::ProjectMapping& mapping,
                     const jira::CreateScreen& screen, std::vector<FieldProblem>& problems) {
    const auto field = screen.find("priority");
    if (field == screen.end())
        return; // the mapping's own check warns of that
    const auto& allowed = field->second.allowedValues;
    for (int i = host::severityCount - 1; i >= 0; --i) {
        const auto& id = settings.priorityIds[static_cast<std::size_t>(i)];
        const bool isKnown =
            !id || id->empty() ||
            std::any_of(allowed.begin(), allowed.end(), [&](const auto& value) { return value.id == *id; });
        const std::string severity = host::toString(static_cast<host::Severity>(i));
        if (!isKnown)
            problems.push_back(
                {"priorities." + severity,
                 "The Jira project " + mapping.jiraProjectKey + " has no priority with the id '" + *id + "'.",
                 "Choose one of the project's priorities, or null to have it chosen by name."});
    }
}

/// Holds a project's settings against its Jira project, where it has one. The organisation's settings are for
/// many Jira projects; what does not fit one of them is left out at the push, with a note.
void checkAgainstJira(Context& context, const host::Project& project,
                      const mapping::FieldSettings& settings) {
    const bool hasPriority = std::any_of(settings.priorityIds.begin(), settings.priorityIds.end(),
                                         [](const auto& id) { return id && !id->empty(); });
    const bool hasAssignee = settings.assignee && !settings.assignee->accountId.empty();
    const auto mapping = context.parts.mappings.project(context.organisation(), project.id);
    if (!mapping || (!hasPriority && !hasAssignee))
        return;
    const auto client = context.client();
    std::vector<FieldProblem> problems;
    if (hasPriority)
        checkPriorities(settings, *mapping,
                        *context.parts.metadata.createScreen(context.organisation(), *client,
                                                             mapping->jiraProjectId, mapping->issueTypeId),
                        problems);
    if (hasAssignee && !client->assignableUser(mapping->jiraProjectKey, settings.assignee->accountId))
        problems.push_back({"assignee",
                            "This account cannot be assigned issues in " + mapping->jiraProjectKey + ".",
                            "Choose somebody whom the search for assignable people finds."});
    if (!problems.empty())
        throw ApiProblem::invalid(problems);
}

} // namespace

Response showOrganisationFields(Context& context) {
    return show(context, "");
}

Response saveOrganisationFields(Context& context) {
    return save(context, "", mapping::readFieldSettings(context.body()));
}

Response showProjectFields(Context& context) {
    return show(context, context.project().id);
}

Response saveProjectFields(Context& context) {
    const auto project = context.project();
    context.requireEdit(project);
    const auto settings = mapping::readFieldSettings(context.body());
    checkAgainstJira(context, project, settings);
    return save(context, project.id, settings);
}

Response removeProjectFields(Context& context) {
    const auto project = context.project();
    context.requireEdit(project);
    if (context.parts.mappings.removeFields(context.organisation(), project.id)) {
        context.audit("jira.field_mapping.removed", project.id);
        context.parts.pushes.mappingChanged(context.organisation(), project.id);
    }
    return {204, {{"Cache-Control", "no-store"}}, ""};
}

} // namespace jira_plugin::settings
