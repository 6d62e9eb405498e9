#include "pulse.hpp"

#include <algorithm>

namespace aspm::host {

namespace {
// A condition may cost a query, and beats come by the thousand.
constexpr std::chrono::milliseconds leastPause{20};
} // namespace

void Pulse::beat() {
    std::lock_guard<std::mutex> lock(_mutex);
    ++_beats;
    _changed.notify_all();
}

void Pulse::end() {
    std::lock_guard<std::mutex> lock(_mutex);
    _ended = true;
    _changed.notify_all();
}

bool Pulse::waitUntil(Time until, const std::function<bool()>& condition) {
    std::unique_lock<std::mutex> lock(_mutex);
    for (;;) {
        std::uint64_t seen = _beats;
        lock.unlock();
        if (condition())
            return true;
        lock.lock();
        auto pause = std::min(until, std::chrono::steady_clock::now() + leastPause);
        _changed.wait_until(lock, pause, [&] { return _ended; });
        bool isNews = _changed.wait_until(lock, until, [&] { return _ended || _beats != seen; });
        if (_ended || !isNews)
            return false;
    }
}

} // namespace aspm::host
