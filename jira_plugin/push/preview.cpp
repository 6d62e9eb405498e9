#include "push_service.hpp"

#include "dedupe_label.hpp"
#include "jira/errors.hpp"
#include "mapping/draft_builder.hpp"

namespace jira_plugin::push {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string or_(const std::string& text, const char* otherwise) {
    return text.empty() ? otherwise : text;
}

void describe(Preview& preview, const Rendered& rendered) {
    const auto& project = rendered.project;
    preview.fields = {
        {"Project", project.jiraProjectName + " (" + project.jiraProjectKey + ")"},
        {"Issue type", project.issueTypeName},
        {"Summary", rendered.draft.summary},
        {"Priority", or_(rendered.shown.priority, "as Jira sets it")},
        {"Labels", or_(joined(rendered.draft.labels), "none")},
        {"Assignee", or_(rendered.shown.assignee, "as Jira sets it")},
        {"Due date", or_(rendered.shown.dueDate, "none")},
    };
    for (const Note& note : rendered.notes)
        preview.problems.push_back({note.text, ""});
}

} // namespace

Preview PushService::preview(const host::Finding& finding) {
    Preview preview;
    try {
        const auto client = _parts.connections.client(finding.organisation);
        const std::string label = dedupeLabel(_parts.installationMarker, finding.organisation, finding.id);
        Rendered rendered = _parts.renderer.render(finding, label, {}, _parts.mappings, *client);
        describe(preview, rendered);
        preview.body = client->renderCreate(rendered.draft);
        preview.draft = std::move(rendered.draft);
    } catch (const mapping::MappingProblem& problem) {
        preview.problems.push_back({problem.what(), problem.remedy()});
    } catch (const jira::Error& problem) {
        preview.problems.push_back({problem.what(), problem.remedy()});
    }
    return preview;
}

} // namespace jira_plugin::push
