#include "project_checks.hpp"

#include "judge_project.hpp"

namespace jira_plugin::diagnosis {

template <class Value, class Ask> const Value& ProjectChecks::once(Answer<Value>& answer, Ask&& ask) {
    if (answer.error)
        std::rethrow_exception(answer.error);
    if (!answer.value) {
        try {
            answer.value = ask();
        } catch (...) {
            answer.error = std::current_exception();
            throw;
        }
    }
    return *answer.value;
}

const jira::CreateScreen& ProjectChecks::screen(const mapping::ProjectMapping& mapping) {
    return once(_screens[mapping.issueTypeId],
                [&] { return _client.createScreen(_projectId, mapping.issueTypeId); });
}

Judgement ProjectChecks::metadata(const mapping::ProjectMapping& mapping) {
    const auto& types = once(_types, [&] { return _client.issueTypes(_projectId); });
    Judgement judgement = judgeIssueType(mapping, types);
    return judgement.state == CheckState::Ok ? judgeScreen(mapping, screen(mapping)) : judgement;
}

Judgement ProjectChecks::priorities(const mapping::ProjectMapping& mapping) {
    return judgePriorities(mapping, _mappings.fields(_organisation, mapping.project), screen(mapping));
}

Judgement ProjectChecks::run(const std::string& id, const mapping::ProjectMapping& mapping) {
    if (id == "permissions")
        return judgePermissions(mapping, once(_permissions, [&] {
                                    return _client.permissions(mapping.jiraProjectKey, neededPermissions());
                                }));
    if (id == "create_metadata")
        return metadata(mapping);
    if (id == "priorities")
        return priorities(mapping);
    return judgeWorkflow(mapping, once(_statuses, [&] { return _client.workflowStatuses(_projectId); }));
}

} // namespace jira_plugin::diagnosis
