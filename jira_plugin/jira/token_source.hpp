#pragma once

#include <string>

namespace jira_plugin::jira {

/// Where a client gets its access token. Safe from any thread.
class TokenSource {
public:
    virtual ~TokenSource() = default;

    /// A token that is good for some minutes. Throws ReconnectNeeded, RetryLater, NotConfigured.
    virtual std::string token() = 0;

    /// Another token, after Jira refused `refused`: the current one when it is a different one by now, else a
    /// fresh one. Throws as token().
    virtual std::string tokenAfter(const std::string& refused) = 0;

    /// Jira refused even a fresh token, or said that it lacks a scope: only an admin can help.
    virtual void giveUp(const std::string& message, const std::string& remedy) = 0;
};

} // namespace jira_plugin::jira
