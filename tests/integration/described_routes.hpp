#pragma once

#include "http_client.hpp"

#include <map>
#include <string>
#include <vector>

namespace integration {

/// A route of the plugin's settings as the description that it serves has it.
struct DescribedRoute {
    std::string method;
    std::string path; ///< below the mount, with {parameters}

    std::string name() const { return method + " " + path; }
    bool isSafe() const { return method == "GET"; }
};

/// Those that read first, then those that create, change and delete.
std::vector<DescribedRoute> describedRoutes(test_support::HttpClient& browser);

/// The text with each {name} replaced by its value; names without value stay.
std::string filledIn(std::string text, const std::map<std::string, std::string>& values);

} // namespace integration
