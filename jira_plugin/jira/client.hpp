#pragma once

#include "comments.hpp"
#include "editing.hpp"
#include "fields.hpp"
#include "issue_state.hpp"
#include "mapping/ticket_draft.hpp"
#include "webhooks.hpp"
#include "workflow.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::jira {

struct ServerInfo {
    std::string baseUrl;
    std::string version;
    std::string deploymentType; ///< "Cloud" or "Server"
    std::string serverTime;
};

struct User {
    std::string accountId;
    std::string displayName;
    std::string email; ///< usually hidden on Cloud
    bool active = true;
};

struct ProjectRef {
    std::string id;
    std::string key;
    std::string name;
    bool teamManaged = false; ///< Jira's `simplified`
};

struct IssueType {
    std::string id;
    std::string name;
    bool subtask = false;
};

/// One page of a listing. next is where the following page starts, or -1 on the last.
template <class T> struct Page {
    std::vector<T> values;
    std::int64_t next = -1;
    std::int64_t total = -1; ///< -1: Jira does not say
};

struct CreatedIssue {
    std::string id;
    std::string key;
};

/// What became of one element of a bulk create: an issue, or a refusal.
struct BulkElement {
    std::optional<CreatedIssue> issue;
    int status = 0;                            ///< of the refusal
    std::string message;                       ///< of the refusal, for a person
    std::string remedy;                        ///< of the refusal
    std::map<std::string, std::string> fields; ///< of the refusal, Jira's words by field id
};

/// An issue as found by search or read by id.
struct Issue {
    std::string id;
    std::string key;
    std::string summary;
    std::string projectId;
    std::string status;
    std::string statusCategory; ///< "new", "indeterminate", "done"
    std::string priority;
    std::string assignee; ///< display name
    std::string dueDate;
    std::vector<std::string> labels;
};

/// An issue's fields as Jira has them now.
struct StoredIssue {
    std::string id;
    std::string key;
    std::map<std::string, std::string> fields; ///< by field id, as JSON; what Jira left out is missing
};

struct Permission {
    std::string key;
    bool have = false;
};

/// A Jira of one organisation. Cloud (REST v3) and Data Center (REST v2) implement it. Safe from any thread.
/// Every function goes to the network and throws the types of errors.hpp.
class Client {
public:
    virtual ~Client() = default;

    /// Identity of the installation, the cloud id on Cloud. Looks at memory only.
    virtual std::string system() const = 0;
    /// Where a person sees this issue. Looks at memory only.
    virtual std::string browseUrl(const std::string& key) const = 0;

    virtual ServerInfo serverInfo() = 0;
    virtual User myself() = 0;
    virtual std::vector<Permission> permissions(const std::string& projectKey,
                                                const std::vector<std::string>& keys) = 0;

    /// Projects that this user may create issues in, filtered by name or key.
    virtual Page<ProjectRef> projects(const std::string& query, std::int64_t startAt, int maxResults) = 0;
    virtual ProjectRef project(const std::string& idOrKey) = 0;
    virtual std::vector<IssueType> issueTypes(const std::string& projectIdOrKey) = 0;
    /// By issue type, of all types of the project.
    virtual std::vector<TypeStatuses> workflowStatuses(const std::string& projectIdOrKey) = 0;
    virtual CreateScreen createScreen(const std::string& projectIdOrKey, const std::string& issueTypeId) = 0;
    /// People that issues of this project can be assigned to, filtered by display name or e-mail.
    virtual std::vector<User> assignableUsers(const std::string& projectKey, const std::string& query,
                                              int maxResults) = 0;
    /// The same for one account id; nothing when it is not assignable there.
    virtual std::optional<User> assignableUser(const std::string& projectKey,
                                               const std::string& accountId) = 0;

    /// Throws UnknownOutcome when it cannot be known whether the issue was created.
    virtual CreatedIssue createIssue(const mapping::TicketDraft& draft) = 0;
    /// At most 50 drafts; the answer has one element per draft, in their order.
    virtual std::vector<BulkElement> createIssues(const std::vector<mapping::TicketDraft>& drafts) = 0;
    /// The exact JSON body that createIssue would send.
    virtual std::string renderCreate(const mapping::TicketDraft& draft) const = 0;

    /// Issues that carry any of these labels. Cloud's index lags behind writes by seconds to minutes.
    virtual std::vector<Issue> issuesWithLabels(const std::vector<std::string>& labels) = 0;
    /// By numeric id or key; nothing when it does not exist or is hidden.
    virtual std::optional<Issue> issue(const std::string& idOrKey) = 0;
    /// The same with these fields in full, descriptions and custom fields included.
    virtual std::optional<StoredIssue> storedIssue(const std::string& idOrKey,
                                                   const std::vector<std::string>& fieldIds) = 0;
    virtual void deleteIssue(const std::string& idOrKey) = 0;

    /// The parts that two-way sync works with; they live as long as the client.
    virtual Comments& comments() = 0;
    virtual Workflow& workflow() = 0;
    virtual IssueStates& issueStates() = 0;
    virtual Editing& editing() = 0;
    virtual Webhooks& webhooks() = 0;
};

} // namespace jira_plugin::jira
