#pragma once

#include "connections.hpp"

#include <functional>
#include <memory>
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
class ServerAuthorization;

/// All organisations' connections to Jira Data Center. Ending one and its status are CloudConnections', which
/// look after the connection of an organisation whatever its kind. Safe from any thread. Functions throw
/// store::StoreError when the database fails, besides what they say.
class ServerConnections : public Connections {
public:
    /// What is given is borrowed (the transport shared) and outlives this.
    ServerConnections(host::Services& services, store::Database& database,
                      std::shared_ptr<jira::Transport> transport);
    ~ServerConnections() override;

    std::shared_ptr<jira::Client> client(const std::string& organisation) override;
    bool isConnected(const std::string& organisation) override;

    /// Whether the organisation's connection is, or was, one to Data Center.
    bool isServer(const std::string& organisation);

    /// Keys, checks, and the way to a connection.
    ServerAuthorization& authorization() { return *_authorization; }

    /// Gets a new access token whether the present one is old or not. Throws the types of jira/errors.hpp.
    void renewToken(const std::string& organisation);

    /// As CloudConnections::onChange.
    void onChange(std::function<void(const std::string& organisation)> listener);

    /// Daily upkeep: renews what ends soon, deletes what has expired.
    void maintain();

    /// Later calls fail. The transport is CloudConnections' to stop.
    void stop();

private:
    class Clients;

    std::unique_ptr<Context> _context;
    std::unique_ptr<ServerAuthorization> _authorization;
    std::unique_ptr<Clients> _clients;
};

} // namespace jira_plugin::connection
