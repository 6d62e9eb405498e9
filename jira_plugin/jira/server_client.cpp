#include "server_client.hpp"

#include "create_body.hpp"
#include "create_meta_document.hpp"
#include "error_body.hpp"
#include "errors.hpp"
#include "jql.hpp"
#include "json.hpp"
#include "json_writing.hpp"
#include "project_filter.hpp"
#include "read_issue.hpp"
#include "read_metadata.hpp"
#include "wiki_markup.hpp"
#include "wiki_plain.hpp"

#include <algorithm>

#include <Poco/String.h>

namespace jira_plugin::jira {
namespace {

constexpr int mostUsers = 1000; // of one search

} // namespace

ServerClient::ServerClient(std::shared_ptr<Transport> transport, std::shared_ptr<RequestSigner> signer,
                           ServerSite site, std::function<std::int64_t()> nowMs,
                           std::shared_ptr<DialectMemory> memory)
    : _call(std::move(transport), std::move(signer), std::move(site), nowMs),
      _dialect(_call, std::move(memory), nowMs) {}

std::string ServerClient::browseUrl(const std::string& key) const {
    return _call.site().siteUrl + "/browse/" + segment(key);
}

/// Nothing is asked of a server that is not known to be a supported one.
RestCall& ServerClient::call() {
    _dialect.current();
    return _call;
}

ServerInfo ServerClient::serverInfo() {
    return _dialect.ask();
}

std::vector<Permission> ServerClient::permissions(const std::string& projectKey,
                                                  const std::vector<std::string>& keys) {
    CallRequest request;
    request.path = "/mypermissions" + queryString({{"projectKey", projectKey}});
    request.what = "read the account's permissions" + (projectKey.empty() ? "" : " in " + projectKey);
    return readPermissions(call().object(request), keys);
}

std::vector<ProjectRef> ServerClient::allProjects() {
    CallRequest request;
    request.path = "/project";
    request.what = "list projects";
    const auto list = call().array(request);
    std::vector<ProjectRef> all;
    for (std::size_t i = 0; i < list->size(); ++i) {
        all.push_back(readProject(json::objectAt(list, i)));
    }
    return all;
}

Page<ProjectRef> ServerClient::projects(const std::string& query, std::int64_t startAt, int maxResults) {
    if (startAt > 0) {
        const std::lock_guard lock(_projectsMutex);
        if (!_projects.empty()) {
            return projectPage(_projects, query, startAt, maxResults);
        }
    }
    auto all = allProjects();
    auto page = projectPage(all, query, startAt, maxResults);
    const std::lock_guard lock(_projectsMutex);
    _projects = std::move(all);
    return page;
}

template <class Ask> auto ServerClient::inKnownForm(Ask&& ask) {
    const ServerDialect dialect = _dialect.current();
    const CreateMetaForm form = createMetaForm(dialect);
    CreateMetaForm other = form;
    try {
        return ask(form);
    } catch (const Refusal& refusal) {
        if (refusal.status() != 404) {
            throw;
        }
        other = createMetaFormAfterNotFound(_dialect.askAgain(dialect));
        if (other == form) {
            throw;
        }
    }
    return ask(other);
}

Poco::JSON::Object::Ptr ServerClient::createMetaDocument(const std::string& projectIdOrKey,
                                                         const std::string& issueTypeId) {
    CallRequest request;
    request.path = createMetaPath(projectIdOrKey, issueTypeId);
    request.what = issueTypeId.empty() ? "list the issue types of " + projectIdOrKey
                                       : "read the create screen of " + projectIdOrKey;
    return call().object(request);
}

std::vector<IssueType> ServerClient::issueTypes(const std::string& projectIdOrKey) {
    return inKnownForm([&](CreateMetaForm form) {
        return form == CreateMetaForm::Paged
                   ? pagedIssueTypes(projectIdOrKey)
                   : issueTypesIn(createMetaDocument(projectIdOrKey, {}), projectIdOrKey);
    });
}

CreateScreen ServerClient::createScreen(const std::string& projectIdOrKey, const std::string& issueTypeId) {
    return inKnownForm([&](CreateMetaForm form) {
        return form == CreateMetaForm::Paged
                   ? pagedCreateScreen(projectIdOrKey, issueTypeId)
                   : createScreenIn(createMetaDocument(projectIdOrKey, issueTypeId), projectIdOrKey);
    });
}

std::vector<User> ServerClient::searchAssignable(const std::string& projectKey, const std::string& query,
                                                 int maxResults) {
    CallRequest request;
    request.path = "/user/assignable/search" +
                   queryString({{"project", projectKey},
                                {"username", query},
                                {"maxResults", std::to_string(std::clamp(maxResults, 1, mostUsers))}});
    request.what = "search people that issues of " + projectKey + " can be assigned to";
    return readUsers(call().array(request));
}

std::vector<User> ServerClient::assignableUsers(const std::string& projectKey, const std::string& query,
                                                int maxResults) {
    return searchAssignable(projectKey, query, maxResults);
}

/// The search answers everybody whose name begins like that.
std::optional<User> ServerClient::assignableByName(const std::string& projectKey, const std::string& name) {
    for (const auto& user : searchAssignable(projectKey, name, mostUsers)) {
        if (Poco::icompare(user.accountId, name) == 0) {
            return user;
        }
    }
    return std::nullopt;
}

/// Empty when there is no such key, or the account may not look.
std::string ServerClient::nameOfKey(const std::string& key) {
    CallRequest request;
    request.path = "/user" + queryString({{"key", key}});
    request.what = "see whether a user was renamed";
    request.expected = {403, 404};
    const HttpResponse response = call().send(request);
    return response.status == 200 ? json::text(json::parseObject(response.body), "name") : std::string();
}

std::optional<User> ServerClient::assignableUser(const std::string& projectKey, const std::string& name) {
    if (auto user = assignableByName(projectKey, name)) {
        return user;
    }
    const std::string newName = nameOfKey(name);
    const bool renamed = !newName.empty() && Poco::icompare(newName, name) != 0;
    return renamed ? assignableByName(projectKey, newName) : std::nullopt;
}

CreatedIssue ServerClient::createIssue(const mapping::TicketDraft& draft) {
    return create(renderCreate(draft), draft.projectKey);
}

std::string ServerClient::renderCreate(const mapping::TicketDraft& draft) const {
    return createBody(draft, BodyStyle::Wiki);
}

std::string ServerClient::bulkBody(const std::vector<mapping::TicketDraft>& drafts) const {
    return bulkCreateBody(drafts, BodyStyle::Wiki);
}

std::string ServerClient::richText(const mapping::Document& document) const {
    return json::quoted(toWikiMarkup(document, defaultWikiLimit));
}

std::string ServerClient::plainText(const Poco::Dynamic::Var& richText) const {
    return textOfWiki(json::textOf(richText));
}

void ServerClient::searchLabels(const std::vector<std::string>& labels, std::vector<Issue>& found) {
    CallRequest request;
    request.method = "POST";
    request.path = "/search";
    request.what = "search tickets by label";
    RestCall& jira = call();
    const std::string jql = jqlForLabels(labels) + " ORDER BY key"; // pages by number need an order
    std::int64_t startAt = 0;
    for (int page = 0; startAt >= 0 && page < searchPagesAtMost; ++page) {
        request.body = searchBody(jql, issueFields, searchPage, startAt);
        const auto answer = jira.object(request);
        const auto issues = json::array(answer, "issues");
        if (!issues) {
            jira.throwUnreadable(request);
        }
        appendIssues(found, issues);
        startAt = nextPage(answer, issues->size(), startAt);
    }
}

/// Jira's own words about the issue. A page, or an answer about the address, is something else: a Jira that
/// is being restarted, or a proxy.
bool ServerClient::saysAbsent(const HttpResponse& response) const {
    const auto words = json::array(json::parseObject(response.body), "errorMessages");
    return words && words->size() > 0;
}

} // namespace jira_plugin::jira
