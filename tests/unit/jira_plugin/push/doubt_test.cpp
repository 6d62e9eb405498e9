#include "push_world.hpp"

#include <catch2/catch.hpp>

using namespace push_test;

namespace {

void loseAnswers(World& world, bool created) {
    const auto lose = [](const Drafts&) {
        throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
    };
    (created ? world.atlassian->afterCreate : world.atlassian->beforeCreate) = lose;
}

void answerAgain(World& world) {
    world.atlassian->afterCreate = world.atlassian->beforeCreate = nullptr;
}

// Past every pause and every settling time, in steps, with look-ups on the way.
void settle(World& world) {
    for (int i = 0; i < 40; ++i) {
        world.hosting.advance(10'000);
        world.resolve();
    }
}

} // namespace

TEST_CASE("tickets whose creation was answered by silence are adopted, not created again", "[push][doubt]") {
    World world;
    loseAnswers(world, true);
    world.request(findings(50));
    CHECK_FALSE(world.batch());
    CHECK(world.state("f1000") == PushState::InDoubt);
    answerAgain(world);

    world.hosting.advance(10'000);
    CHECK(world.resolve());
    world.report();
    CHECK(world.atlassian->lookups == 1);
    CHECK(world.state("f1000") == PushState::Created);
    CHECK(world.atlassian->issueCount() == 50);
    CHECK(world.hosting.note("f1000", "jira.doubt").find("found by its label") != std::string::npos);
    settle(world);
    world.batches();
    CHECK(world.atlassian->issueCount() == 50);
}

TEST_CASE("a request that never arrived is sent again only after the settling time", "[push][doubt]") {
    World world;
    loseAnswers(world, false);
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);

    const std::int64_t sentAt = world.hosting.nowMs();
    while (world.hosting.nowMs() < sentAt + 119'000) {
        world.hosting.advance(1'000);
        world.resolve();
        REQUIRE(world.state("f1") == PushState::InDoubt);
    }
    CHECK(world.atlassian->lookups > 3);
    world.hosting.advance(1'000);
    CHECK(world.resolve());
    CHECK(world.state("f1") == PushState::Queued);
    world.batches();
    CHECK(world.atlassian->issueCount() == 1);
    CHECK(world.atlassian->issuesLabelled(world.label("f1")) == 1);
}

TEST_CASE("absence counts from when the answer was given up, not from when the request was sent",
          "[push][doubt]") {
    World world;
    world.atlassian->beforeCreate = [&](const Drafts&) {
        world.hosting.advance(150'000); // longer than the settling time
        throw jira::UnknownOutcome("Jira gave no answer.", "It is looked up.");
    };
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);

    world.hosting.advance(119'000);
    CHECK(world.resolve());
    CHECK(world.state("f1") == PushState::InDoubt);
    world.hosting.advance(1'000);
    CHECK(world.resolve());
    CHECK(world.state("f1") == PushState::Queued);
}

TEST_CASE("an index that lags within the settling time leads to no second ticket", "[push][doubt]") {
    World world;
    loseAnswers(world, true);
    world.request(findings(3));
    world.batch();
    answerAgain(world);
    world.atlassian->isIndexed = false;
    for (int i = 0; i < 11; ++i) {
        world.hosting.advance(10'000);
        world.resolve();
        world.batches();
    }
    world.atlassian->isIndexed = true;
    settle(world);
    world.batches();
    CHECK(world.atlassian->issueCount() == 3);
    CHECK(world.state("f1000") == PushState::Created);
}

TEST_CASE("a clock that jumps past the settling time still asks Jira before it sends again",
          "[push][doubt]") {
    World world;
    loseAnswers(world, true);
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);
    world.hosting.advance(86'400'000);
    world.batches();
    CHECK(world.atlassian->issueCount() == 1);
    world.resolve();
    world.batches();
    CHECK(world.atlassian->issueCount() == 1);
    CHECK(world.state("f1") == PushState::Created);
}

TEST_CASE("a clock that jumps past the settling time does not make an index catch up", "[push][doubt]") {
    World world;
    std::int64_t steadyMs = 0;
    world.settings.steadyClock = [&] {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(steadyMs));
    };
    world.restart();
    loseAnswers(world, true);
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);
    world.atlassian->isIndexed = false;
    for (int i = 0; i < 3; ++i) {
        world.hosting.advance(86'400'000);
        steadyMs += 10'000;
        world.resolve();
        world.batches();
    }
    CHECK(world.state("f1") == PushState::InDoubt);
    CHECK(world.atlassian->issueCount() == 1);

    world.atlassian->isIndexed = true;
    world.hosting.advance(86'400'000);
    world.resolve();
    CHECK(world.state("f1") == PushState::Created);
    CHECK(world.atlassian->issueCount() == 1);
}

TEST_CASE("look-ups that fail leave the finding in doubt", "[push][doubt]") {
    World world;
    loseAnswers(world, true);
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);
    world.atlassian->onLookup = [] { throw jira::RetryLater("Jira cannot be reached.", "Wait.", 0); };
    settle(world);
    CHECK(world.state("f1") == PushState::InDoubt);
    world.atlassian->onLookup = [] { throw jira::Refusal(400, "Bad query.", "Tell us.", {}); };
    world.hosting.advance(3'600'000);
    settle(world);
    CHECK(world.state("f1") == PushState::InDoubt);
    world.atlassian->onLookup = nullptr;
    world.hosting.advance(3'600'000);
    settle(world);
    CHECK(world.state("f1") == PushState::Created);
    CHECK(world.atlassian->issueCount() == 1);
}

TEST_CASE("of two issues with the finding's label the older one is adopted, and the admins hear of it",
          "[push][doubt]") {
    World world;
    loseAnswers(world, true);
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);
    auto clone = world.atlassian->issues.front();
    clone.id = "20000";
    clone.key = "PAY-77";
    world.atlassian->issues.insert(world.atlassian->issues.begin(), clone);
    settle(world);
    CHECK(world.service->state(acme, "f1").ticket.value().key == "PAY-1");
    CHECK(world.hosting.hasAlert("acme/jira.push.double.f1"));
    CHECK(world.hosting.note("f1", "jira.double").find("PAY-77") != std::string::npos);
}

TEST_CASE("an issue with the label in another project is neither adopted nor doubled", "[push][doubt]") {
    World world;
    loseAnswers(world, true);
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);
    world.atlassian->issues.front().projectId = "id-OTHER";
    settle(world);
    CHECK(world.state("f1") == PushState::Parked);
    CHECK(world.service->state(acme, "f1").message.find("PAY-1") != std::string::npos);
    CHECK(world.atlassian->issueCount() == 1);
}

