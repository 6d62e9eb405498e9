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

    /// Only an admin can help: the token lacks a scope, or the grant has ended.
    virtual void giveUp(const std::string& message, const std::string& remedy) = 0;

    /// Jira refused even a fresh token. Gives up when the grant has ended; throws RetryLater when it has not.
    virtual void checkGrant(const std::string& message, const std::string& remedy) {
        giveUp(message, remedy);
    }
};

} // namespace jira_plugin::jira
