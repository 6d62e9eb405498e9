#include "routes.hpp"

#include <optional>
#include <set>

#include <Poco/NumberParser.h>
#include <Poco/StringTokenizer.h>

#include "../runtime/stub_host.hpp"

namespace aspm::host {

namespace {

/// What stands at the {} of a path, or nothing when the path is another one.
std::optional<std::vector<std::string>> namesIn(const std::vector<std::string>& segments,
                                                const std::string& path) {
    Poco::StringTokenizer parts(path, "/");
    if (parts.count() != segments.size())
        return std::nullopt;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (parts[i] == "{}")
            names.push_back(segments[i]);
        else if (parts[i] != segments[i])
            return std::nullopt;
    }
    return names;
}

} // namespace

Match findRoute(const std::vector<Route>& routes, const std::string& method,
                const std::vector<std::string>& segments) {
    std::string allowed;
    for (const Route& route : routes) {
        auto names = namesIn(segments, route.path);
        if (!names)
            continue;
        if (route.method == method)
            return {&route, *names};
        allowed += (allowed.empty() ? "" : ", ") + route.method;
    }
    if (!allowed.empty())
        throw HttpError(405, "This path does not take " + method + ".", "Use " + allowed + ".");
    throw HttpError(404, "The control API has no such path.",
                    "host_stub/README.md lists what there is under \"Control API\".");
}

Project ControlCall::project(const std::string& key) const {
    auto found = host.directory().projectByKey(organisation(), key);
    if (!found)
        throw HttpError(404, "There is no project " + key + " in the organisation " + organisation() + ".",
                        "GET /stub/api/organisations/" + organisation() + "/projects lists those there are.");
    return *found;
}

std::size_t ControlCall::limit(std::size_t otherwise, std::size_t most) const {
    std::string text = exchange.parameter("limit");
    if (text.empty())
        return otherwise;
    Poco::UInt64 limit = 0;
    if (!Poco::NumberParser::tryParseUnsigned64(text, limit) || limit == 0 || limit > most)
        throw HttpError(400, "\"limit\" must be a whole number from 1 to " + std::to_string(most) + ".",
                        "Ask for more with further requests.");
    return limit;
}

} // namespace aspm::host
