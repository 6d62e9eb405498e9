#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// What the plugin knows of the host, as small C++ interfaces. `entry` implements them over the C ABI; tests
/// implement them with a few lines. Nothing outside `entry` includes a header of the C ABI.
namespace jira_plugin::host {

/// In ascending order; the numbers are those of the C ABI.
enum class Severity { Info = 0, Low = 1, Medium = 2, High = 3, Critical = 4 };
constexpr int severityCount = 5;

enum class FindingStatus {
    Open = 0,
    Resolved = 1,
    Accepted = 2,
    FalsePositive = 3,
    NotFound = 4,
    AwaitingScan = 5
};

/// A finding as the host describes it. All text is UTF-8; times are ms since the epoch.
struct Finding {
    std::string organisation; ///< id
    std::string project;      ///< id of the host's project
    std::string projectKey;   ///< e.g. payments-api
    std::string id;           ///< unique within the organisation
    std::string title;        ///< one line
    std::string description;  ///< plain text
    std::string scanner;
    std::string ruleId;
    std::string ruleName;
    std::string ruleHelp; ///< Markdown
    std::string ruleHelpUrl;
    std::string cwe; ///< CWE-120, several separated by a comma, or empty
    std::string filePath;
    std::string snippet;
    std::string url; ///< the finding's page in the host
    std::vector<std::string> labels;
    Severity severity = Severity::Info;
    FindingStatus status = FindingStatus::Open;
    std::string dueDate;   ///< yyyy-MM-dd by which the host wants it done; empty: it has no opinion
    std::int64_t line = 0; ///< from 1; 0: unknown
    std::int64_t firstSeenMs = 0;
    std::int64_t revision = 0;
};

/// What happened to a finding on the host's side.
struct FindingChange {
    Finding finding; ///< after the change; its last state when it is deleted
    bool statusChanged = false;
    bool severityChanged = false;
    bool dueDateChanged = false;
    bool textChanged = false;
    bool deleted = false;
    FindingStatus oldStatus = FindingStatus::Open;
    Severity oldSeverity = Severity::Info;
    std::string oldDueDate;
    std::string event; ///< id of this change: the same when it is told again
    std::string actor; ///< user id, plugin id, "scan" or "policy"
    std::string actorName;
    std::string reason;
    std::int64_t occurredAtMs = 0;
};

/// A ticket as the host shows it beside a finding.
struct TicketRef {
    std::string system; ///< the Jira installation, e.g. the cloud id
    std::string id;     ///< numeric issue id: with system the identity, since keys change on a move
    std::string key;
    std::string url;
    std::string status;
    std::string priority;
    std::string assignee;
    std::string dueDate; ///< yyyy-MM-dd or empty
    std::vector<std::string> labels;
};

/// Where a push stands; the numbers are those of the C ABI.
enum class PushState { None = 0, Queued = 1, Waiting = 2, InDoubt = 3, Parked = 4, Created = 5, Refused = 6 };

const char* toString(Severity severity); ///< "critical", "high", "medium", "low", "info"
const char* toString(FindingStatus status);
const char*
toString(PushState state); ///< "none", "queued", "waiting", "in_doubt", "parked", "created", "refused"

/// Throws std::invalid_argument that names the five words.
Severity severityFromString(const std::string& word);

} // namespace jira_plugin::host
