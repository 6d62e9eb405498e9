#include "cloud_client.hpp"

#include "adf.hpp"
#include "adf_text.hpp"
#include "create_body.hpp"
#include "errors.hpp"
#include "jql.hpp"
#include "json.hpp"
#include "read_issue.hpp"
#include "read_metadata.hpp"

#include <algorithm>

namespace jira_plugin::jira {
namespace {

/// Jira's word for a document it does not like; it comes without a position and is not translated.
bool isDocumentRefusal(const Refusal& refusal) {
    return refusal.status() == 400 && refusal.fields().empty() &&
           std::string(refusal.what()).find("INVALID_INPUT") != std::string::npos;
}

} // namespace

CloudClient::CloudClient(std::shared_ptr<Transport> transport, std::shared_ptr<TokenSource> tokens,
                         CloudSite site, std::function<std::int64_t()> nowMs)
    : _call(std::move(transport), std::move(tokens), std::move(site), std::move(nowMs)) {}

std::string CloudClient::browseUrl(const std::string& key) const {
    return _call.site().siteUrl + "/browse/" + segment(key);
}

ServerInfo CloudClient::serverInfo() {
    CallRequest request;
    request.path = "/serverInfo";
    request.what = "reach Jira";
    request.scope.clear();
    return readServerInfo(_call.object(request));
}

std::vector<Permission> CloudClient::permissions(const std::string& projectKey,
                                                 const std::vector<std::string>& keys) {
    std::string list;
    for (const auto& key : keys) {
        list += (list.empty() ? "" : ",") + key;
    }
    CallRequest request;
    request.path = "/mypermissions" + queryString({{"permissions", list}, {"projectKey", projectKey}});
    request.what = "read the account's permissions" + (projectKey.empty() ? "" : " in " + projectKey);
    return readPermissions(_call.object(request), keys);
}

Page<ProjectRef> CloudClient::projects(const std::string& query, std::int64_t startAt, int maxResults) {
    CallRequest request;
    request.path =
        "/project/search" + queryString({{"query", query},
                                         {"action", "create"},
                                         {"startAt", std::to_string(std::max<std::int64_t>(startAt, 0))},
                                         {"maxResults", std::to_string(std::clamp(maxResults, 1, 100))}});
    request.what = "list projects";
    return readPage<ProjectRef>(_call.object(request), {"values"}, startAt, &readProject);
}

std::vector<IssueType> CloudClient::issueTypes(const std::string& projectIdOrKey) {
    return pagedIssueTypes(projectIdOrKey);
}

CreateScreen CloudClient::createScreen(const std::string& projectIdOrKey, const std::string& issueTypeId) {
    return pagedCreateScreen(projectIdOrKey, issueTypeId);
}

std::vector<User> CloudClient::assignableUsers(const std::string& projectKey, const std::string& query,
                                               int maxResults) {
    CallRequest request;
    request.path = "/user/assignable/search" +
                   queryString({{"project", projectKey},
                                {"query", query},
                                {"maxResults", std::to_string(std::clamp(maxResults, 1, 1000))}});
    request.what = "search people that issues of " + projectKey + " can be assigned to";
    request.scope = userScope;
    return readUsers(_call.array(request));
}

std::optional<User> CloudClient::assignableUser(const std::string& projectKey, const std::string& accountId) {
    CallRequest request;
    request.path =
        "/user/assignable/search" + queryString({{"project", projectKey}, {"accountId", accountId}});
    request.what = "see whether an account can be assigned issues of " + projectKey;
    request.scope = userScope;
    for (const auto& user : readUsers(_call.array(request))) {
        if (user.accountId == accountId) {
            return user;
        }
    }
    return std::nullopt;
}

CreatedIssue CloudClient::createIssue(const mapping::TicketDraft& draft) {
    try {
        return create(createBody(draft), draft.projectKey);
    } catch (const Refusal& refusal) {
        if (!draft.description || !isDocumentRefusal(refusal)) {
            throw;
        }
    }
    return create(createBody(draft, BodyStyle::Plain), draft.projectKey);
}

std::string CloudClient::bulkBody(const std::vector<mapping::TicketDraft>& drafts) const {
    return bulkCreateBody(drafts);
}

std::string CloudClient::renderCreate(const mapping::TicketDraft& draft) const {
    return createBody(draft);
}

std::string CloudClient::richText(const mapping::Document& document) const {
    return toAdf(document);
}

std::string CloudClient::plainText(const Poco::Dynamic::Var& richText) const {
    return textOfAdf(richText);
}

void CloudClient::searchLabels(const std::vector<std::string>& labels, std::vector<Issue>& found) {
    CallRequest request;
    request.method = "POST";
    request.path = "/search/jql";
    request.what = "search tickets by label";
    std::string pageToken;
    for (int page = 0; page < searchPagesAtMost; ++page) {
        request.body = searchBody(jqlForLabels(labels), issueFields, searchPage, pageToken);
        const auto answer = _call.object(request);
        appendIssues(found, json::array(answer, "issues"));
        pageToken = json::text(answer, "nextPageToken");
        if (pageToken.empty() || json::flag(answer, "isLast")) {
            return;
        }
    }
}

} // namespace jira_plugin::jira
