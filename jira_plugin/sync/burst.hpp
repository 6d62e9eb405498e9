#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace jira_plugin::sync {

/// Whether deliveries come faster than they are stored one by one. Safe from any thread.
class Burst {
public:
    /// So many were stored by one flush.
    void stored(std::size_t rows);
    /// Waits while it goes on, a second at most.
    void waitOut();
    /// Ends every wait, now and later.
    void stop();

private:
    using Clock = std::chrono::steady_clock;
    std::mutex _mutex;
    std::condition_variable _changed;
    Clock::time_point _calmAt{};
    bool _isStopping = false;
};

} // namespace jira_plugin::sync
