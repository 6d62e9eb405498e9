#include "push_world.hpp"

#include <catch2/catch.hpp>

using namespace push_test;

namespace {

host::Finding resolved(const std::string& id) {
    auto result = finding(id);
    result.status = host::FindingStatus::Resolved;
    return result;
}

void answerWith(World& world, const std::function<void()>& fail, bool created = false) {
    (created ? world.atlassian->afterCreate : world.atlassian->beforeCreate) = [fail](const Drafts&) {
        fail();
    };
    world.request({finding("f1")});
    world.batch();
    world.atlassian->beforeCreate = world.atlassian->afterCreate = nullptr;
}

/// Long enough for every pause to be over and every doubt to be settled.
void finish(World& world) {
    for (int i = 0; i < 40; ++i) {
        world.hosting.advance(60'000);
        world.resolve();
        world.batches();
    }
}

} // namespace

TEST_CASE("a finding that is resolved while it is queued gets no ticket", "[push][change]") {
    World world;
    world.request({finding("f1"), finding("f2")});
    world.service->findingChanged(resolved("f1"), false);
    world.batches();
    CHECK(world.state("f1") == PushState::None);
    CHECK(world.state("f2") == PushState::Created);
    CHECK(world.atlassian->issueCount() == 1);
    CHECK(world.hosting.note("f1", "jira.push").find("it was resolved") != std::string::npos);
}

TEST_CASE("a finding that is resolved while it waits because Jira was busy gets no ticket",
          "[push][change]") {
    World world;
    answerWith(world, [] { throw jira::RetryLater("Jira asks to slow down.", "Wait.", 600'000); });
    REQUIRE(world.state("f1") == PushState::Waiting);
    world.service->findingChanged(resolved("f1"), false);
    CHECK(world.state("f1") == PushState::None);
    finish(world);
    CHECK(world.atlassian->issueCount() == 0);
}

TEST_CASE("that a finding waits is not told last when it was resolved meanwhile", "[push][change]") {
    World world;
    answerWith(world, [] { throw jira::RetryLater("Jira asks to slow down.", "Wait.", 600'000); });
    world.hosting.known["f1"] = resolved("f1");
    world.meanwhile = [&] { world.service->findingChanged(resolved("f1"), false); };
    SECTION("before it is told") {
        world.meanwhileAt = "tell";
    }
    SECTION("after it was told") {
        world.meanwhileAt = "mark reported";
    }
    world.report();
    CHECK(world.meanwhile == nullptr);
    CHECK(world.hosting.lastReport("f1").state == PushState::None);
    CHECK(world.hosting.lastReport("f1").message.find("it was resolved") != std::string::npos);
}

TEST_CASE("a finding that is deleted leaves the queue without a word", "[push][change]") {
    World world;
    world.request({finding("f1")});
    world.service->findingChanged(finding("f1"), true);
    world.batches();
    CHECK(world.state("f1") == PushState::None);
    CHECK(world.atlassian->issueCount() == 0);
    CHECK(world.hosting.note("f1", "jira.push").empty());
}

TEST_CASE("a finding whose ticket may exist stays, whatever becomes of it", "[push][change]") {
    World world;
    const auto lose = [] { throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up."); };
    SECTION("in doubt") {
        answerWith(world, lose, true);
        world.service->findingChanged(resolved("f1"), false);
        CHECK(world.state("f1") == PushState::InDoubt);
        finish(world);
        CHECK(world.state("f1") == PushState::Created);
    }
    SECTION("in doubt, and parked for a person to look") {
        world.atlassian->screen.erase("labels");
        answerWith(world, lose, true);
        finish(world);
        REQUIRE(world.state("f1") == PushState::Parked);
        world.service->findingChanged(resolved("f1"), false);
        CHECK(world.state("f1") == PushState::Parked);
    }
    CHECK(world.atlassian->issueCount() == 1);
}

TEST_CASE("what changes while a finding waits is what is sent", "[push][change]") {
    World world;
    world.request({finding("f1")});
    auto changed = finding("f1", host::Severity::Low);
    changed.title = "A better title";
    world.service->findingChanged(changed, false);
    world.batches();
    REQUIRE(world.atlassian->issueCount() == 1);
    CHECK(world.atlassian->issues.front().summary == "A better title");
}
