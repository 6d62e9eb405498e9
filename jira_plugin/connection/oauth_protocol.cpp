#include "oauth_protocol.hpp"

#include "jira/cloud_call.hpp"
#include "jira/error_body.hpp"
#include "jira/json.hpp"
#include "jira/retry_after.hpp"

#include <algorithm>
#include <cstdlib>

#include <Poco/DateTimeFormatter.h>
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>
#include <Poco/Timestamp.h>

namespace jira_plugin::connection {
namespace {

namespace json = jira::json;
using Poco::JSON::Object;
using Kind = TokenAnswer::Kind;

std::vector<std::string> words(const std::string& text) {
    const Poco::StringTokenizer tokens(
        text, " ", Poco::StringTokenizer::TOK_IGNORE_EMPTY | Poco::StringTokenizer::TOK_TRIM);
    return {tokens.begin(), tokens.end()};
}

Object::Ptr clientBody(const CloudApp& app, const std::string& grantType) {
    Object::Ptr body(new Object);
    body->set("grant_type", grantType);
    body->set("client_id", app.clientId);
    body->set("client_secret", app.clientSecret.reveal());
    return body;
}

TokenAnswer granted(const Object::Ptr& answer) {
    TokenAnswer result;
    result.grant.accessToken = Secret(json::text(answer, "access_token"));
    result.grant.refreshToken = Secret(json::text(answer, "refresh_token"));
    result.grant.lifetimeMs = std::max<std::int64_t>(json::number(answer, "expires_in", 3600), 0) * 1000;
    result.grant.scopes = words(json::text(answer, "scope"));
    result.kind = result.grant.accessToken.empty() ? Kind::Unreadable : Kind::Granted;
    return result;
}

/// The error codes are those of RFC 6749 5.2. Atlassian answers 401 access_denied for a wrong client secret,
/// and unauthorized_client both for an unknown client and, with other words, for a dead refresh token.
Kind kindOf(int status, const std::string& error, const std::string& description) {
    const bool aboutToken = Poco::toLower(description).find("refresh_token") != std::string::npos;
    if (error == "invalid_grant" || (error == "unauthorized_client" && aboutToken)) {
        return Kind::GrantRefused;
    }
    if (error == "invalid_client" || error == "unauthorized_client" || status == 401) {
        return Kind::ClientRefused;
    }
    return error.empty() ? Kind::Unreadable : Kind::GrantRefused;
}

constexpr std::int64_t toleratedSkewMs = 5LL * 60 * 1000;

std::string shown(std::int64_t ms) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000), "%Y-%m-%d %H:%M:%S UTC");
}

/// Empty when the server's clock and this platform's agree, or the server does not tell.
std::string clocksOf(const jira::HttpResponse& response, std::int64_t nowMs, const std::string& words) {
    const auto there = jira::serverTimeMs(response);
    if (!there || std::abs(*there - nowMs) <= toleratedSkewMs) {
        return {};
    }
    return "this platform's clock says " + shown(nowMs) + ", Atlassian's says " + shown(*there) +
           "; Atlassian's answer was " + words;
}

} // namespace

std::string authorizeUrl(const CloudApp& app, const std::string& state) {
    std::string scopes;
    for (const Scope& scope : neededScopes()) {
        scopes += std::string(scope.name) + " ";
    }
    return app.authUrl + "/authorize" +
           jira::queryString({{"audience", "api.atlassian.com"},
                              {"client_id", app.clientId},
                              {"scope", scopes + "offline_access"},
                              {"redirect_uri", app.redirectUri},
                              {"state", state},
                              {"response_type", "code"},
                              {"prompt", "consent"}});
}

std::string exchangeBody(const CloudApp& app, const std::string& code) {
    Object::Ptr body = clientBody(app, "authorization_code");
    body->set("code", code);
    body->set("redirect_uri", app.redirectUri);
    return json::write(body);
}

std::string refreshBody(const CloudApp& app, const Secret& refreshToken) {
    Object::Ptr body = clientBody(app, "refresh_token");
    body->set("refresh_token", refreshToken.reveal());
    return json::write(body);
}

TokenAnswer readTokenAnswer(const jira::HttpResponse& response, std::int64_t nowMs) {
    const auto answer = json::parseObject(response.body);
    if (response.status >= 200 && response.status < 300 && answer) {
        return granted(answer);
    }
    TokenAnswer result;
    result.words = jira::readErrorBody(response).text();
    if (response.status == 429 || response.status == 408 || response.status >= 500) {
        result.kind = Kind::Later;
        result.retryAfterMs = jira::retryAfterMs(response, nowMs);
        result.words =
            "HTTP " + std::to_string(response.status) + (result.words.empty() ? "" : ", " + result.words);
        result.clocks = clocksOf(response, nowMs, result.words);
        return result;
    }
    result.kind = answer && response.status >= 400 ? kindOf(response.status, json::text(answer, "error"),
                                                            json::text(answer, "error_description"))
                                                   : Kind::Unreadable;
    if (result.words.empty()) {
        result.words = "HTTP " + std::to_string(response.status);
    }
    result.clocks = clocksOf(response, nowMs, result.words);
    return result;
}

std::vector<Site> readSites(const std::string& body) {
    std::vector<Site> sites;
    const auto list = json::parseArray(body);
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const auto element = json::objectAt(list, i);
        Site site{json::text(element, "id"), json::text(element, "name"), json::text(element, "url"), {}};
        const auto scopes = json::array(element, "scopes");
        for (std::size_t k = 0; scopes && k < scopes->size(); ++k) {
            site.scopes.push_back(json::textOf(scopes->get(static_cast<unsigned>(k))));
        }
        const bool jira = std::any_of(site.scopes.begin(), site.scopes.end(), [](const std::string& scope) {
            return scope.find(":jira") != std::string::npos;
        });
        const bool known = std::any_of(sites.begin(), sites.end(),
                                       [&site](const Site& other) { return other.id == site.id; });
        if (jira && !known && !site.id.empty()) {
            sites.push_back(std::move(site));
        }
    }
    return sites;
}

} // namespace jira_plugin::connection
