#include "entry/visitors.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <future>
#include <memory>

using jira_plugin::entry::Visitors;

TEST_CASE("stopping waits until the last one has left", "[entry]") {
    Visitors visitors;
    visitors.waitUntilGone(); // nobody is there
    auto first = std::make_unique<Visitors::Visit>(visitors),
         second = std::make_unique<Visitors::Visit>(visitors);
    auto gone = std::async(std::launch::async, [&] { visitors.waitUntilGone(); });
    first.reset();
    CHECK(gone.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
    second.reset();
    gone.get();
}
