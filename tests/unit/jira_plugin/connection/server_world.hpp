#pragma once

#include "connection_world.hpp"

#include "connection/organisation_connections.hpp"
#include "connection/server_authorization.hpp"
#include "connection/server_problem.hpp"

#include <string>

namespace jira_plugin::connection {

/// Connections to a Jira Data Center over a scripted wire.
struct ServerWorld : ConnectionWorld {
    using ConnectionWorld::ConnectionWorld;

    ServerConnections server{services, database, wire};
    OrganisationConnections all{connections, server};

    static constexpr const char* jiraUrl = "https://jira.example/jira";

    ServerAuthorization& authorization() { return server.authorization(); }

    void thenServerInfo(const std::string& version = "9.12.4", const std::string& baseUrl = jiraUrl,
                        jira::Headers headers = {});
    void thenForm(int status, const std::string& body);
    void thenRequestToken(const std::string& token = "request-1");
    void thenAccessToken(const std::string& token = "access-1", const std::string& seconds = "157680000");
    void thenServerAccount(int projects = 1);

    /// Where Jira's page is, after all checks passed.
    std::string verify(const std::string& user = "ann", const std::string& token = "request-1");
    AuthResult back(const Query& query, const std::string& user = "ann",
                    const std::string& organisation = "org") {
        return authorization().finish(organisation, user, query);
    }
    /// The whole way to a connection; the first token is "access-1".
    AuthResult connectServer(const std::string& token = "request-1");

    /// The code of the problem that verifying ends with.
    std::string problem(const std::string& url = jiraUrl);
};

/// The Authorization header of a request.
std::string authorizationOf(const jira::HttpRequest& request);

} // namespace jira_plugin::connection
