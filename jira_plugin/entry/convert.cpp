#include "convert.hpp"

namespace jira_plugin::entry {

namespace {

// A host of a later minor may know more severities and statuses than this plugin.
host::Severity toSeverity(aspm_severity severity) {
    return severity >= ASPM_SEVERITY_INFO && severity <= ASPM_SEVERITY_CRITICAL
               ? static_cast<host::Severity>(severity)
               : host::Severity::Medium;
}

host::FindingStatus toStatus(aspm_finding_status status) {
    return status >= ASPM_FINDING_OPEN && status <= ASPM_FINDING_AWAITING_SCAN
               ? static_cast<host::FindingStatus>(status)
               : host::FindingStatus::Open;
}

} // namespace

host::Finding toFinding(const aspm::FindingData& data) {
    host::Finding finding;
    finding.organisation = data.organisation;
    finding.project = data.project;
    finding.projectKey = data.projectKey;
    finding.id = data.id;
    finding.title = data.title;
    finding.description = data.description;
    finding.scanner = data.scanner;
    finding.ruleId = data.ruleId;
    finding.ruleName = data.ruleName;
    finding.ruleHelp = data.ruleHelp;
    finding.ruleHelpUrl = data.ruleHelpUrl;
    finding.cwe = data.cwe;
    finding.filePath = data.filePath;
    finding.snippet = data.snippet;
    finding.url = data.url;
    finding.labels = data.labels;
    finding.severity = toSeverity(data.severity);
    finding.status = toStatus(data.status);
    finding.dueDate = data.dueDate;
    finding.line = data.line;
    finding.firstSeenMs = data.firstSeenMs;
    finding.revision = data.revision;
    return finding;
}

host::FindingChange toChange(const aspm::FindingChange& data) {
    host::FindingChange change;
    change.finding = toFinding(data.finding);
    change.statusChanged = data.has(ASPM_CHANGED_STATUS);
    change.severityChanged = data.has(ASPM_CHANGED_SEVERITY);
    change.dueDateChanged = data.has(ASPM_CHANGED_DUE_DATE);
    change.textChanged = data.has(ASPM_CHANGED_TEXT);
    change.deleted = data.has(ASPM_CHANGED_DELETED);
    change.oldStatus = toStatus(data.oldStatus);
    change.oldSeverity = toSeverity(data.oldSeverity);
    change.oldDueDate = data.oldDueDate;
    change.event = data.event;
    change.actor = data.actor;
    change.actorName = data.actorName;
    change.reason = data.reason;
    change.occurredAtMs = data.occurredAtMs;
    return change;
}

aspm::TicketRef toTicket(const host::TicketRef& ticket) {
    return {ticket.system,   ticket.id,       ticket.key,     ticket.url,   ticket.status,
            ticket.priority, ticket.assignee, ticket.dueDate, ticket.labels};
}

host::Member toMember(const aspm::Member& member) {
    return {member.user, member.name, member.email};
}

host::Project toProject(const aspm::Project& project) {
    return {project.id, project.key, project.name};
}

} // namespace jira_plugin::entry
