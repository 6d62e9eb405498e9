#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "world/deployment.hpp"
#include "world/world.hpp"

namespace jira_sim {

/// Everything that can be chosen at start; the program's flags fill it, a test sets what it needs.
struct Config {
    unsigned short port = 0; ///< 0: any free one
    std::string caOut;       ///< where to write the CA; empty: a temporary file
    std::string traceFile;   ///< empty: no trace
    std::string portFile;    ///< written when ready; empty: none
    std::string siteUrl;     ///< address people see; empty: this server's own
    WorldOptions world;
    std::vector<std::string> faults;
    std::string clientId = "sim-client";
    std::string clientSecret = "sim-secret";
    /// Registered callback addresses; empty: any loopback address that ends in /oauth/callback.
    std::vector<std::string> redirectUris;
    std::int64_t tokenLifetimeSec = 3600;
    bool resourceLevelGrants = false;
    int maxConnections = 128;

    // Jira Data Center alone:
    Release release;
    std::string contextPath;               ///< `/jira`; empty: at the root
    std::string password = "sim-password"; ///< of everybody, for basic authentication
    /// A refused signature is answered with the base string Jira computed.
    bool echoBaseString = false;
    RateLimit rateLimit;

    // Known once the server listens:
    std::string publicUrl; ///< https://127.0.0.1:port

    bool isDataCenter() const { return world.deployment == Deployment::DataCenter; }
    /// Where the product itself begins.
    std::string baseUrl() const { return publicUrl + contextPath; }
};

} // namespace jira_sim
