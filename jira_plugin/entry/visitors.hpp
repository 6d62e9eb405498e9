#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace jira_plugin::entry {

/// Counts the host's threads that are inside, in a hook or a job: some may still be when the host calls stop,
/// and what they use must outlive them. Safe from any thread.
class Visitors {
public:
    class Visit {
    public:
        explicit Visit(Visitors& visitors) : _visitors(visitors) {
            const std::lock_guard<std::mutex> lock(_visitors._mutex);
            ++_visitors._inside;
        }
        ~Visit() {
            const std::lock_guard<std::mutex> lock(_visitors._mutex);
            if (--_visitors._inside == 0)
                _visitors._gone.notify_all();
        }
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;

    private:
        Visitors& _visitors;
    };

    void waitUntilGone() {
        std::unique_lock<std::mutex> lock(_mutex);
        _gone.wait(lock, [this] { return _inside == 0; });
    }

private:
    std::mutex _mutex;
    std::condition_variable _gone;
    std::size_t _inside = 0;
};

} // namespace jira_plugin::entry
