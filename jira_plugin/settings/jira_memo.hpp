#pragma once

#include "jira/client.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::settings {

/// What Jira says of its projects, asked once each: many mappings into the same Jira project cost no more
/// than one. Lives for one request; for one thread. Every function throws what the client throws.
class JiraMemo {
public:
    /// client: borrowed.
    explicit JiraMemo(jira::Client& client) : _client(client) {}

    /// Identity of the Jira that is asked.
    std::string system() const { return _client.system(); }

    /// By id or key; nothing when there is none that the connected account may see.
    const std::optional<jira::ProjectRef>& project(const std::string& idOrKey);
    bool mayCreateIn(const std::string& projectKey);
    const std::vector<jira::IssueType>& issueTypes(const std::string& projectId);
    const jira::CreateScreen& createScreen(const std::string& projectId, const std::string& issueTypeId);
    const std::optional<jira::User>& assignable(const std::string& projectKey, const std::string& accountId);

private:
    using Pair = std::pair<std::string, std::string>;
    jira::Client& _client;
    std::map<std::string, std::optional<jira::ProjectRef>> _projects;
    std::map<std::string, bool> _mayCreate;
    std::map<std::string, std::vector<jira::IssueType>> _types;
    std::map<Pair, jira::CreateScreen> _screens;
    std::map<Pair, std::optional<jira::User>> _people;
};

} // namespace jira_plugin::settings
