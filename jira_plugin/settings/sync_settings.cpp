#include "handlers.hpp"

#include "sync/settings_store.hpp"

#include <algorithm>

namespace jira_plugin::settings {
namespace {

using Poco::JSON::Object;

/// project empty: the organisation's.
Response show(Context& context, const std::string& project) {
    auto& stored = context.parts.syncSettings;
    Object::Ptr json = new Object;
    json->set("own", sync::toJson(stored.own(context.organisation(), project)));
    json->set("effective", sync::toJson(stored.of(context.organisation(), project)));
    json->set("inherited",
              sync::toJson(project.empty() ? sync::SyncSettings{} : stored.of(context.organisation(), "")));
    return jsonResponse(200, json);
}

Response save(Context& context, const std::string& project, const sync::SyncOverrides& settings) {
    context.parts.syncSettings.save(context.organisation(), project, settings, context.who.user,
                                    context.parts.host.clock.nowMs());
    context.audit("jira.sync_settings.saved", project.empty() ? context.organisation() : project,
                  sync::toJson(settings));
    return show(context, project);
}

bool namesStatus(const std::optional<sync::Target>& target) {
    return target && !target->statusId.empty();
}

/// A status is one of a project's workflow; the organisation has many of them.
void refuseStatuses(const sync::SyncOverrides& settings) {
    std::vector<FieldProblem> problems;
    for (const auto& [name, target] :
         {std::pair("closed", &settings.closed), {"reopened", &settings.reopened}})
        if (namesStatus(*target))
            problems.push_back({std::string(name) + ".status",
                                "A status is chosen for a project, since each has a workflow of its own.",
                                "Send null here, and choose the status in the project's settings."});
    if (!problems.empty())
        throw ApiProblem::invalid(problems, "invalid_settings");
}

void checkStatus(const char* name, const std::optional<sync::Target>& target, bool done,
                 const mapping::ProjectMapping& mapping, const std::vector<jira::WorkflowStatus>& statuses,
                 std::vector<FieldProblem>& problems) {
    if (!namesStatus(target))
        return;
    const std::string field = std::string(name) + ".status";
    const auto found = std::find_if(statuses.begin(), statuses.end(),
                                    [&](const auto& status) { return status.id == target->statusId; });
    if (found == statuses.end())
        problems.push_back({field,
                            mapping.issueTypeName + " in " + mapping.jiraProjectKey +
                                " has no status with the id '" + target->statusId + "'.",
                            "Choose one of the statuses of its workflow."});
    else if ((found->category == "done") != done)
        problems.push_back(
            {field,
             "'" + found->name + "' " +
                 (done ? "is not a status of finished work." : "is a status of finished work."),
             done ? "Choose a status that Jira shows in green."
                  : "Choose a status that Jira does not show in green."});
}

/// Holds the statuses against the workflow of the Jira project, where there are any.
void checkAgainstJira(Context& context, const host::Project& project, const sync::SyncOverrides& settings) {
    if (!namesStatus(settings.closed) && !namesStatus(settings.reopened))
        return;
    const auto mapping = context.parts.mappings.project(context.organisation(), project.id);
    const auto client = context.client();
    if (!mapping || mapping->isOfAnother(client->system()))
        throw ApiProblem(422, "not_mapped",
                         "The project " + project.key + " is not mapped to a Jira project.",
                         "Map it first; a status belongs to the workflow of its Jira project.",
                         namesStatus(settings.closed) ? "closed.status" : "reopened.status");
    std::vector<jira::WorkflowStatus> statuses;
    for (const auto& type : client->workflowStatuses(mapping->jiraProjectId))
        if (type.issueTypeId == mapping->issueTypeId)
            statuses = type.statuses;
    std::vector<FieldProblem> problems;
    checkStatus("closed", settings.closed, true, *mapping, statuses, problems);
    checkStatus("reopened", settings.reopened, false, *mapping, statuses, problems);
    if (!problems.empty())
        throw ApiProblem::invalid(problems, "invalid_settings");
}

} // namespace

Response showOrganisationSync(Context& context) {
    return show(context, "");
}

Response saveOrganisationSync(Context& context) {
    const auto settings = sync::readSyncOverrides(context.body());
    refuseStatuses(settings);
    return save(context, "", settings);
}

Response showProjectSync(Context& context) {
    return show(context, context.project().id);
}

Response saveProjectSync(Context& context) {
    const auto project = context.project();
    context.requireEdit(project);
    const auto settings = sync::readSyncOverrides(context.body());
    checkAgainstJira(context, project, settings);
    return save(context, project.id, settings);
}

Response removeProjectSync(Context& context) {
    const auto project = context.project();
    context.requireEdit(project);
    if (context.parts.syncSettings.remove(context.organisation(), project.id))
        context.audit("jira.sync_settings.removed", project.id);
    return {204, {{"Cache-Control", "no-store"}}, ""};
}

} // namespace jira_plugin::settings