TEST_CASE("a ticket that could carry no label waits for a person instead of being sent again",
          "[push][doubt]") {
    World world;
    world.atlassian->screen.erase("labels");
    loseAnswers(world, true);
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);
    settle(world);
    world.batches();
    CHECK(world.state("f1") == PushState::Parked);
    CHECK(world.atlassian->issueCount() == 1);
    CHECK(world.service->state(acme, "f1").remedy.find("Look in Jira") != std::string::npos);
}

TEST_CASE("doubt about another Jira than the connected one waits for a person", "[push][doubt]") {
    World world;
    loseAnswers(world, true);
    world.request({finding("f1")});
    world.batch();
    answerAgain(world);
    world.atlassian->site = "site-2";
    settle(world);
    CHECK(world.state("f1") == PushState::Parked);
    CHECK(world.atlassian->lookups == 0);
}

TEST_CASE("an element answered with a server error is in doubt, its neighbours are created",
          "[push][doubt]") {
    World world;
    world.atlassian->refuse = [](const auto& draft) -> std::optional<jira::BulkElement> {
        if (draft.summary.find("f1001") == std::string::npos)
            return std::nullopt;
        return refusal(500, "Internal error.");
    };
    world.request(findings(3));
    world.batches();
    CHECK(world.state("f1000") == PushState::Created);
    CHECK(world.state("f1001") == PushState::InDoubt);
    CHECK(world.state("f1002") == PushState::Created);
}
