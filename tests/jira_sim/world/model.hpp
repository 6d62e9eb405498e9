#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// The things a Jira site is made of. Plain data: rules live beside it, in site, field_rules and
/// issue_writer.
namespace jira_sim {

/// An Atlassian account.
struct User {
    std::string accountId;
    std::string displayName;
    std::string email;
    bool emailVisible = false; ///< most accounts hide their address
    bool active = true;
    bool admin = false; ///< Jira administrator of every site
    std::string accountType = "atlassian";
    std::string timeZone = "Etc/UTC";
    // Data Center alone:
    std::string name; ///< the login
    std::string key;  ///< stays when the login is changed
    bool systemAdmin = false;
};

struct Priority {
    std::string id, name, description, colour;
};

struct Status {
    std::string id, name;
    int categoryId = 2;         ///< 2 new, 4 indeterminate, 3 done
    std::int64_t projectId = 0; ///< of a team-managed project, else 0
};

struct Resolution {
    std::string id, name, description;
};

enum class FieldKind {
    Project,
    IssueType,
    Summary,
    RichText,
    Priority,
    Labels,
    Date,
    DateTime,
    Number,
    Text,
    Url,
    User,
    Reporter,
    MultiUser,
    Select,
    MultiSelect,
    Cascading,
    Parent,
    Components,
    Versions,
    EpicLink, ///< Data Center's way to an epic: its key as text
};

struct Option {
    std::string id, value;
    std::vector<Option> children;
};

struct Field {
    std::string id, name;
    FieldKind kind = FieldKind::Text;
    std::string customType; ///< the plug-in key of a custom field, e.g. `...:select`; empty for system fields
    std::vector<Option> options;
};

struct ScreenField {
    std::string fieldId;
    bool required = false;
};

struct IssueType {
    std::string id, name, description;
    int hierarchyLevel = 0;          ///< 1 epic, 0 standard, -1 sub-task
    std::vector<ScreenField> screen; ///< what create and edit screens hold
};

struct Transition {
    std::string id, name;
    std::string fromStatus; ///< empty: from anywhere
    std::string toStatus;
    std::vector<ScreenField> screen{}; ///< of the step, `resolution` among them; empty: it shows none
};

struct Workflow {
    std::string initialStatus;
    std::vector<std::string> statuses;
    std::vector<Transition> transitions;
};

struct Project {
    std::int64_t id = 0;
    std::string key, name, description;
    bool teamManaged = false;
    bool archived = false;
    std::string uuid;
    std::string leadAccountId;
    std::vector<IssueType> issueTypes;
    Workflow workflow;
    std::vector<std::string> priorityIds;
    std::string defaultPriorityId;
    std::vector<std::string> assignable; ///< account ids
    std::vector<Option> components, versions;
    /// What an account may not do here, by permission key; everybody may do the rest.
    std::set<std::pair<std::string, std::string>> denied;
    std::int64_t nextIssueNumber = 1;
};

struct Comment {
    std::string id, authorId, updateAuthorId;
    std::string body;       ///< ADF as JSON text
    std::string visibility; ///< JSON text, empty when public
    std::int64_t createdMs = 0, updatedMs = 0;
    std::map<std::string, std::string> properties{}; ///< entity properties, JSON text
};

struct RemoteLink {
    std::int64_t id = 0;
    std::string globalId;
    std::string document; ///< the link as sent, JSON text
};

struct ChangeItem {
    std::string field, fieldId;
    std::optional<std::string> from, fromText, to, toText;
    bool custom = false;
};

struct Change {
    std::string id, authorId;
    std::int64_t atMs = 0;
    std::vector<ChangeItem> items;
};

struct Issue {
    std::int64_t id = 0;
    std::int64_t projectId = 0;
    std::string key;
    std::string issueTypeId, summary, priorityId, statusId, resolutionId;
    std::string assigneeId, reporterId, creatorId;
    std::string dueDate;
    std::string parentKey;
    std::vector<std::string> labels;
    /// Everything else by field id as JSON text: description, environment, components, custom fields.
    std::map<std::string, std::string> values;
    std::map<std::string, std::string> properties; ///< entity properties, JSON text
    std::vector<Comment> comments;
    std::vector<RemoteLink> remoteLinks;
    std::vector<Change> changes;
    std::int64_t createdMs = 0, updatedMs = 0, resolvedMs = 0, statusChangedMs = 0;
    bool archived = false; ///< gone for everybody who may not browse archived issues
};

using IssuePtr = std::shared_ptr<const Issue>;

/// The key of a status category: `new`, `indeterminate`, `done`.
const char* categoryKey(int categoryId);
const char* categoryName(int categoryId);

} // namespace jira_sim
