#include "rest_client.hpp"

#include "bulk_answer.hpp"
#include "fetch_issue.hpp"
#include "json.hpp"
#include "read_issue.hpp"
#include "read_metadata.hpp"

#include <algorithm>
#include <stdexcept>

namespace jira_plugin::jira {
namespace {

constexpr std::size_t bulkLimit = 50; // of "Bulk create issue"
constexpr std::size_t labelsPerQuery = 50;

std::string pageOf(std::int64_t startAt) {
    return queryString({{"startAt", std::to_string(startAt)}, {"maxResults", std::to_string(metadataPage)}});
}

} // namespace

User RestClient::myself() {
    CallRequest request;
    request.path = "/myself";
    request.what = "see whose account is connected";
    request.scope = userScope;
    RestCall& jira = call();
    const User user = readUser(jira.object(request));
    if (user.accountId.empty()) {
        jira.throwUnreadable(request);
    }
    return user;
}

ProjectRef RestClient::project(const std::string& idOrKey) {
    CallRequest request;
    request.path = "/project/" + segment(idOrKey);
    request.what = "read the project " + idOrKey;
    return readProject(call().object(request));
}

std::vector<TypeStatuses> RestClient::workflowStatuses(const std::string& projectIdOrKey) {
    CallRequest request;
    request.path = "/project/" + segment(projectIdOrKey) + "/statuses";
    request.what = "read the workflow statuses of " + projectIdOrKey;
    const auto types = call().array(request);
    std::vector<TypeStatuses> all;
    for (std::size_t i = 0; i < types->size(); ++i) {
        all.push_back(readTypeStatuses(json::objectAt(types, i)));
    }
    return all;
}

std::vector<IssueType> RestClient::pagedIssueTypes(const std::string& projectIdOrKey) {
    CallRequest request;
    request.what = "list the issue types of " + projectIdOrKey;
    RestCall& jira = call();
    return readAllPages<IssueType>(
        [&](std::int64_t startAt) {
            request.path = "/issue/createmeta/" + segment(projectIdOrKey) + "/issuetypes" + pageOf(startAt);
            return jira.object(request);
        },
        {"issueTypes", "values", "createMetaIssueType"}, &readIssueType);
}

CreateScreen RestClient::pagedCreateScreen(const std::string& projectIdOrKey,
                                           const std::string& issueTypeId) {
    CallRequest request;
    request.what = "read the create screen of " + projectIdOrKey;
    RestCall& jira = call();
    const auto fields = readAllPages<FieldMeta>(
        [&](std::int64_t startAt) {
            request.path = "/issue/createmeta/" + segment(projectIdOrKey) + "/issuetypes/" +
                           segment(issueTypeId) + pageOf(startAt);
            return jira.object(request);
        },
        {"fields", "values", "results"}, &readField);
    CreateScreen screen;
    for (const auto& field : fields) {
        screen[field.fieldId] = field;
    }
    return screen;
}

CreatedIssue RestClient::create(const std::string& body, const std::string& projectKey) {
    CallRequest request;
    request.method = "POST";
    request.path = "/issue";
    request.body = body;
    request.what = "create a ticket in " + projectKey;
    request.scope = writeScope;
    request.effect = Effect::Creates;
    RestCall& jira = call();
    const auto answer = jira.object(request);
    const CreatedIssue created{json::text(answer, "id"), json::text(answer, "key")};
    if (created.id.empty() || created.key.empty()) {
        jira.throwUnreadable(request);
    }
    return created;
}

std::vector<BulkElement> RestClient::createIssues(const std::vector<mapping::TicketDraft>& drafts) {
    if (drafts.empty()) {
        return {};
    }
    if (drafts.size() > bulkLimit) {
        throw std::invalid_argument("Jira takes at most 50 tickets in one request.");
    }
    CallRequest request;
    request.method = "POST";
    request.path = "/issue/bulk";
    request.body = bulkBody(drafts);
    request.what = "create " + std::to_string(drafts.size()) + " tickets";
    request.scope = writeScope;
    request.effect = Effect::Creates;
    request.expected = {400}; // the same shape as a success when every element was refused
    RestCall& jira = call();
    const HttpResponse response = jira.send(request);
    auto outcome = readBulkAnswer(json::parseObject(response.body), drafts.size());
    if (outcome.empty() && response.status == 400) {
        jira.throwFor(response, request);
    }
    if (outcome.empty()) {
        jira.throwUnreadable(request);
    }
    return outcome;
}

std::vector<Issue> RestClient::issuesWithLabels(const std::vector<std::string>& labels) {
    std::vector<Issue> found;
    for (std::size_t start = 0; start < labels.size(); start += labelsPerQuery) {
        const std::size_t end = std::min(start + labelsPerQuery, labels.size());
        searchLabels({labels.begin() + static_cast<std::ptrdiff_t>(start),
                      labels.begin() + static_cast<std::ptrdiff_t>(end)},
                     found);
    }
    return found;
}

std::optional<Issue> RestClient::issue(const std::string& idOrKey) {
    const auto object = fetchIssue(*this, idOrKey, issueFields);
    return object ? std::optional(readIssue(object)) : std::nullopt;
}

std::optional<StoredIssue> RestClient::storedIssue(const std::string& idOrKey,
                                                   const std::vector<std::string>& fieldIds) {
    std::string list;
    for (const auto& id : fieldIds) {
        list += (list.empty() ? "" : ",") + id;
    }
    const auto object = fetchIssue(*this, idOrKey, list);
    return object ? std::optional(readStoredIssue(object)) : std::nullopt;
}

void RestClient::deleteIssue(const std::string& idOrKey) {
    CallRequest request;
    request.method = "DELETE";
    request.path = "/issue/" + segment(idOrKey);
    request.what = "delete " + idOrKey;
    request.scope = writeScope;
    request.effect = Effect::Repeatable;
    call().send(request);
}

std::vector<Permission> readPermissions(const Poco::JSON::Object::Ptr& answer,
                                        const std::vector<std::string>& keys) {
    const auto all = json::object(answer, "permissions");
    std::vector<Permission> permissions;
    permissions.reserve(keys.size());
    for (const auto& key : keys) {
        permissions.push_back({key, json::flag(json::object(all, key), "havePermission")});
    }
    return permissions;
}

} // namespace jira_plugin::jira
