#pragma once

#include "secret.hpp"

#include <string>
#include <vector>

namespace jira_plugin::host {
class Config;
class Urls;
} // namespace jira_plugin::host

namespace jira_plugin::connection {

/// The OAuth 2.0 app that the platform's operator registered with Atlassian, from the configuration.
struct CloudApp {
    std::string authUrl; ///< jira.cloud.auth_url
    std::string apiUrl;  ///< jira.cloud.api_url
    std::string clientId;
    Secret clientSecret;
    std::string redirectUri; ///< <settings page>/oauth/callback; must be registered with the app

    bool isConfigured() const { return !clientId.empty() && !clientSecret.empty(); }

    /// Throws jira::NotConfigured when an address is not one.
    static CloudApp from(host::Config& config, host::Urls& urls);
};

/// The path of the OAuth callback below the settings page.
constexpr const char* callbackPath = "/oauth/callback";

/// What an admin is told, and why, where Jira Cloud cannot be offered.
constexpr const char* notConfiguredMessage = "Jira Cloud is not configured by your platform operator.";
constexpr const char* notConfiguredRemedy = "Ask your platform operator to register an OAuth 2.0 app with "
                                            "Atlassian and to set jira.cloud.client_id and "
                                            "jira.cloud.client_secret.";

/// A permission that the connection asks for, in the words of the user guide.
struct Scope {
    const char* name;
    const char* permission;
    const char* reason;
};

/// All of them are needed; a later consent replaces an earlier one, so the whole set is asked for each time.
const std::vector<Scope>& neededScopes();

/// Those of neededScopes that are not among the words of granted, separated by ", "; empty when none is
/// missing.
std::string missingScopes(const std::vector<std::string>& granted);

} // namespace jira_plugin::connection
