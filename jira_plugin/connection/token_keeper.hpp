#pragma once

#include "announcement.hpp"
#include "connection_store.hpp"
#include "secret.hpp"

#include "jira/errors.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace jira_plugin::connection {

struct Context;

constexpr const char* reconnectRemedy = "An admin must reconnect Jira under Settings > Integrations > Jira.";

/// The organisation's connection to this kind of Jira, if it can be used. Throws jira::NotConfigured,
/// jira::ReconnectNeeded.
ConnectionRecord liveRecord(Context& context, const std::string& organisation, const char* deployment);

/// What keeping the tokens of one organisation takes, whatever its kind of Jira: one thread at a time, the
/// stored record, its sealed fields, the right to refresh, and the end of a connection.
class TokenKeeper {
protected:
    /// deployment: the kind, as it is stored.
    TokenKeeper(Context& context, std::string organisation, const char* deployment)
        : _context(context), _organisation(std::move(organisation)), _deployment(deployment) {}
    ~TokenKeeper() = default;

    /// Locks for a public function and announces after it has unlocked, however the function ends.
    class Turn {
    public:
        explicit Turn(TokenKeeper& keeper) : _keeper(keeper), _lock(keeper._mutex) {}
        ~Turn();
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        TokenKeeper& _keeper;
        std::unique_lock<std::mutex> _lock;
    };

    // All of these within a Turn.
    ConnectionRecord load() const { return liveRecord(_context, _organisation, _deployment); }
    /// A record that cannot be opened ends the connection; a platform that gives no key does not.
    Secret open(const ConnectionRecord& record, const char* field, const std::string& sealed);
    /// Runs work with the right to refresh this version; false when another thread or process has it. Throws
    /// jira::RetryLater when this host's sign of life has run out: another one may have taken the right.
    bool withLease(const ConnectionRecord& record, const std::function<void()>& work);
    /// The admins are told when no lock is held any more.
    void announce(Announcement news) { _announcements.push_back(std::move(news)); }
    void die(const ConnectionRecord& record, const std::string& message, const std::string& remedy);
    /// Ends the connection if it is still the one of this version.
    void dieAs(std::int64_t version, const std::string& message, const std::string& remedy);

    static jira::RetryLater later(const std::string& cause, std::int64_t retryAfterMs = 0);
    /// The platform gave no encryption key.
    static jira::RetryLater noKey(const std::exception& error);

    Context& _context;
    const std::string _organisation;
    mutable std::mutex _mutex;

private:
    const char* const _deployment;
    std::vector<Announcement> _announcements;
};

} // namespace jira_plugin::connection
