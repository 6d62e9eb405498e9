#include "sync/burst.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using jira_plugin::sync::Burst;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t many = 100;

} // namespace

TEST_CASE("a burst is waited out", "[sync][inbox]") {
    Burst burst;
    const auto begin = Clock::now();
    burst.stored(many);
    burst.waitOut();
    CHECK(Clock::now() - begin >= std::chrono::milliseconds(50));
}

TEST_CASE("a burst that does not end holds nothing up for ever", "[sync][inbox]") {
    Burst burst;
    burst.stored(many);
    std::atomic<bool> isOver{false};
    std::thread storing([&] {
        while (!isOver) {
            burst.stored(many);
            std::this_thread::yield();
        }
    });
    burst.waitOut();
    isOver = true;
    storing.join();
    SUCCEED("it returned");
}

TEST_CASE("who stops waits for no burst", "[sync][inbox]") {
    Burst burst;
    std::atomic<bool> isOver{false};
    std::thread storing([&] {
        while (!isOver)
            burst.stored(many);
    });
    burst.stop();
    for (int i = 0; i < 1000; ++i) // with the wait, for a quarter of an hour
        burst.waitOut();
    isOver = true;
    storing.join();
    SUCCEED("it returned");
}
