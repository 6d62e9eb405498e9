#pragma once

#include "host/finding.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::mapping {

/// Which Jira project and issue type the findings of one project become.
struct ProjectMapping {
    std::string project;    ///< id of the host's project
    std::string projectKey; ///< e.g. payments-api
    std::string jiraProjectId;
    std::string jiraProjectKey;
    std::string jiraProjectName;
    std::string issueTypeId;
    std::string issueTypeName;
    std::string assigneeId; ///< default assignee's account id; empty: ownership policies decide
    std::string assigneeName;
    std::map<std::string, std::string>
        extraFields;         ///< field id -> JSON value for required fields of that type
    std::string system = {}; ///< identity of the Jira it was made for; empty when not known

    /// Its ids mean something else in this Jira.
    bool isOfAnother(const std::string& jira) const { return !system.empty() && system != jira; }
};

enum class SlaCalendar { Calendar, Business };

/// How the fields of a finding become fields of a ticket. One for the organisation, one for any project that
/// differs; a project's value replaces the organisation's member by member.
struct FieldMapping {
    /// Priority id by severity; empty: chosen from the project's own priorities by name, else by order.
    std::array<std::string, host::severityCount> priorityIds;
    /// Templates with {severity}, {scanner}, {project}, {rule}, {cwe}.
    std::vector<std::string> labels{"mayo-aspm", "{severity}"};
    std::string assigneeId; ///< overrides every other choice; empty: no override
    std::string assigneeName;
    /// Days from first seen to due date by severity (index: host::Severity); nothing: no due date.
    std::array<std::optional<int>, host::severityCount> slaDays{std::nullopt, 180, 90, 30, 7};
    SlaCalendar calendar = SlaCalendar::Calendar;
    std::string timeZone = "UTC"; ///< IANA name; the day begins there
};

} // namespace jira_plugin::mapping
