#include "organisation_connections.hpp"

namespace jira_plugin::connection {

std::shared_ptr<jira::Client> OrganisationConnections::client(const std::string& organisation) {
    return _server.isServer(organisation) ? _server.client(organisation) : _cloud.client(organisation);
}

} // namespace jira_plugin::connection
