#pragma once

#include "cloud_call.hpp"
#include "cloud_webhooks.hpp"
#include "rest_client.hpp"
#include "rest_comments.hpp"
#include "rest_issue_states.hpp"
#include "token_source.hpp"
#include "transport.hpp"

#include <functional>
#include <memory>
#include <string>

namespace jira_plugin::jira {

/// Jira Cloud, REST v3 through Atlassian's gateway. Source: developer.atlassian.com, "The Jira Cloud platform
/// REST API", version 3; "OAuth 2.0 (3LO) apps".
class CloudClient : public RestClient {
public:
    CloudClient(std::shared_ptr<Transport> transport, std::shared_ptr<TokenSource> tokens, CloudSite site,
                std::function<std::int64_t()> nowMs);

    std::string system() const override { return _call.site().cloudId; }
    std::string browseUrl(const std::string& key) const override;

    ServerInfo serverInfo() override;
    std::vector<Permission> permissions(const std::string& projectKey,
                                        const std::vector<std::string>& keys) override;

    Page<ProjectRef> projects(const std::string& query, std::int64_t startAt, int maxResults) override;
    std::vector<IssueType> issueTypes(const std::string& projectIdOrKey) override;
    CreateScreen createScreen(const std::string& projectIdOrKey, const std::string& issueTypeId) override;
    std::vector<User> assignableUsers(const std::string& projectKey, const std::string& query,
                                      int maxResults) override;
    std::optional<User> assignableUser(const std::string& projectKey, const std::string& accountId) override;

    CreatedIssue createIssue(const mapping::TicketDraft& draft) override;
    std::string renderCreate(const mapping::TicketDraft& draft) const override;

    Comments& comments() override { return _comments; }
    IssueStates& issueStates() override { return _issueStates; }
    Webhooks& webhooks() override { return _webhooks; }

protected:
    RestCall& call() override { return _call; }
    std::string bulkBody(const std::vector<mapping::TicketDraft>& drafts) const override;
    void searchLabels(const std::vector<std::string>& labels, std::vector<Issue>& found) override;
    bool saysAbsent(const HttpResponse& response) const override { return response.status == 404; }
    std::string richText(const mapping::Document& document) const override;
    std::string plainText(const Poco::Dynamic::Var& richText) const override;
    const char* personMember() const override { return "accountId"; }

private:
    CloudCall _call;
    CloudComments _comments{*this};
    CloudIssueStates _issueStates{*this};
    CloudWebhooks _webhooks{_call};
};

} // namespace jira_plugin::jira
