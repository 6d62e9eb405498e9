#pragma once

#include "auth_outcome.hpp"
#include "connections.hpp"
#include "handovers.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace jira_plugin::host {
struct Services;
}
namespace jira_plugin::store {
class Database;
}
namespace jira_plugin::jira {
class Transport;
}

namespace jira_plugin::connection {

struct Context;
class CloudAuthorization;
class InterruptedRenewals;

/// A connection as a page shows it; no secrets.
struct ConnectionStatus {
    enum class State { NotConfigured, NotConnected, Connected, NeedsAttention };
    State state = State::NotConnected;
    std::string message; ///< for NotConfigured and NeedsAttention
    std::string remedy;
    std::string deployment; ///< "cloud" or "data_center"
    std::string siteId;     ///< also when not connected, if there was a connection before
    std::string siteName;
    std::string siteUrl;
    std::string accountId;
    std::string accountName;
    std::string scopes;      ///< separated by spaces
    std::string connectedBy; ///< user id
    std::int64_t connectedAtMs = 0;
    std::int64_t tokenExpiresAtMs = 0;
    std::string jiraVersion; ///< Data Center
};

const char* toString(ConnectionStatus::State state); ///< "not_configured", "not_connected", ...

/// All organisations' connections to Jira Cloud: authorising, keeping the tokens alive, ending. Safe from any
/// thread. Functions throw store::StoreError when the database fails, besides what they say.
class CloudConnections : public Connections {
public:
    /// What is given is borrowed (the transport shared) and outlives this.
    CloudConnections(host::Services& services, store::Database& database,
                     std::shared_ptr<jira::Transport> transport);
    ~CloudConnections() override;

    std::shared_ptr<jira::Client> client(const std::string& organisation) override;
    bool isConnected(const std::string& organisation) override;

    /// Where to send the user's browser. Good for ten minutes and for this user only. Throws
    /// jira::NotConfigured.
    std::string beginAuthorization(const std::string& organisation, const std::string& user);
    /// query: the decoded parameters of the callback. Never throws for what Atlassian or the user did.
    AuthResult finishAuthorization(const std::string& organisation, const std::string& user,
                                   const std::map<std::string, std::string>& query);

    /// The sites that the user's grant waits to be told about; empty when none waits.
    std::vector<Site> sites(const std::string& organisation, const std::string& user);
    /// confirmed: the user was told that this is another site than before and agrees.
    AuthResult chooseSite(const std::string& organisation, const std::string& user, const std::string& siteId,
                          bool confirmed);

    /// Handing the consent to a member.
    Handovers& handovers() { return *_handovers; }

    /// Of the organisation's connection, whatever its kind.
    ConnectionStatus status(const std::string& organisation);

    /// Of either kind: deletes the tokens; tickets, links and mappings stay. False when there was no
    /// connection. Atlassian has no call to revoke a grant: the user can remove the app under
    /// id.atlassian.com, Connected apps.
    bool disconnect(const std::string& organisation, const std::string& user);

    /// Gets a new access token whether the present one is old or not. Throws the types of jira/errors.hpp.
    void renewToken(const std::string& organisation);

    /// Called with the organisation after a connection was made, ended or fell ill, on the thread that did it
    /// and without locks held. For as long as this object lives; register before other threads use it.
    void onChange(std::function<void(const std::string& organisation)> listener);

    /// Called with the organisation before its connection, of either kind, is ended on purpose: the client
    /// still works. On the thread that ends it, without locks held; must not throw. As onChange otherwise.
    void beforeDisconnect(std::function<void(const std::string& organisation)> listener);

    /// Daily upkeep: refreshes grants that were idle for a week, deletes what has expired, tells the admins
    /// again of connections that have ended.
    void maintain();

    /// Once, when the host takes jobs: takes over what the last process left.
    void start();

    /// What other processes were renewing when they vanished is renewed by this one, and what they found
    /// ended is told.
    void othersVanished();

    /// Makes requests under way end; later calls fail.
    void stop();

private:
    class Clients;

    std::unique_ptr<Context> _context;
    std::unique_ptr<CloudAuthorization> _authorization;
    std::unique_ptr<Handovers> _handovers;
    std::unique_ptr<InterruptedRenewals> _interrupted;
    std::unique_ptr<Clients> _clients;
};

} // namespace jira_plugin::connection
