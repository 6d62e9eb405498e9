#include "../each_engine.hpp"

#include "store/database.hpp"
#include "sync/inbox_intake.hpp"
#include "sync/inbox_store.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <thread>

namespace sync = jira_plugin::sync;
namespace store = jira_plugin::store;

namespace {

constexpr std::int64_t nowMs = 1'700'000'000'000;
constexpr std::int64_t leaseMs = 300'000;

sync::InboxRow row(const std::string& delivery, const std::string& issue = "1",
                   const std::string& organisation = "acme") {
    sync::InboxRow row;
    row.organisation = organisation;
    row.delivery = delivery;
    row.system = "site-1";
    row.issueId = issue;
    row.event = "jira:issue_updated";
    row.receivedAtMs = nowMs;
    return row;
}

struct World {
    std::vector<sync::InboxRow> claim(const std::string& owner, std::int64_t at = nowMs) {
        return inbox.claim("acme", owner, at, at + leaseMs, 100);
    }

    jira_plugin::EachEngine engine;
    store::Database database{engine.place()};
    sync::InboxStore inbox{database};
};

} // namespace

TEST_CASE("a delivery is kept with all it says", "[sync][inbox]") {
    World world;
    auto told = row("d1");
    told.actor = "Sam";
    told.changesStatus = told.isDeletion = true;
    told.happenedAtMs = 17;
    world.inbox.add({told, told});
    const auto rows = world.claim("one");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].actor == "Sam");
    CHECK(rows[0].changesStatus);
    CHECK(rows[0].isDeletion);
    CHECK_FALSE(rows[0].isCreation);
    CHECK_FALSE(rows[0].concernsComments);
    CHECK(rows[0].happenedAtMs == 17);
}

TEST_CASE("what one has claimed no other gets, nor more about the same issue", "[sync][inbox]") {
    World world;
    world.inbox.add({row("d1", "1")});
    REQUIRE(world.claim("one").size() == 1);
    world.inbox.add({row("d2", "1"), row("d3", "2")});
    const auto others = world.claim("two");
    REQUIRE(others.size() == 1);
    CHECK(others[0].issueId == "2");

    SECTION("until the lease ends") {
        CHECK(world.claim("three", nowMs + leaseMs + 1).size() == 3);
    }
    SECTION("until it is given back") {
        world.inbox.release("acme", "one");
        CHECK(world.claim("three").size() == 2);
    }
    SECTION("or its owner has died") {
        std::vector<std::string> asked;
        world.inbox.sweep([&](const std::string& owner, std::int64_t untilMs) {
            CHECK(untilMs == nowMs + leaseMs);
            asked.push_back(owner);
            return owner == "one";
        });
        CHECK(asked.size() == 2);
        CHECK(world.claim("three").size() == 2); // not that of the living
    }
}

TEST_CASE("what was done is known when it comes again, for a while", "[sync][inbox]") {
    World world;
    world.inbox.add({row("d1")});
    world.claim("one");
    world.inbox.finish("acme", {"d1"});
    world.inbox.add({row("d1")});
    CHECK(world.claim("two").empty());
    CHECK(world.inbox.counts("acme").done == 1);

    world.inbox.forget(nowMs);
    CHECK(world.inbox.counts("acme").done == 1);
    world.inbox.forget(nowMs + 1);
    CHECK(world.inbox.counts("acme").done == 0);
}

TEST_CASE("what is postponed is due later", "[sync][inbox]") {
    World world;
    world.inbox.add({row("d1")});
    world.claim("one");
    world.inbox.postpone("acme", {"d1"}, nowMs + 5000, true);
    CHECK(world.claim("two").empty());
    const auto work = world.inbox.work("acme", nowMs);
    CHECK_FALSE(work.isDue);
    CHECK(work.nextDueMs == nowMs + 5000);
    const auto rows = world.claim("two", nowMs + 5000);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].tries == 1);

    SECTION("or when the reason is gone") {
        world.inbox.postpone("acme", {"d1"}, nowMs + 50'000, false);
        world.inbox.wake("acme", nowMs);
        CHECK(world.claim("three").size() == 1);
    }
}

TEST_CASE("what there is to do is told for each organisation", "[sync][inbox]") {
    World world;
    CHECK(world.inbox.organisations().empty());
    world.inbox.add({row("d1", "1"), row("d2", "2", "umbra"), row("d3", "3", "zeta")});
    REQUIRE(world.claim("one").size() == 1);
    world.inbox.add({row("d4", "1")}); // about what is leased
    world.inbox.finish("zeta", {"d3"});
    CHECK(world.inbox.organisations() == std::vector<std::string>{"acme", "umbra"});
    const auto leased = world.inbox.work("acme", nowMs);
    CHECK_FALSE(leased.isDue);
    CHECK(leased.nextDueMs == nowMs + leaseMs);
    const auto free = world.inbox.work("umbra", nowMs);
    CHECK(free.isDue);
    CHECK(free.nextDueMs == -1);

    SECTION("also when the lease has ended") {
        CHECK(world.inbox.work("acme", nowMs + leaseMs).isDue);
    }
    SECTION("also when the clock was set back") {
        CHECK(world.inbox.work("umbra", nowMs - 3'600'000).isDue);
    }
}

