#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace test_support {

/// Longer than anything that works ever takes here, also under a sanitizer on a busy machine: a test that
/// runs into it has failed, so its length costs nothing when tests pass.
constexpr std::chrono::seconds patience{60};

/// Asks `condition` again and again until it is true. Returns false when it still is not after `limit`.
/// The pause between two asks starts at a millisecond and grows, so quick things are seen quickly.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = patience) {
    const auto end = std::chrono::steady_clock::now() + limit;
    auto pause = std::chrono::milliseconds(1);
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds(50));
    }
    return true;
}

} // namespace test_support
