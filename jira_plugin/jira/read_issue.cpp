#include "read_issue.hpp"

#include "json.hpp"

#include <Poco/StringTokenizer.h>

namespace jira_plugin::jira {
namespace {

Poco::JSON::Object::Ptr firstPage(const std::string& jql, const std::string& fields, int maxResults) {
    Poco::JSON::Array::Ptr names(new Poco::JSON::Array);
    for (const auto& name : Poco::StringTokenizer(fields, ",")) {
        names->add(name);
    }
    Poco::JSON::Object::Ptr body(new Poco::JSON::Object);
    body->set("jql", jql);
    body->set("fields", names);
    body->set("maxResults", maxResults);
    return body;
}

} // namespace

Issue readIssue(const Poco::JSON::Object::Ptr& object) {
    const auto fields = json::object(object, "fields");
    const auto status = json::object(fields, "status");
    Issue issue;
    issue.id = json::text(object, "id");
    issue.key = json::text(object, "key");
    issue.summary = json::text(fields, "summary");
    issue.projectId = json::text(json::object(fields, "project"), "id");
    issue.status = json::text(status, "name");
    issue.statusCategory = json::text(json::object(status, "statusCategory"), "key");
    issue.priority = json::text(json::object(fields, "priority"), "name");
    issue.assignee = json::text(json::object(fields, "assignee"), "displayName");
    issue.dueDate = json::text(fields, "duedate");
    const auto labels = json::array(fields, "labels");
    for (std::size_t i = 0; labels && i < labels->size(); ++i) {
        issue.labels.push_back(json::textOf(labels->get(static_cast<unsigned>(i))));
    }
    return issue;
}

StoredIssue readStoredIssue(const Poco::JSON::Object::Ptr& object) {
    StoredIssue issue;
    issue.id = json::text(object, "id");
    issue.key = json::text(object, "key");
    if (const auto fields = json::object(object, "fields")) {
        for (const auto& [id, value] : *fields) {
            issue.fields[id] = json::write(value);
        }
    }
    return issue;
}

void appendIssues(std::vector<Issue>& issues, const Poco::JSON::Array::Ptr& found) {
    for (std::size_t i = 0; found && i < found->size(); ++i) {
        issues.push_back(readIssue(json::objectAt(found, i)));
    }
}

User readUser(const Poco::JSON::Object::Ptr& object) {
    const std::string accountId = json::text(object, "accountId");
    return {accountId.empty() ? json::text(object, "name") : accountId, json::text(object, "displayName"),
            json::text(object, "emailAddress"), json::flag(object, "active", true)};
}

std::vector<User> readUsers(const Poco::JSON::Array::Ptr& array) {
    std::vector<User> users;
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        User user = readUser(json::objectAt(array, i));
        if (!user.accountId.empty()) {
            users.push_back(std::move(user));
        }
    }
    return users;
}

std::string searchBody(const std::string& jql, const std::string& fields, int maxResults,
                       const std::string& pageToken) {
    auto body = firstPage(jql, fields, maxResults);
    if (!pageToken.empty()) {
        body->set("nextPageToken", pageToken);
    }
    return json::write(body);
}

std::string searchBody(const std::string& jql, const std::string& fields, int maxResults,
                       std::int64_t startAt) {
    auto body = firstPage(jql, fields, maxResults);
    body->set("startAt", startAt);
    return json::write(body);
}

std::string unvalidatedSearchBody(const std::string& jql, const std::string& fields, int maxResults,
                                  std::int64_t startAt) {
    auto body = firstPage(jql, fields, maxResults);
    body->set("startAt", startAt);
    body->set("validateQuery", false);
    return json::write(body);
}

} // namespace jira_plugin::jira
