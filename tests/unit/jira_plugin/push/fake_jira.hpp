#pragma once

#include "fake_board.hpp"

#include "connection/connections.hpp"
#include "jira/client.hpp"
#include "jira/errors.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// A Jira in memory that can lose answers, refuse issues and lag with its index. Safe from any thread; set it
/// up before threads use it, or under its mutex.
namespace push_test {

namespace jira = jira_plugin::jira;
using Drafts = std::vector<jira_plugin::mapping::TicketDraft>;

class FakeJira : public jira::Client {
public:
    std::string system() const override { return site; }
    std::string browseUrl(const std::string& key) const override {
        return "https://jira.example/browse/" + key;
    }

    jira::ServerInfo serverInfo() override { return {}; }
    jira::User myself() override { return {}; }
    std::vector<jira::Permission> permissions(const std::string&, const std::vector<std::string>&) override {
        return {};
    }
    jira::Page<jira::ProjectRef> projects(const std::string&, std::int64_t, int) override { return {}; }
    jira::ProjectRef project(const std::string&) override { return {}; }
    std::vector<jira::IssueType> issueTypes(const std::string&) override { return {}; }
    std::vector<jira::TypeStatuses> workflowStatuses(const std::string&) override { return {}; }

    jira::CreateScreen createScreen(const std::string&, const std::string&) override {
        const std::lock_guard<std::mutex> lock(mutex);
        ++screenReads;
        if (onScreen)
            onScreen();
        return screen;
    }
    std::vector<jira::User> assignableUsers(const std::string&, const std::string& query, int) override {
        const std::lock_guard<std::mutex> lock(mutex);
        ++userReads;
        const auto found = usersByQuery.find(query);
        return found == usersByQuery.end() ? std::vector<jira::User>() : found->second;
    }
    std::optional<jira::User> assignableUser(const std::string&, const std::string& accountId) override {
        const std::lock_guard<std::mutex> lock(mutex);
        ++userReads;
        const auto found = usersById.find(accountId);
        return found == usersById.end() ? std::nullopt : std::optional<jira::User>(found->second);
    }

    jira::CreatedIssue createIssue(const jira_plugin::mapping::TicketDraft& draft) override {
        const auto elements = create({draft});
        if (elements.front().issue)
            return *elements.front().issue;
        throw jira::Refusal(elements.front().status, elements.front().message, elements.front().remedy,
                            elements.front().fields);
    }
    std::vector<jira::BulkElement> createIssues(const Drafts& drafts) override { return create(drafts); }

    std::string renderCreate(const jira_plugin::mapping::TicketDraft& draft) const override {
        std::string body = draft.projectId + "|" + draft.summary + "|" + draft.assigneeId.value_or("-") +
                           "|" + draft.priorityId.value_or("-");
        for (const auto& [id, value] : draft.extraFields)
            body += "|" + id + "=" + value;
        if (draft.description)
            for (const auto& block : draft.description->blocks)
                body += "|" + std::to_string(static_cast<int>(block.kind));
        return body;
    }

    std::vector<jira::Issue> issuesWithLabels(const std::vector<std::string>& labels) override {
        const std::lock_guard<std::mutex> lock(mutex);
        ++lookups;
        if (onLookup)
            onLookup();
        std::vector<jira::Issue> found;
        if (!isIndexed)
            return found;
        for (const jira::Issue& issue : issues)
            for (const std::string& label : issue.labels)
                if (std::find(labels.begin(), labels.end(), label) != labels.end()) {
                    found.push_back(issue);
                    break;
                }
        return found;
    }
    std::optional<jira::Issue> issue(const std::string&) override { return {}; }
    std::optional<jira::StoredIssue> storedIssue(const std::string&,
                                                 const std::vector<std::string>&) override {
        return {};
    }
    void deleteIssue(const std::string&) override {}

    jira::Comments& comments() override { return board; }
    jira::Workflow& workflow() override { return board; }
    jira::IssueStates& issueStates() override { return board; }
    jira::Editing& editing() override { return board; }
    jira::Webhooks& webhooks() override { return board; }

