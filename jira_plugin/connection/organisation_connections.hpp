#pragma once

#include "cloud_connections.hpp"
#include "server_connections.hpp"

namespace jira_plugin::connection {

/// The Jira of each organisation, of whichever kind it is.
class OrganisationConnections : public Connections {
public:
    /// Both borrowed, on the same database.
    OrganisationConnections(CloudConnections& cloud, ServerConnections& server)
        : _cloud(cloud), _server(server) {}

    std::shared_ptr<jira::Client> client(const std::string& organisation) override;
    bool isConnected(const std::string& organisation) override { return _cloud.isConnected(organisation); }

private:
    CloudConnections& _cloud;
    ServerConnections& _server;
};

} // namespace jira_plugin::connection
