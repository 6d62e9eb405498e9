#include "sample_finding.hpp"

namespace jira_plugin::trial {

host::Finding sampleFinding(const std::string& organisation, const host::Project& project,
                            const std::string& id, const std::string& pageUrl, std::int64_t nowMs) {
    host::Finding finding;
    finding.organisation = organisation;
    finding.project = project.id;
    finding.projectKey = project.key;
    finding.id = id;
    finding.title = "Test ticket from Mayo ASPM for " + project.key;
    finding.description =
        "This ticket tests the connection. It stands for no real finding: delete it, or leave "
        "it.\n\nReal tickets look like this one, with the text of their finding.";
    finding.scanner = "Mayo ASPM";
    finding.ruleId = "TEST-1";
    finding.ruleName = "Test of the Jira integration";
    finding.ruleHelp =
        "Check that this ticket:\n\n- is on the **board** where you expect it\n- has the right "
        "priority, labels and assignee\n- shows the `code` below as code";
    finding.cwe = "CWE-120";
    finding.filePath = "src/example.c";
    finding.line = 7;
    finding.snippet = "strcpy(name, input);\n";
    finding.url = pageUrl;
    finding.labels = {testLabel};
    finding.severity = host::Severity::High;
    finding.firstSeenMs = nowMs;
    return finding;
}

} // namespace jira_plugin::trial
