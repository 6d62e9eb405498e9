#include "convert.hpp"

namespace jira_plugin::entry {

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
    // A host of a later minor may know more severities and statuses than this plugin.
    finding.severity = data.severity >= ASPM_SEVERITY_INFO && data.severity <= ASPM_SEVERITY_CRITICAL
                           ? static_cast<host::Severity>(data.severity)
                           : host::Severity::Medium;
    finding.status = data.status >= ASPM_FINDING_OPEN && data.status <= ASPM_FINDING_AWAITING_SCAN
                         ? static_cast<host::FindingStatus>(data.status)
                         : host::FindingStatus::Open;
    finding.dueDate = data.dueDate;
    finding.line = data.line;
    finding.firstSeenMs = data.firstSeenMs;
    finding.revision = data.revision;
    return finding;
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
