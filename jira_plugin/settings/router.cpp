#include "router.hpp"

#include "mapping/text.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>

namespace jira_plugin::settings {
namespace {

constexpr std::size_t maxPathBytes = 2048;
constexpr std::size_t maxQueryBytes = 8192;

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(separator, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

/// Nothing for what is no percent-encoding or holds control characters: such an address is nobody's.
std::optional<std::string> decoded(std::string text, bool plusIsBlank) {
    if (plusIsBlank)
        std::replace(text.begin(), text.end(), '+', ' ');
    std::string out;
    try {
        Poco::URI::decode(text, out);
    } catch (const Poco::Exception&) {
        return std::nullopt;
    }
    if (mapping::cleanText(out) != out)
        return std::nullopt;
    return out;
}

bool isName(const std::string& segment) {
    return segment.size() > 2 && segment.front() == '{';
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path,
          std::map<std::string, std::string>& values) {
    if (pattern.size() != path.size())
        return false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (!isName(pattern[i])) {
            if (pattern[i] != path[i])
                return false;
            continue;
        }
        const auto value = decoded(path[i], false);
        if (!value || value->empty())
            return false;
        values[pattern[i].substr(1, pattern[i].size() - 2)] = *value;
    }
    return true;
}

ApiProblem badQuery(const std::string& name, const std::string& message) {
    return ApiProblem(400, "invalid_request", message, "Correct the query parameter.", name);
}

} // namespace

Match matchPath(const std::vector<Route>& routes, const std::string& path) {
    Match best;
    if (path.size() > maxPathBytes)
        return best;
    const auto segments = split(path, '/');
    std::string pattern;
    for (const auto& route : routes) {
        std::map<std::string, std::string> values;
        if (!fits(split(route.pattern, '/'), segments, values))
            continue;
        if (best.routes.empty() || values.size() < best.values.size()) {
            best = {{&route}, values};
            pattern = route.pattern;
        } else if (pattern == route.pattern) {
            best.routes.push_back(&route);
        }
    }
    return best;
}

std::map<std::string, std::string> readQuery(const std::vector<std::string>& known,
                                             const std::string& query) {
    std::map<std::string, std::string> values;
    if (query.size() > maxQueryBytes)
        throw badQuery("", "The query has more than " + std::to_string(maxQueryBytes) + " bytes.");
    const bool anyName = known.size() == 1 && known.front() == "*";
    for (const auto& part : split(query, '&')) {
        if (part.empty())
            continue;
        const auto equals = std::min(part.find('='), part.size());
        const auto name = decoded(part.substr(0, equals), true);
        const auto value = decoded(equals < part.size() ? part.substr(equals + 1) : std::string{}, true);
        if (!name || !value)
            throw badQuery("", "The query is not correctly percent-encoded UTF-8.");
        const std::string shown = mapping::cutText(*name, 80);
        if (!anyName && std::find(known.begin(), known.end(), *name) == known.end())
            throw badQuery(shown, "'" + shown + "' is not a query parameter of this address.");
        if (!values.emplace(*name, *value).second)
            throw badQuery(shown, "'" + shown + "' is given more than once.");
    }
    return values;
}

} // namespace jira_plugin::settings
