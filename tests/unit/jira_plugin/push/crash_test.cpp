#include "push_world.hpp"

#include "eventually.hpp"

#include <catch2/catch.hpp>

using namespace push_test;

namespace {

bool allCreated(World& world, std::int64_t count) {
    return world.service->listing().counts(acme)[store::OutboxState::Created] == count;
}

// Runs the worker, moving the clock, until everything is created or patience ends.
bool runToEnd(World& world, std::int64_t count) {
    world.worker->start();
    const bool done = test_support::eventually([&] {
        world.hosting.advance(5'000);
        return allCreated(world, count);
    });
    world.worker->stop();
    return done;
}

} // namespace

TEST_CASE("dying before any step of a batch leaves one ticket per finding after the restart",
          "[push][crash]") {
    const auto step = GENERATE(as<std::string>(), "claim", "draft", "intend", "send", "answer");
    CAPTURE(step);
    World world;
    world.request(findings(70));
    world.dieBefore = step;
    CHECK_THROWS_AS(world.batch(), Killed);
    world.restart();
    REQUIRE(runToEnd(world, 70));
    CHECK(world.atlassian->issueCount() == 70);
    for (const auto& each : findings(70))
        REQUIRE(world.atlassian->issuesLabelled(world.label(each.id)) == 1);
}

TEST_CASE("dying again and again while looking up creates nothing twice", "[push][crash]") {
    World world;
    world.request(findings(20));
    world.dieBefore = "answer";
    CHECK_THROWS_AS(world.batch(), Killed);
    world.restart();
    push::PushWorker(*world.parts).start(); // finds what was interrupted; none of it is due for a look-up yet
    world.hosting.advance(60'000);
    for (const char* step : {"look up", "settle doubt"}) {
        world.dieBefore = step;
        CHECK_THROWS_AS(world.resolve(), Killed);
        world.restart();
    }
    REQUIRE(runToEnd(world, 20));
    CHECK(world.atlassian->issueCount() == 20);
}

TEST_CASE("outcomes that the host was not told before a crash are told after it", "[push][crash]") {
    World world;
    world.request(findings(5));
    world.batches();
    world.dieBefore = "mark reported";
    CHECK_THROWS_AS(world.report(), Killed);
    world.restart();
    world.hosting.reports.clear();
    if (world.engine.isPostgres()) { // the others wait whether it was told
        world.report();
        CHECK(world.hosting.reports.empty());
        world.hosting.advance(60'000);
    }
    world.report();
    CHECK(world.hosting.reports.size() == 5);
    CHECK(world.hosting.lastReport("f1004").ticketKey == "PAY-5");
    world.hosting.reports.clear();
    world.report();
    CHECK(world.hosting.reports.empty());
}

TEST_CASE("a host that refuses reports for a while gets them later", "[push]") {
    World world;
    world.request({finding("f1")});
    world.batches();
    world.hosting.refusesReports = true;
    world.report();
    world.hosting.refusesReports = false;
    world.report();
    CHECK(world.hosting.reports.empty());
    world.hosting.advance(1'000);
    world.report();
    CHECK(world.hosting.lastReport("f1").state == PushState::Created);
}

TEST_CASE("leases of a process that is gone do not hold findings back", "[push][crash]") {
    World world;
    world.request(findings(3));
    world.dieBefore = "draft";
    CHECK_THROWS_AS(world.batch(), Killed);
    CHECK(world.row("f1000").leaseOwner != "");
    world.restart();
    REQUIRE(runToEnd(world, 3));
    CHECK(world.hosting.nowMs() < 1'700'000'000'000 + world.settings.leaseMs);
}
