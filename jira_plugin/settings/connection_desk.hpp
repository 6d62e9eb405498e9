#pragma once

#include "connection/cloud_connections.hpp"
#include "connection/server_authorization.hpp"
#include "connection/server_connections.hpp"

#include <map>
#include <string>
#include <vector>

namespace jira_plugin::settings {

/// Connecting and disconnecting, as the settings need it; what the functions do and throw is said at
/// connection::CloudConnections. Status, renewing and disconnecting are for either kind of Jira. Safe from
/// any thread.
class ConnectionDesk {
public:
    virtual ~ConnectionDesk() = default;
    virtual connection::ConnectionStatus status(const std::string& organisation) = 0;
    virtual std::string begin(const std::string& organisation, const std::string& user) = 0;
    virtual connection::AuthResult finish(const std::string& organisation, const std::string& user,
                                          const std::map<std::string, std::string>& query) = 0;
    virtual std::vector<connection::Site> sites(const std::string& organisation, const std::string& user) = 0;
    virtual connection::AuthResult chooseSite(const std::string& organisation, const std::string& user,
                                              const std::string& site, bool confirmed) = 0;
    virtual bool disconnect(const std::string& organisation, const std::string& user) = 0;
    virtual void renew(const std::string& organisation) = 0;
    /// Handing the consent to a member.
    virtual connection::Handovers& handovers() = 0;
    /// Connecting Jira Data Center.
    virtual connection::ServerAuthorization& server() = 0;
};

/// The real one, over both kinds of Jira, which are borrowed.
class JiraDesk : public ConnectionDesk {
public:
    JiraDesk(connection::CloudConnections& cloud, connection::ServerConnections& server)
        : _cloud(cloud), _server(server) {}

    connection::ConnectionStatus status(const std::string& organisation) override;
    std::string begin(const std::string& organisation, const std::string& user) override;
    connection::AuthResult finish(const std::string& organisation, const std::string& user,
                                  const std::map<std::string, std::string>& query) override;
    std::vector<connection::Site> sites(const std::string& organisation, const std::string& user) override;
    connection::AuthResult chooseSite(const std::string& organisation, const std::string& user,
                                      const std::string& site, bool confirmed) override;
    bool disconnect(const std::string& organisation, const std::string& user) override;
    void renew(const std::string& organisation) override;
    connection::Handovers& handovers() override { return _cloud.handovers(); }
    connection::ServerAuthorization& server() override { return _server.authorization(); }

private:
    connection::CloudConnections& _cloud;
    connection::ServerConnections& _server;
};

} // namespace jira_plugin::settings
