#pragma once

#include "workflow.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::jira {

struct Named {
    std::string id; ///< empty: not set
    std::string name;
};

/// What two-way sync looks at in an issue, as Jira has it now.
struct IssueState {
    std::string id;
    std::string key;
    std::string summary;
    std::string projectId;
    std::string projectKey;
    std::string issueTypeId;
    WorkflowStatus status;
    Named resolution;
    Named priority;
    Named assignee;      ///< account id; on Data Center the user's name
    std::string dueDate; ///< yyyy-MM-dd or empty
    std::vector<std::string> labels;
    std::int64_t updatedMs = 0;

    bool isDone() const { return status.category == "done"; }
};

/// One portion of a search for changes.
struct ChangedIssues {
    std::vector<IssueState> issues;
    std::string next; ///< hand it back for the following portion; empty: this was the last
};

/// The issues among those asked for; what is missing was deleted, archived away or is hidden from us.
/// An issue whose answer cannot be read is in neither list.
struct FetchedIssues {
    std::vector<IssueState> issues;
    std::vector<std::string> missing; ///< ids
};

/// Reading many issues with few requests. Safe from any thread; every function goes to the network and throws
/// the types of errors.hpp.
class IssueStates {
public:
    virtual ~IssueStates() = default;
    /// At most 100 by numeric id, whatever became of their keys: POST /issue/bulkfetch on Cloud, a search on
    /// Data Center.
    virtual FetchedIssues fetch(const std::vector<std::string>& issueIds) = 0;
    /// In no promised order. Issues of these projects (by id) that changed at or after a time, to the minute.
    /// Cloud's index lags: ask with an overlap. after: `next` of the portion before, or empty.
    virtual ChangedIssues changedSince(const std::vector<std::string>& projectIds, std::int64_t sinceMs,
                                       const std::string& after) = 0;
    /// Issues that carry this label.
    virtual ChangedIssues withLabel(const std::string& label, const std::string& after) = 0;
    /// By issue id a text that differs when a comment of the issue was added, edited or deleted; the same for
    /// all without comments. At most 100 issues, one request where the answer is not too large; what is
    /// missing is not known. Cloud alone.
    virtual std::map<std::string, std::string> commentMarks(const std::vector<std::string>&) { return {}; }
};

} // namespace jira_plugin::jira
