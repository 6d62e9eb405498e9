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
    Topic topic = Topic::Ticket; ///< whose remedies a refusal gets
    std::string root = {}; ///< of another REST API of the site, "/rest/webhooks/1.0"; empty: the platform's
    bool answersNothing = false; ///< a success may have an empty body whatever its status
    /// Statuses beside 2xx that the caller reads itself.
    std::vector<int> expected = {};

    bool expects(int status) const;
};

/// "?a=1&b=x%20y" of the pairs whose value is not empty.
std::string queryString(const std::vector<std::pair<std::string, std::string>>& parameters);
/// One segment of a path, encoded.
std::string segment(const std::string& text);

} // namespace jira_plugin::jira
