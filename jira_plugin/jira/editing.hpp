#pragma once

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::jira {

/// What to change in an issue; what is not set stays as it is. Labels are added and removed one by one.
struct IssueEdit {
    std::optional<std::string> summary;
    std::optional<std::string> priorityId;
    std::optional<std::string> assigneeId; ///< empty: nobody
    std::optional<std::string> dueDate;    ///< yyyy-MM-dd; empty: none
    std::vector<std::string> addLabels;
    std::vector<std::string> removeLabels;

    bool isEmpty() const {
        return !summary && !priorityId && !assigneeId && !dueDate && addLabels.empty() &&
               removeLabels.empty();
    }
};

/// Changing issues. Safe from any thread; every function goes to the network and throws the types of
/// errors.hpp. Source: developer.atlassian.com, REST v3 and v2, "Edit issue", "Set issue property".
class Editing {
public:
    virtual ~Editing() = default;
    /// All or nothing. Throws Refusal (with Jira's words by field), UnknownOutcome.
    virtual void edit(const std::string& issueId, const IssueEdit& change) = 0;
    /// value: JSON. People do not see properties, and setting one tells nobody but webhooks.
    virtual void setProperty(const std::string& issueId, const std::string& key,
                             const std::string& value) = 0;
};

} // namespace jira_plugin::jira
