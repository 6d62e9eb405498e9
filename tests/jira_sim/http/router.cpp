#include "http/router.hpp"

#include <algorithm>

namespace jira_sim {

namespace {

constexpr std::size_t gatewaySegments = 3; // ex, jira, cloud id

bool matches(const Route& route, const std::vector<std::string>& path, std::size_t skip,
             std::map<std::string, std::string>& params) {
    if (route.segments.size() + skip != path.size())
        return false;
    params.clear();
    for (std::size_t i = 0; i < route.segments.size(); ++i) {
        const std::string& wanted = route.segments[i];
        const std::string& given = path[i + skip];
        if (wanted.front() == '{')
            params[wanted.substr(1, wanted.size() - 2)] = given;
        else if (wanted != given)
            return false;
    }
    return true;
}

} // namespace

namespace {

bool beginsWith(const std::vector<std::string>& path, const std::vector<std::string>& start) {
    return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

Area dataCenterArea(const Config& config, Request& request) {
    const std::vector<std::string> context = split(config.contextPath, '/');
    if (beginsWith(request.segments, {"_assets"}))
        return Area::Pages; // pictures and style of the stand-in's pages
    if (!beginsWith(request.segments, context))
        return Area::Outside;
    request.segments.erase(request.segments.begin(),
                           request.segments.begin() + static_cast<std::ptrdiff_t>(context.size()));
    if (beginsWith(request.segments, {"rest", "api", "latest"}))
        request.segments[2] = "2";
    if (beginsWith(request.segments, {"rest"}))
        return Area::Rest;
    if (!beginsWith(request.segments, {"plugins", "servlet", "oauth"}))
        return Area::Pages;
    return beginsWith(request.segments, {"plugins", "servlet", "oauth", "users"}) ? Area::Pages
                                                                                  : Area::Servlet;
}

} // namespace

Area areaOf(const Config& config, Request& request) {
    const std::string first = request.segments.empty() ? std::string() : request.segments.front();
    if (first == "_sim")
        return Area::Control;
    if (config.isDataCenter())
        return dataCenterArea(config, request);
    if (first == "ex")
        return Area::Gateway;
    if (first == "rest")
        return Area::SiteHost;
    if (first == "authorize" || first == "oauth" || first == "me" || first == "error")
        return Area::Auth;
    return Area::Pages;
}

Match find(Area area, const Request& request) {
    const std::size_t skip = area == Area::Gateway ? gatewaySegments : 0;
    Match match;
    std::map<std::string, std::string> params;
    for (const Route& route : routes(area)) {
        if (!matches(route, request.segments, skip, params))
            continue;
        if (request.method == route.method) {
            match.route = &route;
            match.params = params;
            return match;
        }
        if (match.allowed.find(route.method) == std::string::npos)
            match.allowed += (match.allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    return match;
}

} // namespace jira_sim
