#pragma once

#include "host/services.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace jira_plugin::connection {

/// Renewals of tokens that began and of which nobody knows the end: the process died, or no answer could be
/// read. Atlassian may have carried them out; then the token that is stored is good for ten more minutes, and
/// nothing else may need one for hours. So they are done again as a job of the host until they succeed, the
/// connection has ended, or those minutes are over. Safe from any thread.
/// Source: developer.atlassian.com, "Implementing OAuth 2.0 (3LO)", rotating refresh tokens.
class InterruptedRenewals {
public:
    /// services: borrowed. resume: gets a new token if there is still none; throws the types of
    /// jira/errors.hpp.
    InterruptedRenewals(host::Services& services, std::function<void(const std::string& organisation)> resume)
        : _services(services), _resume(std::move(resume)) {}

    /// What dead processes left: begins at once.
    void takeOver(const std::vector<std::string>& organisations);
    /// What this process just tried: begins after a pause, which is waitMs at least. For one that waits
    /// already, a longer waitMs counts.
    void add(const std::string& organisation, std::int64_t waitMs);

private:
    struct Renewal {
        int tries = 0;
        std::int64_t waitMs = 0;
        std::int64_t dueMs = 0;
    };

    void run();
    std::vector<std::string> due();
    /// Whether there is nothing left to do.
    bool isSettled(const std::string& organisation);
    /// Within the lock.
    void wait(Renewal& renewal, std::int64_t waitMs) const;
    void schedule();

    host::Services& _services;
    const std::function<void(const std::string&)> _resume;
    std::mutex _mutex;
    std::map<std::string, Renewal> _renewals; ///< those that are still to be done
};

} // namespace jira_plugin::connection
