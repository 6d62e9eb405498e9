#pragma once

#include "http_connection.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace jira_plugin::jira {

/// Connections that wait for their next request, by server. Bounded in number and age: a connection that was
/// quiet for long is more likely to be dead than worth its descriptor. Safe from any thread.
class ConnectionPool {
public:
    static constexpr std::size_t maxIdlePerServer = 8;
    static constexpr std::chrono::seconds maxIdle{20};

    /// The one used last that is still quiet and open, or null.
    std::unique_ptr<HttpConnection> take(const std::string& server);
    void give(const std::string& server, std::unique_ptr<HttpConnection> connection);
    void clear();

private:
    using Idle = std::vector<std::unique_ptr<HttpConnection>>;
    /// Moves what is too old out of all lists, so that it is closed without the lock.
    Idle takeStale();

    std::mutex _mutex;
    std::map<std::string, Idle> _idle;
};

} // namespace jira_plugin::jira
