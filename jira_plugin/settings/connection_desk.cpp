#include "connection_desk.hpp"

namespace jira_plugin::settings {

connection::ConnectionStatus JiraDesk::status(const std::string& organisation) {
    return _cloud.status(organisation);
}

std::string JiraDesk::begin(const std::string& organisation, const std::string& user) {
    return _cloud.beginAuthorization(organisation, user);
}

connection::AuthResult JiraDesk::finish(const std::string& organisation, const std::string& user,
                                        const std::map<std::string, std::string>& query) {
    return _cloud.finishAuthorization(organisation, user, query);
}

std::vector<connection::Site> JiraDesk::sites(const std::string& organisation, const std::string& user) {
    return _cloud.sites(organisation, user);
}

connection::AuthResult JiraDesk::chooseSite(const std::string& organisation, const std::string& user,
                                            const std::string& site, bool confirmed) {
    return _cloud.chooseSite(organisation, user, site, confirmed);
}

void JiraDesk::renew(const std::string& organisation) {
    if (_server.isServer(organisation))
        _server.renewToken(organisation);
    else
        _cloud.renewToken(organisation);
}

bool JiraDesk::disconnect(const std::string& organisation, const std::string& user) {
    return _cloud.disconnect(organisation, user);
}

} // namespace jira_plugin::settings
