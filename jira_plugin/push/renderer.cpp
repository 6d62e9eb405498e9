#include "renderer.hpp"

#include "assignee_resolver.hpp"
#include "mapping/description.hpp"
#include "mapping/draft_builder.hpp"
#include "metadata_cache.hpp"

#include <memory>

namespace jira_plugin::push {

std::optional<mapping::ProjectMapping> MappingMemo::project(const std::string& organisation,
                                                            const std::string& project) {
    const auto found = _projects.find({organisation, project});
    return found != _projects.end()
               ? found->second
               : _projects[{organisation, project}] = _source.project(organisation, project);
}

mapping::FieldMapping MappingMemo::fields(const std::string& organisation, const std::string& project) {
    const auto found = _fields.find({organisation, project});
    return found != _fields.end() ? found->second
                                  : _fields[{organisation, project}] = _source.fields(organisation, project);
}

namespace {

mapping::ProjectMapping mapped(const host::Finding& finding, MappingSource& mappings,
                               const jira::Client& client) {
    auto project = mappings.project(finding.organisation, finding.project);
    if (project && project->isOfAnother(client.system()))
        throw mapping::MappingProblem("other_jira",
                                      "The mapping of " + finding.projectKey +
                                          " was made for another Jira than the one that is connected now.",
                                      "Look through it and save it under Settings > Integrations > Jira > "
                                      "Project Mapping.");
    if (project)
        return *std::move(project);
    throw mapping::MappingProblem("unmapped",
                                  "The project " + finding.projectKey + " is not mapped to a Jira project.",
                                  "Map it under Settings > Integrations > Jira > Project Mapping.");
}

std::string priorityName(const mapping::TicketDraft& draft, const jira::CreateScreen& screen) {
    const auto field = screen.find("priority");
    if (!draft.priorityId || field == screen.end())
        return {};
    for (const jira::AllowedValue& value : field->second.allowedValues)
        if (value.id == *draft.priorityId)
            return value.name;
    return {};
}

host::TicketRef shown(const mapping::TicketDraft& draft, const jira::CreateScreen& screen,
                      const std::string& assignee) {
    host::TicketRef ticket;
    ticket.priority = priorityName(draft, screen);
    ticket.assignee = draft.assigneeId ? assignee : "";
    ticket.dueDate = draft.dueDate.value_or("");
    ticket.labels = draft.labels;
    return ticket;
}

} // namespace

Rendered Renderer::render(const host::Finding& finding, const std::string& dedupeLabel,
                          const Amendments& amendments, MappingSource& mappings, jira::Client& client) const {
    Rendered rendered;
    rendered.project = mapped(finding, mappings, client);
    const mapping::FieldMapping fields = mappings.fields(finding.organisation, finding.project);
    const auto screen = _metadata.createScreen(finding.organisation, client, rendered.project.jiraProjectId,
                                               rendered.project.issueTypeId);
    ResolvedAssignee assignee;
    if (!amendments.withoutAssignee)
        assignee = resolveAssignee(finding, rendered.project, fields, _ownership, _metadata, client);

    mapping::DraftResult result =
        mapping::buildDraft({finding, rendered.project, fields, *screen, assignee.accountId, dedupeLabel});
    rendered.draft = std::move(result.draft);
    if (amendments.plainDescription && rendered.draft.description)
        rendered.draft.description = mapping::plainDescription(*rendered.draft.description);
    rendered.shown = shown(rendered.draft, *screen, assignee.name);

    rendered.notes = amendments.notes;
    if (!assignee.note.empty())
        rendered.notes.push_back({"jira.assignee", assignee.note});
    for (std::size_t i = 0; i < result.notes.size(); ++i)
        rendered.notes.push_back({"jira.draft." + std::to_string(i + 1), result.notes[i]});
    return rendered;
}

} // namespace jira_plugin::push
