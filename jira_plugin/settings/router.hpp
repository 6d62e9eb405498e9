#pragma once

#include "routes.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::settings {

/// The routes whose pattern fits a path, with the decoded values of its {names}.
struct Match {
    std::vector<const Route*> routes; ///< one per method
    std::map<std::string, std::string> values;
};

/// A literal pattern wins over one with {names}. No routes: the path is unknown.
Match matchPath(const std::vector<Route>& routes, const std::string& path);

/// Reads a query by the names that a route knows. Throws ApiProblem for others, repeated or malformed ones.
std::map<std::string, std::string> readQuery(const std::vector<std::string>& known, const std::string& query);

} // namespace jira_plugin::settings
