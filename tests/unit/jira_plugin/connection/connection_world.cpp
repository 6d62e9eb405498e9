#include "connection_world.hpp"

#include <Poco/URI.h>

namespace jira_plugin::connection {

const char* const allSiteScopes =
    R"("read:jira-work","write:jira-work","read:jira-user","manage:jira-webhook")";

std::string siteJson(const std::string& name, const std::string& scopes) {
    return R"({"id":"id-)" + name + R"(","name":")" + name + R"(","url":"https://)" + name +
           R"(.atlassian.net","scopes":[)" + scopes + "]}";
}

std::string ConnectionWorld::begin(const std::string& user, const std::string& organisation) {
    for (const auto& [name, value] :
         Poco::URI(connections.beginAuthorization(organisation, user)).getQueryParameters()) {
        if (name == "state") {
            return value;
        }
    }
    return {};
}

void ConnectionWorld::thenTokens(int number, int lifetimeSeconds) {
    const std::string n = std::to_string(number);
    wire->then(
        200,
        R"({"access_token":"access-)" + n + R"(","refresh_token":"refresh-)" + n + R"(","expires_in":)" +
            std::to_string(lifetimeSeconds) +
            R"(,"scope":"read:jira-work write:jira-work read:jira-user manage:jira-webhook offline_access"})");
}

void ConnectionWorld::thenSites(const std::vector<std::string>& names) {
    std::string list;
    for (const auto& name : names) {
        list += (list.empty() ? "" : ",") + siteJson(name, allSiteScopes);
    }
    wire->then(200, "[" + list + "]");
}

void ConnectionWorld::thenAccount(int projects) {
    wire->then(200, R"({"accountId":"712020:ann","displayName":"Ann Admin"})");
    wire->then(200, projects == 0 ? R"({"values":[],"total":0,"isLast":true})"
                                  : R"({"values":[{"id":"1","key":"PAY","name":"Pay"}],"isLast":true})");
}

AuthResult ConnectionWorld::connect(const std::string& site, const std::string& user) {
    const std::string state = begin(user);
    thenTokens(1);
    thenSites({site});
    thenAccount();
    return finish({{"state", state}, {"code", "c"}}, user);
}

} // namespace jira_plugin::connection
