#pragma once

#include "client.hpp"
#include "cloud_call.hpp"
#include "token_source.hpp"
#include "transport.hpp"

#include <functional>
#include <memory>
#include <string>

namespace jira_plugin::jira {

/// Jira Cloud, REST v3 through Atlassian's gateway. Source: developer.atlassian.com, "The Jira Cloud platform
/// REST API", version 3; "OAuth 2.0 (3LO) apps".
class CloudClient : public Client {
public:
    CloudClient(std::shared_ptr<Transport> transport, std::shared_ptr<TokenSource> tokens, CloudSite site,
                std::function<std::int64_t()> nowMs);

    std::string system() const override { return _call.site().cloudId; }
    std::string browseUrl(const std::string& key) const override;

    ServerInfo serverInfo() override;
    User myself() override;
    std::vector<Permission> permissions(const std::string& projectKey,
                                        const std::vector<std::string>& keys) override;

    Page<ProjectRef> projects(const std::string& query, std::int64_t startAt, int maxResults) override;
    ProjectRef project(const std::string& idOrKey) override;
    std::vector<IssueType> issueTypes(const std::string& projectIdOrKey) override;
    std::vector<TypeStatuses> workflowStatuses(const std::string& projectIdOrKey) override;
    CreateScreen createScreen(const std::string& projectIdOrKey, const std::string& issueTypeId) override;
    std::vector<User> assignableUsers(const std::string& projectKey, const std::string& query,
                                      int maxResults) override;
    std::optional<User> assignableUser(const std::string& projectKey, const std::string& accountId) override;

    CreatedIssue createIssue(const mapping::TicketDraft& draft) override;
    std::vector<BulkElement> createIssues(const std::vector<mapping::TicketDraft>& drafts) override;
    std::string renderCreate(const mapping::TicketDraft& draft) const override;

    std::vector<Issue> issuesWithLabels(const std::vector<std::string>& labels) override;
    std::optional<Issue> issue(const std::string& idOrKey) override;
    std::optional<StoredIssue> storedIssue(const std::string& idOrKey,
                                           const std::vector<std::string>& fieldIds) override;
    void deleteIssue(const std::string& idOrKey) override;

private:
    CreatedIssue create(const std::string& body, const std::string& projectKey);
    void searchLabels(const std::vector<std::string>& labels, std::vector<Issue>& found);

    CloudCall _call;
};

} // namespace jira_plugin::jira
