#include "handlers/handlers.hpp"

/// The token endpoint and what an access token says about its grant.
/// Source: developer.atlassian.com, "OAuth 2.0 (3LO) apps", rotating refresh tokens.
namespace jira_sim::handle {

namespace {

std::string joined(const std::set<std::string>& scopes, bool jiraOnly) {
    std::string text;
    for (const std::string& scope : scopes)
        if (!jiraOnly || (scope != "offline_access" && scope != "read:me"))
            text += (text.empty() ? "" : " ") + scope;
    return text;
}

Response tokens(const TokenPair& pair) {
    json::ObjectPtr body = json::object({{"access_token", pair.accessToken}});
    if (!pair.refreshToken.empty())
        body->set("refresh_token", pair.refreshToken);
    body->set("expires_in", pair.expiresInSec);
    body->set("token_type", "Bearer");
    body->set("scope", joined(pair.scopes, false));
    Response response = Response::json(200, body);
    response.contentType = "application/json";
    return response.with("Cache-Control", "no-store");
}

/// The parsed body, or the refusal in the endpoint's own shape.
json::ObjectPtr tokenRequest(const Call& call) {
    if (call.request.mediaType() != "application/json")
        throw Refusal{reply::oauth(400, "invalid_request", "The request must be sent as application/json")};
    try {
        json::ObjectPtr body = json::asObject(json::parse(call.request.body));
        if (!body.isNull())
            return body;
    } catch (const json::ParseError&) {
    }
    throw Refusal{reply::oauth(400, "invalid_request", "The request body is not a JSON object")};
}

void checkClient(const Config& config, const json::ObjectPtr& body) {
    if (json::memberString(body, "client_id") != config.clientId)
        throw Refusal{reply::oauth(403, "unauthorized_client", "The client is not known")};
    if (json::memberString(body, "client_secret") != config.clientSecret)
        throw Refusal{reply::oauth(401, "access_denied", "Unauthorized")};
}

/// Tokens work on the gateway's sibling endpoints, too.
GrantPtr grantOf(const Call& call) {
    const std::string value = call.request.header("Authorization");
    GrantPtr grant;
    if (value.rfind("Bearer ", 0) == 0) {
        if (call.plan.expireToken)
            call.world().grants().expireAccessToken(value.substr(7));
        grant = call.world().grants().authenticate(value.substr(7), call.world().nowMs());
    }
    if (!grant)
        throw Refusal{reply::gateway(401, "Unauthorized")};
    return grant;
}

} // namespace

Response token(Call& call) {
    json::ObjectPtr body = tokenRequest(call);
    const Config& config = call.services.config;
    Grants& grants = call.world().grants();
    const std::string type = json::memberString(body, "grant_type");
    if (type.empty())
        return reply::oauth(400, "invalid_request", "Missing required parameter: grant_type");
    if (type != "authorization_code" && type != "refresh_token")
        return reply::oauth(400, "unsupported_grant_type", "Unsupported grant type: " + type);
    checkClient(config, body);
    if (type == "refresh_token") {
        const auto pair = call.plan.refuseRefresh ? std::nullopt
                                                  : grants.refresh(json::memberString(body, "refresh_token"),
                                                                   config.clientId, call.world().nowMs());
        return pair ? tokens(*pair) : reply::oauth(403, "invalid_grant", "Unknown or invalid refresh token.");
    }
    const auto pair = grants.exchange(json::memberString(body, "code"), config.clientId,
                                      json::memberString(body, "redirect_uri"), call.world().nowMs());
    return pair ? tokens(*pair) : reply::oauth(400, "invalid_grant", "Invalid authorization code");
}

Response accessibleResources(Call& call) {
    const GrantPtr grant = grantOf(call);
    json::ArrayPtr list = json::array();
    for (const auto& site : call.world().sites()) {
        if (grant->cloudIds.count(site->cloudId) == 0)
            continue;
        json::ArrayPtr scopes = json::array();
        for (const std::string& scope : split(joined(grant->scopes, true), ' '))
            scopes->add(scope);
        list->add(json::object({{"id", site->cloudId},
                                {"url", site->url},
                                {"name", site->name},
                                {"scopes", scopes},
                                {"avatarUrl", call.services.config.publicUrl + "/_assets/avatar.svg"}}));
    }
    Response response = Response::json(200, list);
    response.contentType = "application/json";
    return response;
}

Response grantor(Call& call) {
    const GrantPtr grant = grantOf(call);
    if (grant->scopes.count("read:me") == 0)
        return reply::gateway(403, "Forbidden; scope does not match");
    const User* user = call.world().user(grant->accountId);
    json::ObjectPtr body = json::object({{"account_id", user->accountId},
                                         {"account_type", user->accountType},
                                         {"account_status", user->active ? "active" : "inactive"},
                                         {"name", user->displayName},
                                         {"email", user->email},
                                         {"zoneinfo", user->timeZone},
                                         {"locale", "en-US"}});
    Response response = Response::json(200, body);
    response.contentType = "application/json";
    return response;
}

} // namespace jira_sim::handle
