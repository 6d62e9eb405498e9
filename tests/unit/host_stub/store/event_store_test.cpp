#include <catch2/catch.hpp>

#include "store/event_store.hpp"
#include "world.hpp"

using namespace aspm::host;
using host_tests::urlOf;
using host_tests::World;

namespace {

const std::string plugin = "com.example.a";
const std::string hook = "hook";

struct Events : World {
    Events() : finding(addFinding("one")) { events.registerHook(plugin, hook); }

    std::optional<EventStore::Pending> next() { return events.next(plugin, hook, clock.nowMs()); }

    EventStore events{database, urlOf};
    std::string finding;
};

} // namespace

TEST_CASE("a hook hears of changes since it was first seen, in their order", "[events]") {
    World world;
    EventStore events(world.database, urlOf);
    std::string finding = world.addFinding("one");
    world.setSeverity(finding, ASPM_SEVERITY_LOW); // before there was a hook
    events.registerHook(plugin, hook);
    CHECK(events.pending(plugin, hook) == 0);

    world.setSeverity(finding, ASPM_SEVERITY_HIGH);
    world.setSeverity(finding, ASPM_SEVERITY_CRITICAL);
    events.registerHook(plugin, hook); // a restart does not skip anything
    REQUIRE(events.pending(plugin, hook) == 2);
    auto first = events.next(plugin, hook, world.clock.nowMs());
    REQUIRE(first);
    CHECK(first->change.changes == ASPM_CHANGED_SEVERITY);
    CHECK(first->change.oldSeverity == ASPM_SEVERITY_LOW);
    CHECK(first->change.finding.severity == ASPM_SEVERITY_HIGH);
    CHECK(first->change.actorName == "Alice");
    CHECK(first->change.finding.url == urlOf("acme", finding));
    events.done(plugin, hook, *first);
    auto second = events.next(plugin, hook, world.clock.nowMs());
    REQUIRE(second);
    CHECK(second->change.finding.severity == ASPM_SEVERITY_CRITICAL);
    CHECK(second->change.event != first->change.event);
    events.done(plugin, hook, *second);
    CHECK_FALSE(events.next(plugin, hook, world.clock.nowMs()));
}

TEST_CASE("a change is told until it is done, across restarts", "[events]") {
    Events world;
    world.setSeverity(world.finding, ASPM_SEVERITY_HIGH);
    auto told = world.next();
    REQUIRE(told);

    Database reopened(world.place / "host.db");
    EventStore later(reopened, urlOf);
    later.registerHook(plugin, hook);
    auto again = later.next(plugin, hook, world.clock.nowMs());
    REQUIRE(again);
    CHECK(again->change.event == told->change.event);
    later.done(plugin, hook, *again);
    CHECK_FALSE(world.next());
}

TEST_CASE("a change that is to be retried waits for its time and holds up nothing else", "[events]") {
    Events world;
    world.setSeverity(world.finding, ASPM_SEVERITY_HIGH);
    world.setSeverity(world.finding, ASPM_SEVERITY_LOW);
    auto first = world.next();
    REQUIRE(first);
    const std::int64_t due = world.clock.nowMs() + 60'000;
    world.events.retry(plugin, hook, *first, due);
    CHECK(world.events.nextRetryMs(plugin, hook) == due);
    CHECK(world.events.pending(plugin, hook) == 2);

    auto second = world.next();
    REQUIRE(second);
    CHECK(second->change.event != first->change.event);
    world.events.done(plugin, hook, *second);
    CHECK_FALSE(world.next());

    world.clock.advanceMs(61'000);
    auto retried = world.next();
    REQUIRE(retried);
    CHECK(retried->isRetry);
    CHECK(retried->attempts == 1);
    CHECK(retried->change.event == first->change.event);
    world.events.retry(plugin, hook, *retried, world.clock.nowMs());
    retried = world.next();
    REQUIRE(retried);
    CHECK(retried->attempts == 2);
    world.events.done(plugin, hook, *retried);
    CHECK_FALSE(world.next());
    CHECK_FALSE(world.events.nextRetryMs(plugin, hook));
    CHECK(world.events.pending(plugin, hook) == 0);
}

TEST_CASE("every hook is told by itself", "[events]") {
    Events world;
    world.events.registerHook("com.example.b", hook);
    world.setSeverity(world.finding, ASPM_SEVERITY_HIGH);
    world.events.done(plugin, hook, world.next().value());
    CHECK(world.events.pending(plugin, hook) == 0);
    CHECK(world.events.pending("com.example.b", hook) == 1);
}

TEST_CASE("the last state of a finding that is gone is still told", "[events]") {
    Events world;
    world.findings.remove("acme", world.finding, {"alice", "Alice", "test data", world.clock.nowMs()});
    auto told = world.next();
    REQUIRE(told);
    CHECK((told->change.changes & ASPM_CHANGED_DELETED) != 0);
    CHECK(told->change.finding.title == "one");
    CHECK(told->change.reason == "test data");
}

TEST_CASE("pruning forgets what all were told, and nothing that is still to be told", "[events]") {
    Events world;
    world.events.registerHook("com.example.b", hook);
    auto count = [&] {
        return world.database.read([](Connection& c) {
            Rows rows = c.select("SELECT count(*) FROM events");
            rows.next();
            return rows.integer(0);
        });
    };
    for (aspm_severity severity : {ASPM_SEVERITY_HIGH, ASPM_SEVERITY_LOW, ASPM_SEVERITY_HIGH})
        world.setSeverity(world.finding, severity);
    const auto atFirst = count();
    auto first = world.next().value();
    world.events.retry(plugin, hook, first, world.clock.nowMs() + 60'000);
    world.events.done(plugin, hook, world.next().value());
    world.events.done(plugin, hook, world.next().value());
    world.events.prune();
    CHECK(count() == atFirst); // the other hook has heard of nothing yet

    for (int i = 0; i < 3; ++i)
        world.events.done("com.example.b", hook,
                          world.events.next("com.example.b", hook, world.clock.nowMs()).value());
    world.events.prune();
    CHECK(count() == 1); // the one to be retried
    world.clock.advanceMs(61'000);
    auto retried = world.next();
    REQUIRE(retried);
    CHECK(retried->change.event == first.change.event);
    world.events.done(plugin, hook, *retried);
    world.events.prune();
    CHECK(count() == 0);
}