    // What tests look at
    std::size_t issueCount() const {
        const std::lock_guard<std::mutex> lock(mutex);
        return issues.size();
    }
    std::size_t issuesLabelled(const std::string& label) const {
        const std::lock_guard<std::mutex> lock(mutex);
        std::size_t count = 0;
        for (const jira::Issue& issue : issues)
            count += std::count(issue.labels.begin(), issue.labels.end(), label);
        return count;
    }

    FakeBoard board; ///< what is created here stands on it, too

    mutable std::mutex mutex;
    std::string site = "site-1";
    jira::CreateScreen screen;
    std::map<std::string, std::vector<jira::User>> usersByQuery;
    std::map<std::string, jira::User> usersById;
    std::vector<jira::Issue> issues;
    std::vector<Drafts> requests;
    bool isIndexed = true;
    int lookups = 0;
    int screenReads = 0;
    int userReads = 0;
    std::function<void()> onScreen;
    std::function<void()> onLookup;
    std::function<void(const Drafts&)> beforeCreate; ///< throws: nothing was created
    std::function<void(const Drafts&)> afterCreate;  ///< throws: the answer is lost
    std::function<std::optional<jira::BulkElement>(const jira_plugin::mapping::TicketDraft&)> refuse;

private:
    void putOnBoard(const jira::Issue& issue, const jira_plugin::mapping::TicketDraft& draft) {
        jira::IssueState state;
        state.id = issue.id;
        state.key = issue.key;
        state.summary = issue.summary;
        state.projectId = draft.projectId;
        state.projectKey = draft.projectKey;
        state.issueTypeId = draft.issueTypeId;
        state.priority = {draft.priorityId.value_or(""), draft.priorityId.value_or("")};
        state.assignee = {draft.assigneeId.value_or(""), draft.assigneeId.value_or("")};
        state.labels = draft.labels;
        board.put(std::move(state));
    }

    std::vector<jira::BulkElement> create(const Drafts& drafts) {
        const std::lock_guard<std::mutex> lock(mutex);
        requests.push_back(drafts);
        if (beforeCreate)
            beforeCreate(drafts);
        std::vector<jira::BulkElement> elements;
        for (const auto& draft : drafts) {
            if (auto refusal = refuse ? refuse(draft) : std::nullopt) {
                elements.push_back(*refusal);
                continue;
            }
            jira::Issue issue;
            issue.id = std::to_string(10000 + issues.size());
            issue.key = draft.projectKey + "-" + std::to_string(issues.size() + 1);
            issue.summary = draft.summary;
            issue.projectId = draft.projectId;
            issue.labels = draft.labels;
            issues.push_back(issue);
            putOnBoard(issue, draft);
            jira::BulkElement element;
            element.issue = jira::CreatedIssue{issue.id, issue.key};
            elements.push_back(element);
        }
        if (afterCreate)
            afterCreate(drafts);
        return elements;
    }
};

inline jira::BulkElement refusal(int status, const std::string& message,
                                 std::map<std::string, std::string> fields = {}) {
    jira::BulkElement element;
    element.status = status;
    element.message = message;
    element.remedy = "remedy of: " + message;
    element.fields = std::move(fields);
    return element;
}

class FakeConnections : public jira_plugin::connection::Connections {
public:
    explicit FakeConnections(std::shared_ptr<jira::Client> client) : _client(std::move(client)) {}

    std::shared_ptr<jira::Client> client(const std::string&) override {
        const std::lock_guard<std::mutex> lock(_mutex);
        if (!_isConnected)
            throw jira::ReconnectNeeded("The connection to Jira was revoked.", "Reconnect Jira.");
        return _client;
    }
    bool isConnected(const std::string&) override {
        const std::lock_guard<std::mutex> lock(_mutex);
        return _isConnected;
    }
    void connect(bool isConnected) {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isConnected = isConnected;
    }

private:
    std::mutex _mutex;
    std::shared_ptr<jira::Client> _client;
    bool _isConnected = true;
};

} // namespace push_test
