#pragma once

#include "client.hpp"
#include "rest_dialect.hpp"
#include "rest_editing.hpp"
#include "rest_workflow.hpp"

#include <optional>
#include <string>
#include <vector>

#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// What Cloud (REST v3) and Data Center (REST v2) have in common.
class RestClient : public Client, protected RestDialect {
public:
    User myself() override;
    ProjectRef project(const std::string& idOrKey) override;
    std::vector<TypeStatuses> workflowStatuses(const std::string& projectIdOrKey) override;
    std::vector<BulkElement> createIssues(const std::vector<mapping::TicketDraft>& drafts) override;
    std::vector<Issue> issuesWithLabels(const std::vector<std::string>& labels) override;
    std::optional<Issue> issue(const std::string& idOrKey) override;
    std::optional<StoredIssue> storedIssue(const std::string& idOrKey,
                                           const std::vector<std::string>& fieldIds) override;
    void deleteIssue(const std::string& idOrKey) override;

    Workflow& workflow() override { return _workflow; }
    Editing& editing() override { return _editing; }

protected:
    virtual std::string bulkBody(const std::vector<mapping::TicketDraft>& drafts) const = 0;
    /// Appends the issues that carry any of these labels; at most as many labels as one query takes.
    virtual void searchLabels(const std::vector<std::string>& labels, std::vector<Issue>& found) = 0;

    CreatedIssue create(const std::string& body, const std::string& projectKey);
    /// The metadata of one project, page by page.
    std::vector<IssueType> pagedIssueTypes(const std::string& projectIdOrKey);
    CreateScreen pagedCreateScreen(const std::string& projectIdOrKey, const std::string& issueTypeId);

    /// Of a search and a read.
    static constexpr const char* issueFields = "summary,project,status,priority,assignee,duedate,labels";
    static constexpr int searchPage = 100;
    /// A server that never ends its pages must not hold a thread.
    static constexpr int searchPagesAtMost = 100;
    static constexpr const char* userScope = "read:jira-user";
    static constexpr const char* writeScope = "write:jira-work";

private:
    RestWorkflow _workflow{*this};
    RestEditing _editing{*this};
};

/// The permissions of these keys in an answer; those that it does not name are not there.
std::vector<Permission> readPermissions(const Poco::JSON::Object::Ptr& answer,
                                        const std::vector<std::string>& keys);

} // namespace jira_plugin::jira
