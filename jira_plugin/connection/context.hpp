#pragma once

#include "announcement.hpp"
#include "cloud_app.hpp"
#include "connection_store.hpp"
#include "handover_store.hpp"
#include "oauth_client.hpp"
#include "oauth_state_store.hpp"
#include "pending_grant_store.hpp"
#include "request_token_store.hpp"
#include "sealed.hpp"
#include "sealed_fields.hpp"
#include "server_key_store.hpp"

#include "host/services.hpp"
#include "store/database.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace jira_plugin::connection {

/// Identity of the alert about a connection that needs somebody.
constexpr const char* connectionAlert = "jira-connection";
constexpr const char* connectionEnded = "Jira must be reconnected";
/// Identity of the alert about the platform's own app at Atlassian.
constexpr const char* appAlert = "jira-app";

/// What the parts of this folder share; made by CloudConnections and by
/// ServerConnections, each for itself, and outlived by it.
struct Context {
    Context(host::Services& hostServices, store::Database& theDatabase,
            std::shared_ptr<jira::Transport> theTransport)
        : services(hostServices), database(theDatabase), transport(std::move(theTransport)),
          sealer(services.keys), connections(database), states(database), pending(database, sealer),
          handovers(database), serverKeys(database), requestTokens(database, sealer),
          oauth(transport, services.clock) {}

    std::int64_t nowMs() const { return services.clock.nowMs(); }
    CloudApp app() const { return CloudApp::from(services.config, services.urls); }
    void changed(const std::string& organisation) const;
    void disconnecting(const std::string& organisation) const;
    /// Never throws: the connection's state tells it, too.
    void tellAdmins(const std::string& organisation, const Announcement& news) const;
    /// The same once more of connections that have ended: who found it out may have died before telling.
    void tellOfEnds();
    /// A member's name for a message; the id when the host knows none.
    std::string nameOf(const std::string& organisation, const std::string& user) const;

    host::Services& services;
    store::Database& database;
    std::shared_ptr<jira::Transport> transport;
    Sealer sealer;
    ConnectionStore connections;
    OAuthStateStore states;
    PendingGrantStore pending;
    HandoverStore handovers;
    ServerKeyStore serverKeys;
    RequestTokenStore requestTokens;
    OAuthClient oauth;
    std::atomic<bool> stopping{false};

    mutable std::mutex listenersMutex;
    std::vector<std::function<void(const std::string&)>> listeners;
    std::vector<std::function<void(const std::string&)>> farewells; ///< before a connection is ended
};

} // namespace jira_plugin::connection
