#include "push_world.hpp"

#include <catch2/catch.hpp>

using namespace push_test;

TEST_CASE("the host hears of many outcomes in one call", "[push]") {
    World world;
    world.request(findings(130));
    world.batches();
    world.report();
    CHECK(world.hosting.reportSizes == std::vector<std::size_t>{100, 30});
    CHECK(world.hosting.reports.size() == 130);
    CHECK(world.hosting.lastReport("f1129").state == PushState::Created);
    CHECK(world.hosting.lastReport("f1129").ticketKey == "PAY-130");
}

TEST_CASE("an outcome that the host refuses is told again, those beside it are not", "[push]") {
    World world;
    world.hosting.unknown = {"f1001"};
    world.request(findings(3));
    world.batches();
    world.report();
    CHECK(world.hosting.reports.size() == 2);
    world.hosting.unknown.clear();
    world.report();
    CHECK(world.hosting.reportSizes == std::vector<std::size_t>{3});
    world.hosting.advance(1'000);
    world.report();
    CHECK(world.hosting.reportSizes == std::vector<std::size_t>{3, 1});
    CHECK(world.hosting.lastReport("f1001").state == PushState::Created);
    for (const auto& each : findings(3))
        CHECK(world.hosting.reports[each.id].size() == 1);
}

TEST_CASE("what the host refuses waits longer from time to time", "[push]") {
    World world;
    world.hosting.unknown = {"f1000"};
    world.request(findings(1));
    world.batches();
    world.report();
    world.hosting.advance(1'000);
    world.report();
    world.hosting.advance(1'999);
    world.report();
    CHECK(world.hosting.reportSizes.size() == 2);
    world.hosting.advance(1);
    world.report();
    CHECK(world.hosting.reportSizes.size() == 3);
}
