#include "connection_pool.hpp"

#include <algorithm>
#include <iterator>

namespace jira_plugin::jira {

ConnectionPool::Idle ConnectionPool::takeStale() {
    const auto oldest = std::chrono::steady_clock::now() - maxIdle;
    Idle stale;
    for (auto& [server, list] : _idle) {
        const auto firstFresh = std::find_if(list.begin(), list.end(), [oldest](const auto& connection) {
            return connection->idleSince() >= oldest;
        });
        std::move(list.begin(), firstFresh, std::back_inserter(stale));
        list.erase(list.begin(), firstFresh);
    }
    return stale;
}

std::unique_ptr<HttpConnection> ConnectionPool::take(const std::string& server) {
    Idle closing; // destroyed after the lock is released
    const std::lock_guard lock(_mutex);
    closing = takeStale();
    const auto found = _idle.find(server);
    while (found != _idle.end() && !found->second.empty()) {
        auto connection = std::move(found->second.back());
        found->second.pop_back();
        if (connection->isQuiet()) {
            return connection;
        }
        closing.push_back(std::move(connection));
    }
    return nullptr;
}

void ConnectionPool::give(const std::string& server, std::unique_ptr<HttpConnection> connection) {
    Idle closing;
    const std::lock_guard lock(_mutex);
    closing = takeStale();
    Idle& list = _idle[server];
    if (list.size() < maxIdlePerServer) {
        list.push_back(std::move(connection));
    } else {
        closing.push_back(std::move(connection));
    }
}

void ConnectionPool::clear() {
    std::map<std::string, Idle> closing;
    const std::lock_guard lock(_mutex);
    closing.swap(_idle);
}

} // namespace jira_plugin::jira
