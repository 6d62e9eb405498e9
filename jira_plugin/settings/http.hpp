#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// HTTP as the settings see it, apart from how the host hands it in.
namespace jira_plugin::settings {

/// Who asks. The host has signed the user in and checked the CSRF token.
struct Principal {
    std::string user;
    std::string userName;
    std::string organisation;
    std::string organisationName;
    bool isAdmin = false;
    bool isProjectAdmin = false;
    std::set<std::string> administeredProjects; ///< ids of the host's projects
    std::string timeZone;                       ///< IANA name; may be empty
    std::string csrfToken;
    std::string csrfHeader;
};

struct Request {
    std::string method;
    std::string path;  ///< below the mount, begins with '/', not decoded
    std::string query; ///< raw, without '?'
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string mountUrl; ///< public, absolute, without '/' at its end
    Principal principal;

    /// The first header of that name whatever its case; empty when there is none.
    std::string header(const std::string& name) const;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    /// Takes a piece of the body at once; false: nobody reads any more.
    using Piece = std::function<bool(const std::string&)>;
    /// When set: makes the body piece by piece, after `body`, as things happen. Must not throw.
    std::function<void(const Piece&)> stream = nullptr;

    std::string header(const std::string& name) const;
};

} // namespace jira_plugin::settings
