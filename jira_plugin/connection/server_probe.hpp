#pragma once

#include "jira/server_dialect.hpp"

#include <cstdint>
#include <string>

namespace jira_plugin::jira {
class Transport;
}

namespace jira_plugin::connection {

/// What a Jira says of itself before anybody signs anything.
struct ServerFacts {
    std::string baseUrl; ///< as it was entered, without '/' at the end
    std::string siteUrl; ///< Jira's own base URL; the entered one when it does not say
    jira::ServerDialect dialect;
};

/// The entered address without '/' at the end. Throws ServerProblem for what is no address of a Jira.
std::string serverAddress(const std::string& entered);

/// Looks at the Jira at this address: whether it can be reached and may be, is a Jira Data Center of 8.0 or
/// later, and has the same time of day. Throws ServerProblem.
ServerFacts probeServer(jira::Transport& transport, const std::string& baseUrl, std::int64_t nowMs);

} // namespace jira_plugin::connection
