#include "cloud_client.hpp"

#include "bulk_answer.hpp"
#include "create_body.hpp"
#include "error_body.hpp"
#include "errors.hpp"
#include "jql.hpp"
#include "json.hpp"
#include "read_issue.hpp"
#include "read_metadata.hpp"

#include <algorithm>
#include <stdexcept>

namespace jira_plugin::jira {
namespace {

constexpr std::size_t bulkLimit = 50; // of "Bulk create issue"
constexpr std::size_t labelsPerQuery = 50;
constexpr int searchPage = 100;
constexpr int searchPagesAtMost = 100; // a server that never ends its pages must not hold a thread
constexpr const char* issueFields = "summary,project,status,priority,assignee,duedate,labels";
constexpr const char* userScope = "read:jira-user";
constexpr const char* writeScope = "write:jira-work";

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
    const auto answer = _call.object(request);
    return {json::text(answer, "baseUrl"), json::text(answer, "version"),
            json::text(answer, "deploymentType"), json::text(answer, "serverTime")};
}

User CloudClient::myself() {
    CallRequest request;
    request.path = "/myself";
    request.what = "see whose account is connected";
    request.scope = userScope;
    const User user = readUser(_call.object(request));
    if (user.accountId.empty()) {
        _call.throwUnreadable(request);
    }
    return user;
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
    const auto answer = json::object(_call.object(request), "permissions");
    std::vector<Permission> permissions;
    permissions.reserve(keys.size());
    for (const auto& key : keys) {
        permissions.push_back({key, json::flag(json::object(answer, key), "havePermission")});
    }
    return permissions;
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

ProjectRef CloudClient::project(const std::string& idOrKey) {
    CallRequest request;
    request.path = "/project/" + segment(idOrKey);
    request.what = "read the project " + idOrKey;
    return readProject(_call.object(request));
}

std::vector<IssueType> CloudClient::issueTypes(const std::string& projectIdOrKey) {
    CallRequest request;
    request.what = "list the issue types of " + projectIdOrKey;
    return readAllPages<IssueType>(
        [&](std::int64_t startAt) {
            request.path = "/issue/createmeta/" + segment(projectIdOrKey) + "/issuetypes" +
                           queryString({{"startAt", std::to_string(startAt)},
                                        {"maxResults", std::to_string(metadataPage)}});
            return _call.object(request);
        },
        {"issueTypes", "values", "createMetaIssueType"}, &readIssueType);
}

std::vector<TypeStatuses> CloudClient::workflowStatuses(const std::string& projectIdOrKey) {
    CallRequest request;
    request.path = "/project/" + segment(projectIdOrKey) + "/statuses";
    request.what = "read the workflow statuses of " + projectIdOrKey;
    const auto types = json::parseArray(_call.send(request).body);
    std::vector<TypeStatuses> all;
    for (std::size_t i = 0; types && i < types->size(); ++i) {
        all.push_back(readTypeStatuses(json::objectAt(types, i)));
    }
    return all;
}

CreateScreen CloudClient::createScreen(const std::string& projectIdOrKey, const std::string& issueTypeId) {
    CallRequest request;
    request.what = "read the create screen of " + projectIdOrKey;
    const auto fields = readAllPages<FieldMeta>(
        [&](std::int64_t startAt) {
            request.path = "/issue/createmeta/" + segment(projectIdOrKey) + "/issuetypes/" +
                           segment(issueTypeId) +
                           queryString({{"startAt", std::to_string(startAt)},
                                        {"maxResults", std::to_string(metadataPage)}});
            return _call.object(request);
        },
        {"fields", "values", "results"}, &readField);
    CreateScreen screen;
    for (const auto& field : fields) {
        screen[field.fieldId] = field;
    }
    return screen;
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
    return readUsers(json::parseArray(_call.send(request).body));
}

std::optional<User> CloudClient::assignableUser(const std::string& projectKey, const std::string& accountId) {
    CallRequest request;
    request.path =
        "/user/assignable/search" + queryString({{"project", projectKey}, {"accountId", accountId}});
    request.what = "see whether an account can be assigned issues of " + projectKey;
    request.scope = userScope;
    for (const auto& user : readUsers(json::parseArray(_call.send(request).body))) {
        if (user.accountId == accountId) {
            return user;
        }
    }
    return std::nullopt;
}

CreatedIssue CloudClient::create(const std::string& body, const std::string& projectKey) {
    CallRequest request;
    request.method = "POST";
    request.path = "/issue";
    request.body = body;
    request.what = "create a ticket in " + projectKey;
    request.scope = writeScope;
    request.effect = Effect::Creates;
    const auto answer = _call.object(request);
    const CreatedIssue created{json::text(answer, "id"), json::text(answer, "key")};
    if (created.id.empty() || created.key.empty()) {
        _call.throwUnreadable(request);
    }
    return created;
}

CreatedIssue CloudClient::createIssue(const mapping::TicketDraft& draft) {
    try {
        return create(createBody(draft), draft.projectKey);
    } catch (const Refusal& refusal) {
        if (!draft.description || !isDocumentRefusal(refusal)) {
            throw;
        }
    }
    return create(createBody(draft, DescriptionStyle::Plain), draft.projectKey);
}

std::vector<BulkElement> CloudClient::createIssues(const std::vector<mapping::TicketDraft>& drafts) {
    if (drafts.empty()) {
        return {};
    }
    if (drafts.size() > bulkLimit) {
        throw std::invalid_argument("Jira takes at most 50 tickets in one request.");
    }
    CallRequest request;
    request.method = "POST";
    request.path = "/issue/bulk";
    request.body = bulkCreateBody(drafts);
    request.what = "create " + std::to_string(drafts.size()) + " tickets";
    request.scope = writeScope;
    request.effect = Effect::Creates;
    request.expected = {400}; // the same shape as a success when every element was refused
    const HttpResponse response = _call.send(request);
    const auto answer = json::parseObject(response.body);
    auto outcome = readBulkAnswer(answer, drafts.size());
    if (outcome.empty() && response.status == 400) {
        _call.throwFor(response, request);
    }
    if (outcome.empty()) {
        _call.throwUnreadable(request);
    }
    return outcome;
}

std::string CloudClient::renderCreate(const mapping::TicketDraft& draft) const {
    return createBody(draft);
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
        const auto issues = json::array(answer, "issues");
        for (std::size_t i = 0; issues && i < issues->size(); ++i) {
            found.push_back(readIssue(json::objectAt(issues, i)));
        }
        pageToken = json::text(answer, "nextPageToken");
        if (pageToken.empty() || json::flag(answer, "isLast")) {
            return;
        }
    }
}

std::vector<Issue> CloudClient::issuesWithLabels(const std::vector<std::string>& labels) {
    std::vector<Issue> found;
    for (std::size_t start = 0; start < labels.size(); start += labelsPerQuery) {
        const std::size_t end = std::min(start + labelsPerQuery, labels.size());
        searchLabels({labels.begin() + static_cast<std::ptrdiff_t>(start),
                      labels.begin() + static_cast<std::ptrdiff_t>(end)},
                     found);
    }
    return found;
}

std::optional<Issue> CloudClient::issue(const std::string& idOrKey) {
    CallRequest request;
    request.path = "/issue/" + segment(idOrKey) + queryString({{"fields", issueFields}});
    request.what = "read " + idOrKey;
    request.expected = {404};
    const HttpResponse response = _call.send(request);
    if (response.status == 404) {
        return std::nullopt;
    }
    const Issue issue = readIssue(json::parseObject(response.body));
    if (issue.id.empty()) {
        _call.throwUnreadable(request);
    }
    return issue;
}

std::optional<StoredIssue> CloudClient::storedIssue(const std::string& idOrKey,
                                                    const std::vector<std::string>& fieldIds) {
    std::string list;
    for (const auto& id : fieldIds) {
        list += (list.empty() ? "" : ",") + id;
    }
    CallRequest request;
    request.path = "/issue/" + segment(idOrKey) + queryString({{"fields", list}});
    request.what = "read " + idOrKey;
    request.expected = {404};
    const HttpResponse response = _call.send(request);
    if (response.status == 404) {
        return std::nullopt;
    }
    StoredIssue issue = readStoredIssue(json::parseObject(response.body));
    if (issue.id.empty()) {
        _call.throwUnreadable(request);
    }
    return issue;
}

void CloudClient::deleteIssue(const std::string& idOrKey) {
    CallRequest request;
    request.method = "DELETE";
    request.path = "/issue/" + segment(idOrKey);
    request.what = "delete " + idOrKey;
    request.scope = writeScope;
    request.effect = Effect::Repeatable;
    _call.send(request);
}

} // namespace jira_plugin::jira
