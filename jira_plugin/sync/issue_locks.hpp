#pragma once

#include "contracts.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>

namespace jira_plugin::sync {

/// A lock for each issue while somebody wants it, so that what takes long with one holds up no other. Safe
/// from any thread.
class IssueLocks {
public:
    /// The issue is this thread's until it goes out of scope.
    class Held {
    public:
        explicit Held(std::shared_ptr<std::mutex> mutex) : _mutex(std::move(mutex)), _lock(*_mutex) {}

    private:
        std::shared_ptr<std::mutex> _mutex;
        std::lock_guard<std::mutex> _lock; ///< last: it ends before the mutex
    };

    Held lock(const IssueId& issue) { return Held(mutexOf(issue)); }

private:
    using Key = std::tuple<std::string, std::string, std::string>;

    std::shared_ptr<std::mutex> mutexOf(const IssueId& issue) {
        const Key key(issue.organisation, issue.system, issue.id);
        const std::lock_guard<std::mutex> lock(_mutex);
        auto& known = _mutexes[key];
        auto mutex = known.lock();
        if (!mutex) {
            mutex = std::make_shared<std::mutex>();
            known = mutex;
            forgetUnused();
        }
        return mutex;
    }

    void forgetUnused() {
        if (_mutexes.size() < _forgetAt)
            return;
        for (auto each = _mutexes.begin(); each != _mutexes.end();)
            each = each->second.expired() ? _mutexes.erase(each) : std::next(each);
        _forgetAt = std::max<std::size_t>(2 * _mutexes.size(), 64);
    }

    std::mutex _mutex;
    std::map<Key, std::weak_ptr<std::mutex>> _mutexes;
    std::size_t _forgetAt = 64;
};

} // namespace jira_plugin::sync
