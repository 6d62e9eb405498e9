#pragma once

#include "known_dialect.hpp"
#include "request_signer.hpp"
#include "rest_client.hpp"
#include "rest_comments.hpp"
#include "rest_issue_states.hpp"
#include "server_call.hpp"
#include "server_webhooks.hpp"
#include "transport.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace jira_plugin::jira {

/// Jira Data Center 8.0 and later, REST v2. What the interface calls an account id is the user name here.
/// Source: Jira 8.4.3 and 10.3 REST API, "JIRA Server platform REST API reference".
class ServerClient : public RestClient {
public:
    /// memory: keeps the version that was found; null: this object alone remembers it.
    ServerClient(std::shared_ptr<Transport> transport, std::shared_ptr<RequestSigner> signer, ServerSite site,
                 std::function<std::int64_t()> nowMs, std::shared_ptr<DialectMemory> memory = nullptr);

    std::string system() const override { return _call.site().siteUrl; }
    std::string browseUrl(const std::string& key) const override;

    /// Also looks anew at the version.
    ServerInfo serverInfo() override;
    std::vector<Permission> permissions(const std::string& projectKey,
                                        const std::vector<std::string>& keys) override;

    /// Data Center does not say which projects one may create issues in without asking for each: these are
    /// all that the account can see.
    Page<ProjectRef> projects(const std::string& query, std::int64_t startAt, int maxResults) override;
    std::vector<IssueType> issueTypes(const std::string& projectIdOrKey) override;
    CreateScreen createScreen(const std::string& projectIdOrKey, const std::string& issueTypeId) override;
    std::vector<User> assignableUsers(const std::string& projectKey, const std::string& query,
                                      int maxResults) override;
    /// Also finds a renamed user by the key, which for older users is their first name.
    std::optional<User> assignableUser(const std::string& projectKey, const std::string& name) override;

    CreatedIssue createIssue(const mapping::TicketDraft& draft) override;
    std::string renderCreate(const mapping::TicketDraft& draft) const override;

    Comments& comments() override { return _comments; }
    IssueStates& issueStates() override { return _issueStates; }
    Webhooks& webhooks() override { return _webhooks; }

protected:
    RestCall& call() override;
    std::string bulkBody(const std::vector<mapping::TicketDraft>& drafts) const override;
    void searchLabels(const std::vector<std::string>& labels, std::vector<Issue>& found) override;
    bool saysAbsent(const HttpResponse& response) const override;
    std::string richText(const mapping::Document& document) const override;
    std::string plainText(const Poco::Dynamic::Var& richText) const override;
    const char* personMember() const override { return "name"; }

private:
    /// The answer of `ask` in the form that this version has, or in the other one after a 404.
    template <class Ask> auto inKnownForm(Ask&& ask);
    Poco::JSON::Object::Ptr createMetaDocument(const std::string& projectIdOrKey,
                                               const std::string& issueTypeId);
    std::vector<ProjectRef> allProjects();
    std::vector<User> searchAssignable(const std::string& projectKey, const std::string& query,
                                       int maxResults);
    std::optional<User> assignableByName(const std::string& projectKey, const std::string& name);
    std::string nameOfKey(const std::string& key);

    ServerCall _call;
    KnownDialect _dialect;
    ServerComments _comments{*this};
    ServerIssueStates _issueStates{*this};
    ServerWebhooks _webhooks{_call, _dialect};
    std::mutex _projectsMutex;
    std::vector<ProjectRef> _projects; ///< of the last first page, for the pages after it
};

} // namespace jira_plugin::jira
