#pragma once

#include "host/finding.hpp"
#include "jira/client.hpp"
#include "mapping/settings.hpp"

#include <string>
#include <vector>

/// A finding, a mapping and a create screen as most tests want them.
namespace samples {

inline jira_plugin::host::Finding finding() {
    jira_plugin::host::Finding finding;
    finding.organisation = "acme";
    finding.project = "p1";
    finding.projectKey = "payments-api";
    finding.id = "f-1";
    finding.title = "Possible buffer overflow in read_line";
    finding.description = "The length is not checked.\n\nIt comes from the network.";
    finding.scanner = "Flawfinder";
    finding.ruleId = "FF1014";
    finding.ruleName = "buffer/gets";
    finding.ruleHelp = "# Why\nUse `fgets` instead.";
    finding.ruleHelpUrl = "https://cwe.mitre.org/data/definitions/120.html";
    finding.cwe = "CWE-120, CWE-20";
    finding.filePath = "src/read.c";
    finding.line = 42;
    finding.snippet = "gets(line);\n";
    finding.url = "https://aspm.example/findings/f-1";
    finding.severity = jira_plugin::host::Severity::Critical;
    finding.firstSeenMs = 1767225600000; // 2026-01-01T00:00:00Z, a Thursday
    return finding;
}

inline jira_plugin::mapping::ProjectMapping project() {
    jira_plugin::mapping::ProjectMapping project;
    project.project = "p1";
    project.projectKey = "payments-api";
    project.jiraProjectId = "10000";
    project.jiraProjectKey = "PAY";
    project.jiraProjectName = "Payments";
    project.issueTypeId = "10004";
    project.issueTypeName = "Bug";
    return project;
}

inline std::vector<jira_plugin::jira::AllowedValue> priorities(const std::vector<std::string>& names) {
    std::vector<jira_plugin::jira::AllowedValue> values;
    values.reserve(names.size());
    for (const auto& name : names)
        values.push_back({std::to_string(values.size() + 1), name});
    return values;
}

inline jira_plugin::jira::FieldMeta field(const std::string& id, const std::string& type,
                                          bool required = false) {
    jira_plugin::jira::FieldMeta meta;
    meta.fieldId = id;
    meta.name = id;
    meta.type = type;
    meta.required = required;
    return meta;
}

inline void add(jira_plugin::jira::CreateScreen& screen, jira_plugin::jira::FieldMeta meta) {
    const std::string id = meta.fieldId;
    screen[id] = std::move(meta);
}

/// What most Jira projects show: all fields that we can fill.
inline jira_plugin::jira::CreateScreen screen() {
    jira_plugin::jira::CreateScreen screen;
    add(screen, field("summary", "string", true));
    add(screen, field("project", "project", true));
    add(screen, field("issuetype", "issuetype", true));
    add(screen, field("reporter", "user", true));
    add(screen, field("description", "string"));
    add(screen, field("labels", "array"));
    add(screen, field("duedate", "date"));
    add(screen, field("assignee", "user"));
    add(screen, field("priority", "priority"));
    screen["priority"].allowedValues = priorities({"Highest", "High", "Medium", "Low", "Lowest"});
    return screen;
}

} // namespace samples
