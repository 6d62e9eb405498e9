#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace aspm::host {

/// Lets threads wait for something that others make true. Safe from any thread.
class Pulse {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Something changed: who waits looks again.
    void beat();

    /// Nobody waits any more, from now on.
    void end();

    /// Looks after every beat, but not more often than every 20 ms, until the condition is true. False when
    /// it is not by then, or when the end came before.
    bool waitUntil(Time until, const std::function<bool()>& condition);

private:
    std::mutex _mutex;
    std::condition_variable _changed;
    std::uint64_t _beats = 0;
    bool _ended = false;
};

} // namespace aspm::host
