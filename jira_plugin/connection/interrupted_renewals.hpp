#pragma once

#include "host/services.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace jira_plugin::connection {

/// Renewals that a process was at when it died. Atlassian may have answered; then the token that is stored is
/// good for ten more minutes, and nothing else may need one for hours. So they are done again at once, as a
/// job of the host, and until they succeed or the connection has ended. Safe from any thread.
/// Source: developer.atlassian.com, "Implementing OAuth 2.0 (3LO)", rotating refresh tokens.
class InterruptedRenewals {
public:
    /// services: borrowed. renew: gets a new token; throws the types of jira/errors.hpp.
    InterruptedRenewals(host::Services& services, std::function<void(const std::string& organisation)> renew)
        : _services(services), _renew(std::move(renew)) {}

    void add(const std::vector<std::string>& organisations);

private:
    void run();
    /// Whether there is nothing left to do.
    bool isSettled(const std::string& organisation);

    host::Services& _services;
    const std::function<void(const std::string&)> _renew;
    std::mutex _mutex;
    std::map<std::string, int> _tries; ///< of those that are still to be renewed
};

} // namespace jira_plugin::connection
