#include "diagnosis/judge_webhook.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::diagnosis;
using State = jira_plugin::sync::WebhookHealth::State;

namespace {

jira_plugin::sync::WebhookHealth healthOf(State state) {
    jira_plugin::sync::WebhookHealth health;
    health.state = state;
    health.message = "It is so.";
    health.remedy = "Do this.";
    health.ids = {"1001"};
    health.isRepairable = !health.isWell();
    return health;
}

} // namespace

TEST_CASE("A webhook that is ill fails its check and can be repaired", "[diagnosis]") {
    const State state =
        GENERATE(State::Missing, State::Disabled, State::Expired, State::Wrong, State::Refused);
    const auto judgement = judgeWebhook(healthOf(state));
    CHECK(judgement.state == CheckState::Failed);
    CHECK(judgement.cause == "It is so.");
    CHECK(judgement.remedy == "Do this.");
    REQUIRE(judgement.fix);
    CHECK(judgement.fix->id == repairWebhook);
    CHECK(judgeHearing(healthOf(state)).state == CheckState::Skipped);
}

TEST_CASE("One that is registered and deaf fails the other check", "[diagnosis]") {
    CHECK(judgeWebhook(healthOf(State::Deaf)).state == CheckState::Ok);
    const auto judgement = judgeHearing(healthOf(State::Deaf));
    CHECK(judgement.state == CheckState::Failed);
    CHECK(judgement.evidence == "Nothing was heard of Jira yet.");
    CHECK(judgement.fix);
}

TEST_CASE("One that is well says since when and how fast", "[diagnosis]") {
    auto health = healthOf(State::Healthy);
    health.heardAtMs = 1'767'225'600'000;
    health.delayMs = 420;
    CHECK(judgeWebhook(health).evidence == "1 webhook in Jira: 1001.");
    CHECK(judgeHearing(health).evidence ==
          "Jira was last heard of at 2026-01-01 00:00 UTC; the last test took 420 ms.");
    const auto unproven = judgeHearing(healthOf(State::Unproven));
    CHECK(unproven.state == CheckState::Skipped);
    // Whether a test change was made depends on what there is to change.
    CHECK(unproven.evidence.find("was made") == std::string::npos);
    CHECK(unproven.evidence.find("send a test ticket") != std::string::npos);
    CHECK(judgeWebhook(healthOf(State::Off)).state == CheckState::Skipped);
}
