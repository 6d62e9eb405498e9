#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <aspm/finding.h>
#include <aspm/service/alerts.h>
#include <aspm/service/findings.h>
#include <aspm/service/log.h>
#include <aspm/types.h>

namespace aspm::host {

/// The host's side of what crosses the boundary: the C structs with their text owned.

struct Organisation {
    std::string id;
    std::string name;
};

struct Project {
    std::string organisation;
    std::string id;
    std::string key;
    std::string name;
};

struct Member {
    std::string organisation;
    std::string user;
    std::string name;
    std::string email;
    aspm_roles roles = 0;
};

/// Who is behind a request or a push.
struct Principal {
    aspm_roles roles = 0;
    std::string organisation;
    std::string organisationName;
    std::string user;
    std::string userName;
    std::string email;
    std::string locale;
    std::string timeZone;
    std::vector<std::string> administeredProjects;
    std::string csrfToken;
    std::string csrfHeader;
};

struct Finding {
    aspm_severity severity = ASPM_SEVERITY_INFO;
    aspm_finding_status status = ASPM_FINDING_OPEN;
    std::vector<std::string> labels;
    std::string organisation;
    std::string project;
    std::string projectKey;
    std::string id;
    std::string title;
    std::string description;
    std::string scanner;
    std::string ruleId;
    std::string ruleName;
    std::string ruleHelp;
    std::string ruleHelpUrl;
    std::string cwe;
    std::string filePath;
    std::string snippet;
    std::string url;
    std::string dueDate; ///< yyyy-MM-dd or empty
    std::int64_t line = 0;
    std::int64_t firstSeenMs = 0;
    std::int64_t revision = 0;
};

struct TicketRef {
    std::vector<std::string> labels;
    std::string system;
    std::string id;
    std::string key;
    std::string url;
    std::string status;
    std::string priority;
    std::string assignee;
    std::string dueDate;
};

/// What a plugin reports of one push.
struct PushReport {
    std::string finding;
    aspm_push_state state = ASPM_PUSH_NONE;
    std::string message;
    std::string remedy;
    std::optional<TicketRef> ticket;
};

struct TimelineEntry {
    aspm_timeline_kind kind = ASPM_TIMELINE_NOTE;
    std::string key;
    std::string author;
    std::string text;
    std::string remedy;
    std::string url;
    std::int64_t atMs = 0;
};

struct Alert {
    aspm_alert_level level = ASPM_ALERT_WARNING;
    std::string key;
    std::string title;
    std::string text;
    std::string remedy;
    std::string url;
};

struct AuditEvent {
    std::string organisation;
    std::string actor;
    std::string action;
    std::string object;
    std::string detail;
};

/// A key to encrypt with.
struct EncryptionKey {
    std::string id;
    std::string bytes; ///< 32 of them
};

/// What changed about a finding, see aspm_finding_change.
struct FindingChange {
    std::uint32_t changes = 0;
    Finding finding;
    aspm_finding_status oldStatus = ASPM_FINDING_OPEN;
    aspm_severity oldSeverity = ASPM_SEVERITY_INFO;
    std::string oldDueDate;
    std::string event;
    std::string actor;
    std::string actorName;
    std::string reason;
    std::int64_t occurredAtMs = 0;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Words for people and JSON: "high", "open", "in doubt", ... Unknown values become "unknown".
const char* severityName(aspm_severity severity);
const char* findingStatusName(aspm_finding_status status);
const char* pushStateName(aspm_push_state state);

/// The opposite; false when the word is unknown.
bool severityFromName(const std::string& name, aspm_severity& severity);
bool findingStatusFromName(const std::string& name, aspm_finding_status& status);
bool pushStateFromName(const std::string& name, aspm_push_state& state);

} // namespace aspm::host