TEST_CASE("what is parked waits for a person, who sees why", "[sync][inbox]") {
    World world;
    world.inbox.add({row("d1"), row("d2", "2"), row("d3", "3"), row("d4", "4", "umbra")});
    world.claim("one");
    world.inbox.park("acme", {"d1", "d2"}, "jira/403", "Jira refused.", "Give the permission.");
    world.inbox.park("acme", {"d3"}, "host", "The host refused.", "Look at its log.");
    const auto parked = world.inbox.parked("acme", 10);
    REQUIRE(parked.size() == 3);
    CHECK(parked[0].message == "Jira refused.");
    CHECK(parked[0].remedy == "Give the permission.");
    CHECK(world.inbox.counts("acme").parked == 3);
    CHECK(world.inbox.parked("umbra", 10).empty());

    SECTION("one is tried again") {
        CHECK(world.inbox.retry("acme", "d2", "", nowMs) == 1);
        CHECK(world.claim("two").size() == 1);
    }
    SECTION("all of one cause are") {
        CHECK(world.inbox.retry("acme", "", "jira/403", nowMs) == 2);
    }
    SECTION("all are") {
        CHECK(world.inbox.retry("acme", "", "", nowMs) == 3);
        CHECK(world.inbox.counts("acme").parked == 0);
    }
    SECTION("not those of another organisation") {
        CHECK(world.inbox.retry("umbra", "d1", "", nowMs) == 0);
    }
}

TEST_CASE("a clock that was set back hides nothing", "[sync][inbox]") {
    World world;
    world.inbox.add({row("d1")});
    CHECK(world.claim("one", nowMs - 3'600'000).size() == 1);
}

TEST_CASE("deliveries that arrive together are all durable, and share flushes", "[sync][inbox]") {
    World world;
    std::atomic<int> flushes{0}, done{0}, failed{0};
    std::size_t told = 0;
    sync::InboxIntake intake(world.inbox, [&](const auto& rows) {
        ++flushes;
        told += rows.size();
    });
    constexpr int threads = 8;
    constexpr int each = 50;
    constexpr int all = threads * each;
    std::vector<std::thread> senders;
    senders.reserve(threads);
    for (int t = 0; t < threads; ++t)
        senders.emplace_back([&, t] {
            for (int i = 0; i < each; ++i)
                intake.add({row("d" + std::to_string(t) + "-" + std::to_string(i), std::to_string(i))},
                           [&](const std::exception_ptr& problem) { ++(problem ? failed : done); });
        });
    for (std::thread& sender : senders)
        sender.join();
    CHECK(done == 0);
    intake.start(); // all that came meanwhile is one flush
    intake.stop();
    CHECK(done == all);
    CHECK(failed == 0);
    CHECK(world.inbox.counts("acme").due == all);
    CHECK(flushes == 1);
    CHECK(told == all);
    CHECK_THROWS(intake.add({row("late")}, [&](const std::exception_ptr&) { ++done; }));
    CHECK(done == all);
}

TEST_CASE("what is told as stored is durable then", "[sync][inbox]") {
    World world;
    sync::InboxIntake intake(world.inbox, [](const auto&) {});
    intake.start();
    for (int i = 0; i < 20; ++i) {
        std::promise<std::int64_t> there;
        intake.add({row("d" + std::to_string(i), std::to_string(i))},
                   [&](const std::exception_ptr&) { there.set_value(world.inbox.counts("acme").due); });
        CHECK(there.get_future().get() == i + 1);
    }
}

TEST_CASE("a flush that fails fails for all who shared it", "[sync][inbox]") {
    World world;
    world.database.transaction(
        [](Poco::Data::Session& session) { session << "DROP TABLE inbox", Poco::Data::Keywords::now; });
    std::atomic<int> stored{0}, failed{0};
    sync::InboxIntake intake(world.inbox, [&](const auto&) { ++stored; });
    for (int i = 0; i < 2; ++i)
        intake.add({row("d1")}, [&](const std::exception_ptr& problem) {
            CHECK_THROWS_AS(std::rethrow_exception(problem), store::StoreError);
            ++failed;
        });
    intake.start();
    intake.stop();
    CHECK(failed == 2);
    CHECK(stored == 0);
}
