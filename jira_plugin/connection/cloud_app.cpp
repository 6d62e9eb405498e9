#include "cloud_app.hpp"

#include "host/services.hpp"
#include "jira/address_policy.hpp"
#include "jira/errors.hpp"

#include <algorithm>
#include <stdexcept>

namespace jira_plugin::connection {
namespace {

std::string address(host::Config& config, const std::string& key, const std::string& standard) {
    const std::string value = config.get(key).value_or("");
    try {
        return jira::normalisedBaseUrl(value.empty() ? standard : value);
    } catch (const std::invalid_argument& error) {
        throw jira::NotConfigured("The setting " + key + " is wrong: " + error.what(),
                                  "Ask your platform operator to correct " + key + ".");
    }
}

} // namespace

CloudApp CloudApp::from(host::Config& config, host::Urls& urls) {
    CloudApp app;
    app.authUrl = address(config, "jira.cloud.auth_url", "https://auth.atlassian.com");
    app.apiUrl = address(config, "jira.cloud.api_url", "https://api.atlassian.com");
    app.clientId = config.get("jira.cloud.client_id").value_or("");
    app.clientSecret = Secret(config.get("jira.cloud.client_secret").value_or(""));
    app.redirectUri = urls.settingsPage() + callbackPath;
    return app;
}

const std::vector<Scope>& neededScopes() {
    static const std::vector<Scope> scopes{
        {"read:jira-work", "Read Jira project data", "To list available projects and issue types"},
        {"write:jira-work", "Create and edit issues",
         "To create and update security tickets and their comments"},
        {"read:jira-user", "Read user data", "To populate assignee dropdowns"},
        {"manage:jira-webhook", "Manage webhooks",
         "To receive status-change events for bi-directional sync"}};
    return scopes;
}

std::string missingScopes(const std::vector<std::string>& granted) {
    std::string missing;
    for (const Scope& scope : neededScopes()) {
        if (std::find(granted.begin(), granted.end(), scope.name) == granted.end()) {
            missing += (missing.empty() ? "" : ", ") + std::string(scope.name);
        }
    }
    return missing;
}

} // namespace jira_plugin::connection
