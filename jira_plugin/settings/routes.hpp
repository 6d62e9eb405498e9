#pragma once

#include "context.hpp"

#include <string>
#include <vector>

namespace jira_plugin::settings {

/// Who may use a route at all; what depends on the project is up to the handler.
enum class Access {
    Member, ///< everybody who is signed in
    Reader, ///< admins and project admins
    Admin
};

struct Route {
    const char* method;
    const char* pattern; ///< segments like {project} take any one segment
    Access access;
    std::vector<std::string>
        query; ///< parameters it knows; others are refused. "*": any, unknown are ignored
    Response (*handle)(Context&);
};

/// Every route of the API; openapi.json describes the same ones.
const std::vector<Route>& routes();

} // namespace jira_plugin::settings
