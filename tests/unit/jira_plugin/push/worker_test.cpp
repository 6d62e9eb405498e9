#include "push_world.hpp"

#include "eventually.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>

using namespace push_test;
using test_support::eventually;

TEST_CASE("the worker takes what is requested to Jira and tells the host", "[push][worker]") {
    World world;
    world.worker->start();
    world.request(findings(230));
    CHECK(eventually([&] { return world.hosting.lastReport("f1229").state == PushState::Created; }));
    CHECK(eventually([&] {
        const std::lock_guard<std::mutex> lock(world.hosting.mutex);
        return world.hosting.reports.size() == 230;
    }));
    CHECK(world.atlassian->issueCount() == 230);
    CHECK(world.atlassian->requests.size() == 5);
    CHECK(world.hosting.errors.empty());
}

TEST_CASE("two workers on one database never create a ticket twice", "[push][worker]") {
    World world;
    push::PushParts otherParts(*world.database, world.connections, world.mappings, world.hosting.services(),
                               world.settings);
    push::PushWorker other(otherParts);
    store::Database secondDatabase(world.engine.place());
    push::PushParts thirdParts(secondDatabase, world.connections, world.mappings, world.hosting.services(),
                               world.settings);
    push::PushWorker third(thirdParts);
    world.request(findings(600));
    world.worker->start();
    other.start();
    third.start();
    CHECK(eventually(
        [&] { return world.service->listing().counts(acme)[store::OutboxState::Created] == 600; }));
    third.stop();
    other.stop();
    world.worker->stop();
    CHECK(world.atlassian->issueCount() == 600);
    for (const auto& each : findings(600))
        REQUIRE(world.atlassian->issuesLabelled(world.label(each.id)) == 1);
}

TEST_CASE("no more requests are on their way than there are lanes, while the next batch is drafted",
          "[push][worker]") {
    World world;
    std::atomic<int> sending{0}, most{0}, drafted{0};
    std::promise<void> go;
    auto gate = go.get_future().share();
    world.die();
    world.settings.beforeStep = [&](const char* step) {
        if (step == std::string("intend"))
            ++drafted;
        if (step != std::string("send"))
            return;
        most = std::max(most.load(), ++sending);
        gate.wait();
        --sending;
    };
    world.start();
    world.request(findings(400));
    world.worker->start();
    CHECK(eventually([&] { return sending == 2; }));
    CHECK(drafted == 2);
    go.set_value();
    CHECK(eventually(
        [&] { return world.service->listing().counts(acme)[store::OutboxState::Created] == 400; }));
    CHECK(most <= 2);
    world.worker->stop();
}

TEST_CASE("a paused queue goes on when the clock reaches the end of the pause", "[push][worker]") {
    World world;
    world.atlassian->beforeCreate = [](const Drafts&) { throw jira::RetryLater("Busy.", "Wait.", 600'000); };
    world.worker->start();
    world.request(findings(10));
    CHECK(eventually([&] { return world.service->pause(acme).has_value(); }));
    CHECK(eventually([&] { return world.hosting.lastReport("f1000").state == PushState::Waiting; }));
    {
        const std::lock_guard<std::mutex> lock(world.atlassian->mutex);
        world.atlassian->beforeCreate = nullptr;
    }
    CHECK(eventually([&] {
        const std::lock_guard<std::mutex> lock(world.hosting.mutex);
        return !world.hosting.jobs.empty();
    }));
    world.hosting.advance(600'000);
    CHECK(eventually([&] { return world.hosting.lastReport("f1000").state == PushState::Created; }));
    CHECK(world.atlassian->issueCount() == 10);
}

TEST_CASE("stopping waits for the request under way and keeps its outcome", "[push][worker]") {
    World world;
    std::promise<void> arrived, answer;
    world.atlassian->beforeCreate = [&](const Drafts&) {
        arrived.set_value();
        answer.get_future().wait();
    };
    world.request({finding("f1")});
    world.worker->start();
    arrived.get_future().wait();
    auto stopped = std::async(std::launch::async, [&] { world.worker->stop(std::chrono::seconds(60)); });
    answer.set_value();
    stopped.get();
    CHECK(world.row("f1").state == store::OutboxState::Created);
}

TEST_CASE("stopping cuts a request that does not end, which is in doubt", "[push][worker]") {
    World world;
    std::promise<void> arrived, cut;
    world.atlassian->beforeCreate = [&](const Drafts&) {
        arrived.set_value();
        cut.get_future().wait();
        throw jira::UnknownOutcome("The request was cut.", "It is looked up.");
    };
    world.request({finding("f1")});
    world.worker->start();
    arrived.get_future().wait();
    world.worker->stop(std::chrono::milliseconds(1), [&] { cut.set_value(); });
    CHECK(world.row("f1").state == store::OutboxState::InDoubt);
}

TEST_CASE("after stopping, no thread of the worker calls the host", "[push][worker]") {
    World world;
    world.worker->start();
    world.request(findings(500));
    world.worker->stop();
    const auto count = [&] {
        const std::lock_guard<std::mutex> lock(world.hosting.mutex);
        return world.hosting.reports.size() + world.hosting.jobs.size();
    };
    const auto before = count();
    world.hosting.advance(3'600'000);
    CHECK(count() == before);
    world.worker->stop();
}
