#pragma once

#include "classify.hpp"

#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::jira {

/// One call to be made.
struct CallRequest {
    std::string method = "GET";
    std::string path;                     ///< below the root of the REST API, encoded, with query
    std::string body;                     ///< JSON; empty: none
    std::string what;                     ///< "list projects", for messages
    std::string scope = "read:jira-work"; ///< what Cloud's tokens need for it
    Effect effect = Effect::Read;
    /// Statuses beside 2xx that the caller reads itself.
    std::vector<int> expected = {};
};

/// "?a=1&b=x%20y" of the pairs whose value is not empty.
std::string queryString(const std::vector<std::pair<std::string, std::string>>& parameters);
/// One segment of a path, encoded.
std::string segment(const std::string& text);

} // namespace jira_plugin::jira
