#pragma once

#include <string>

namespace jira_plugin::connection {

/// Bad news about a connection that the admins must hear.
struct Announcement {
    std::string key, title, message, remedy;
    std::string endedSite; ///< set when the connection ended
};

} // namespace jira_plugin::connection
