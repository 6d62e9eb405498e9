#include "api.hpp"

#include "handlers.hpp"
#include "router.hpp"
#include "web/embedded.hpp"
#include "web/pages.hpp"

#include <exception>

namespace jira_plugin::settings {
namespace {

const Route* forMethod(const Match& match, const std::string& method) {
    for (const Route* route : match.routes)
        if (route->method == method)
            return route;
    return nullptr;
}

Response methodNotAllowed(const Match& match) {
    std::string allowed;
    for (const Route* route : match.routes)
        allowed += (allowed.empty() ? "" : ", ") + std::string(route->method);
    Response response = problemResponse(ApiProblem(
        405, "method_not_allowed", "This address does not take that method.", "It takes " + allowed + "."));
    response.headers.emplace_back("Allow", allowed);
    return response;
}

void requireAccess(const Principal& who, Access access) {
    const bool allowed =
        access == Access::Member || who.isAdmin || (access == Access::Reader && who.isProjectAdmin);
    if (!allowed)
        throw ApiProblem(403, "forbidden",
                         access == Access::Admin ? "Only an admin can do this."
                                                 : "The Jira settings are for admins and project admins.",
                         "Ask an admin of " + who.organisationName + ".");
}

/// A path for the log: its route's pattern, since values may be secrets such as the token of a link.
std::string shownPath(const std::string& path) {
    const Match match = matchPath(routes(), path);
    return match.routes.empty() ? "unknown" : match.routes.front()->pattern;
}

ApiProblem internalProblem() {
    return ApiProblem(500, "internal", "Something went wrong inside the Jira integration.",
                      "Try again; if it stays, the host's log has the reason.");
}

} // namespace

Response Api::handle(const Request& request) {
    Request asked = request;
    if (request.method == "HEAD")
        asked.method = "GET";
    Response response;
    try {
        response = route(asked);
    } catch (const std::exception& e) {
        response = problemResponse(problemOf(std::current_exception()).value_or(internalProblem()));
        if (response.status == 500)
            _parts.host.log.error("A settings request failed unexpectedly",
                                  {{"path", shownPath(request.path)}, {"error", e.what()}});
    }
    if (request.method == "HEAD") {
        response.body.clear();
        response.stream = nullptr;
    }
    return response;
}

Response Api::route(const Request& request) {
    const Match match = matchPath(routes(), request.path);
    if (match.routes.empty()) {
        if (auto page = web::page(request))
            return *page;
        throw notFound("such address");
    }
    const Route* route = forMethod(match, request.method);
    if (!route)
        return methodNotAllowed(match);
    requireAccess(request.principal, route->access);
    Context context(_parts, request, match.values, readQuery(route->query, request.query));
    return route->handle(context);
}

Response showDescription(Context&) {
    Response response = jsonResponse(200, new Poco::JSON::Object);
    response.body = web::embedded::openapiJson();
    return response;
}

} // namespace jira_plugin::settings
