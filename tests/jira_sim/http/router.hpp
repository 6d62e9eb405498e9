#pragma once

#include <map>
#include <string>
#include <vector>

#include "http/call.hpp"

namespace jira_sim {

using Handler = Response (*)(Call&);

/// Where a path lives; decides which checks come before the handler.
enum class Area {
    Auth,     ///< auth.atlassian.com and the parts of api.atlassian.com beside the gateway
    Gateway,  ///< api.atlassian.com/ex/jira/{cloudId}
    SiteHost, ///< name.atlassian.net/rest: refuses 3LO tokens
    Control,  ///< the test's door
    Pages,    ///< for people
    // Jira Data Center alone:
    Rest,    ///< {base}/rest, where anybody may knock
    Servlet, ///< {base}/plugins/servlet/oauth: the OAuth 1.0a provider
    Outside, ///< beside the context path: another application, or none
};

enum class Body {
    None,
    Json,     ///< a JSON object or array; anything else is refused as Jira does
    Form,     ///< application/x-www-form-urlencoded, read by the handler
    TypeOnly, ///< no body, and yet Jira wants Content-Type: application/json
};

struct Route {
    const char* method;
    const char* pattern; ///< segments, `{name}` matches one
    Handler handler;
    Body body = Body::None;
    /// Classic scopes, all needed; or else the granular ones, all needed. Empty: none needed.
    const char* scopes = "";
    const char* granular = "";
    std::vector<std::string> segments = {};
    bool anonymous = false; ///< Data Center: answers people who are not logged in
};

struct Match {
    const Route* route = nullptr;
    std::map<std::string, std::string> params;
    std::string allowed; ///< methods that the path has, when the method was wrong
};

/// Takes the context path off the request's segments.
Area areaOf(const Config& config, Request& request);
/// The routing table of an area, patterns relative to `/ex/jira/{cloudId}` for the gateway.
const std::vector<Route>& routes(Area area);
Match find(Area area, const Request& request);
// dc_routes.cpp
std::vector<Route> dataCenterRoutes();
std::vector<Route> oauth1Routes();
std::vector<Route> administrationRoutes();

} // namespace jira_sim
