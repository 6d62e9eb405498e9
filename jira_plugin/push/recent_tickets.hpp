#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <unordered_set>

namespace jira_plugin::push {

/// The tickets that this process created last: Jira tells of each of them, which is no news. Safe from any
/// thread.
class RecentTickets {
public:
    void add(const std::string& system, const std::string& issueId) {
        const std::lock_guard<std::mutex> lock(_mutex);
        if (!_known.insert(key(system, issueId)).second)
            return;
        _order.push_back(key(system, issueId));
        if (_order.size() > most) {
            _known.erase(_order.front());
            _order.pop_front();
        }
    }

    bool has(const std::string& system, const std::string& issueId) const {
        const std::lock_guard<std::mutex> lock(_mutex);
        return _known.count(key(system, issueId)) != 0;
    }

private:
    static constexpr std::size_t most = 20'000;
    static std::string key(const std::string& system, const std::string& issueId) {
        return system + "/" + issueId;
    }

    mutable std::mutex _mutex;
    std::unordered_set<std::string> _known;
    std::deque<std::string> _order;
};

} // namespace jira_plugin::push
