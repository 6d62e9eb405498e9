#include "burst.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

// Jira sends to a host over few connections at a time: so many rows of one flush are a flood.
constexpr std::size_t rowsOfBurst = 32;
constexpr std::chrono::milliseconds calmAfter{50};
constexpr std::chrono::seconds longestWait{1};

} // namespace

void Burst::stored(std::size_t rows) {
    if (rows < rowsOfBurst)
        return;
    const std::lock_guard<std::mutex> lock(_mutex);
    _calmAt = Clock::now() + calmAfter;
}

void Burst::waitOut() {
    const auto limit = Clock::now() + longestWait;
    std::unique_lock<std::mutex> lock(_mutex);
    for (;;) {
        const auto end = std::min(limit, _calmAt);
        if (_isStopping || Clock::now() >= end)
            return;
        _changed.wait_until(lock, end);
    }
}

void Burst::stop() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isStopping = true;
    }
    _changed.notify_all();
}

} // namespace jira_plugin::sync
