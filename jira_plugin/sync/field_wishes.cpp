#include "field_wishes.hpp"

#include "push/assignee_resolver.hpp"
#include "push/dedupe_label.hpp"

#include <algorithm>
#include <tuple>

namespace jira_plugin::sync {
namespace {

std::optional<FieldValue> wantedAssignee(OutwardParts& parts, jira::Client& client,
                                         const jira::IssueState& now, const host::Finding& finding,
                                         const mapping::FieldMapping& fields) {
    auto project = parts.push.mappings.project(finding.organisation, finding.project);
    if (!project)
        return std::nullopt;
    project->jiraProjectKey = now.projectKey; // where the ticket is now
    const auto resolved = push::resolveAssignee(finding, *project, fields, parts.push.host.ownership,
                                                parts.push.metadata, client);
    return resolved.accountId ? std::optional<FieldValue>({*resolved.accountId, resolved.name})
                              : std::nullopt;
}

} // namespace

bool isLeading(OutwardParts& parts, const IssueId& issue, const std::string& finding) {
    const auto links = parts.push.links.findByIssue(issue.organisation, issue.system, issue.id);
    const auto first = std::min_element(links.begin(), links.end(), [](const auto& one, const auto& other) {
        return std::tie(one.createdAtMs, one.finding) < std::tie(other.createdAtMs, other.finding);
    });
    return first != links.end() && first->finding == finding;
}

std::optional<host::Finding> baselineOf(const host::Finding& finding, const std::string& oldValue) {
    if (oldValue.empty())
        return std::nullopt;
    host::Finding before = finding;
    const auto blank = oldValue.find(' ');
    before.severity = host::severityFromString(oldValue.substr(0, blank));
    before.dueDate = blank == std::string::npos ? "" : oldValue.substr(blank + 1);
    return before;
}

FieldPlan planFor(OutwardParts& parts, jira::Client& client, const IssueId& issue,
                  const jira::IssueState& now, const host::Finding& finding,
                  const std::optional<host::Finding>& before) {
    const SyncSettings settings = parts.settings.of(issue.organisation, finding.project);
    const mapping::FieldMapping fields = parts.push.mappings.fields(issue.organisation, finding.project);
    const auto screen =
        parts.push.metadata.createScreen(issue.organisation, client, now.projectId, now.issueTypeId);
    const std::string label =
        push::dedupeLabel(parts.push.installationMarker, issue.organisation, finding.id);
    WantedFields wanted = wantedFields(finding, fields, *screen, label);
    if (settings.owner(OwnedField::Assignee) != Ownership::SetOnce)
        wanted.assignee = wantedAssignee(parts, client, now, finding, fields);
    std::optional<WantedFields> wantedBefore;
    if (before)
        wantedBefore = wantedFields(*before, fields, *screen, label);
    return planFields(settings, parts.fields.find(issue.organisation, issue.system, issue.id), wanted,
                      wantedBefore, now, label);
}

} // namespace jira_plugin::sync
