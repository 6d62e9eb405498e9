#include "judge_connection.hpp"

#include "jira/address_policy.hpp"

#include <sstream>
#include <stdexcept>

#include <Poco/Net/IPAddress.h>

namespace jira_plugin::diagnosis {
namespace {

std::vector<std::string> words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> all;
    for (std::string word; in >> word;)
        all.push_back(word);
    return all;
}

bool isLocal(const std::string& host) {
    Poco::Net::IPAddress address;
    if (Poco::Net::IPAddress::tryParse(host, address))
        return jira::classify(address) != jira::AddressClass::Public;
    return host == "localhost" || host.find('.') == std::string::npos;
}

} // namespace

Judgement judgeConfiguration(const connection::CloudApp& app) {
    Judgement judgement = ok("Authorisation at " + app.authUrl + ", API at " + app.apiUrl + ", client id " +
                             (app.clientId.empty() ? "not set" : "set") + ", client secret " +
                             (app.clientSecret.empty() ? "not set" : "set") + ".");
    if (!app.isConfigured()) {
        judgement.state = CheckState::Failed;
        judgement.cause = connection::notConfiguredMessage;
        judgement.remedy = connection::notConfiguredRemedy;
    }
    return judgement;
}

Judgement judgePublicUrl(const std::string& url, const std::string& callback) {
    Judgement judgement = ok("Callback URL to register with Atlassian: " + callback);
    try {
        const auto endpoint = jira::parseUrl(url);
        if (!isLocal(endpoint.host) && endpoint.tls)
            return judgement;
        judgement.state = CheckState::Warning;
        judgement.cause = isLocal(endpoint.host)
                              ? "The public address " + endpoint.authority() +
                                    " is known inside your network only, so Jira Cloud cannot reach it."
                              : "The public address " + endpoint.authority() + " is not encrypted.";
        judgement.remedy =
            "Connecting works where the browser reaches this address. Before webhooks are used, the "
            "platform operator should give it an https address that the internet reaches.";
    } catch (const std::invalid_argument& error) {
        judgement.state = CheckState::Failed;
        judgement.cause = std::string("The public address of this platform is wrong: ") + error.what();
        judgement.remedy = "Ask the platform operator to correct its public URL.";
    }
    return judgement;
}

Judgement judgeToken(const connection::ConnectionStatus& status, std::int64_t nowMs) {
    if (status.tokenExpiresAtMs > nowMs)
        return ok("Jira accepted it. Good until " + utcText(status.tokenExpiresAtMs) +
                  ", renewed by itself.");
    return ok("Jira accepted it.");
}

Judgement judgeScopes(const connection::ConnectionStatus& status) {
    const auto granted = words(status.scopes);
    Judgement judgement = ok("Granted: " + (status.scopes.empty() ? std::string("nothing") : status.scopes));
    if (const std::string missing = connection::missingScopes(granted); !missing.empty()) {
        judgement.state = CheckState::Failed;
        judgement.cause = "The connection was not given " + missing + ".";
        judgement.remedy =
            "Reconnect Jira and accept all permissions. If they are not on the consent screen, the "
            "platform operator must add them to the OAuth app in Atlassian's developer console.";
    }
    return judgement;
}

Judgement judgeAccount(const jira::User& user) {
    Judgement judgement = ok("Connected as " + user.displayName + ".");
    if (!user.active) {
        judgement.state = CheckState::Failed;
        judgement.cause = "The connected account is deactivated.";
        judgement.remedy = "Reconnect Jira with an account that is active.";
    }
    return judgement;
}

Judgement judgeProjects(const jira::Page<jira::ProjectRef>& firstPage) {
    if (!firstPage.values.empty())
        return ok(firstPage.total > 0
                      ? "The account may create issues in " + countText(firstPage.total, "project") + "."
                      : "The account may create issues in projects.");
    return {
        CheckState::Failed, "Jira lists no project.",
        "No Jira projects found: the connected account may not create issues in any project.",
        "Ask your Jira admin to give it access to the projects and the permission Create Issues there, or "
        "connect with another account.",
        std::nullopt};
}

} // namespace jira_plugin::diagnosis
