#include "connection_desk.hpp"

namespace jira_plugin::settings {

connection::ConnectionStatus CloudDesk::status(const std::string& organisation) {
    return _cloud.status(organisation);
}

std::string CloudDesk::begin(const std::string& organisation, const std::string& user) {
    return _cloud.beginAuthorization(organisation, user);
}

connection::AuthResult CloudDesk::finish(const std::string& organisation, const std::string& user,
                                         const std::map<std::string, std::string>& query) {
    return _cloud.finishAuthorization(organisation, user, query);
}

std::vector<connection::Site> CloudDesk::sites(const std::string& organisation, const std::string& user) {
    return _cloud.sites(organisation, user);
}

connection::AuthResult CloudDesk::chooseSite(const std::string& organisation, const std::string& user,
                                             const std::string& site, bool confirmed) {
    return _cloud.chooseSite(organisation, user, site, confirmed);
}

void CloudDesk::renew(const std::string& organisation) {
    _cloud.renewToken(organisation);
}

bool CloudDesk::disconnect(const std::string& organisation, const std::string& user) {
    return _cloud.disconnect(organisation, user);
}

} // namespace jira_plugin::settings
