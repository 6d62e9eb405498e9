#include "upkeep_world.hpp"

#include <catch2/catch.hpp>

using namespace upkeep_test;
using How = sync::WebhookKeeper::How;
using State = sync::WebhookHealth::State;

namespace {

State stateOf(World& world) {
    return world.parts.webhooks.load(acme)->state;
}

/// A Cloud whose webhook was proven.
struct HealthyWorld : World {
    HealthyWorld() {
        map("payments", "10000");
        link("f1", "1");
        keeper.settle(acme, How::Keep);
        fakeHost.advance(minuteMs);
        check.heard(acme, {fakeHost.nowMs(), {}});
        REQUIRE(stateOf(*this) == State::Healthy);
    }
    void hearCanary() {
        const auto& set = issues.properties.back();
        lookup.heard({acme, "issue_property_set", set.issueId, set.key, set.value, fakeHost.nowMs()});
        check.heard(acme, lookup.take(acme));
    }
};

} // namespace

TEST_CASE("A webhook that is ill is found, told once, and told to be well again", "[upkeep]") {
    HealthyWorld world;
    std::string alert;
    SECTION("deleted") {
        world.webhooks.all.clear();
        alert = "missing";
    }
    SECTION("switched off") {
        world.webhooks.all[0].enabled = false;
        alert = "disabled";
    }
    SECTION("expired") {
        world.webhooks.all[0].expiresAtMs = world.fakeHost.nowMs();
        alert = "expired";
    }
    SECTION("changed") {
        world.webhooks.all[0].jql = "project in (4)";
        alert = "wrong";
    }
    for (int day = 0; day < 3; ++day) {
        world.fakeHost.advance(dayMs);
        world.check.run(acme);
    }
    CHECK(world.fakeHost.alertKeys() == std::vector<std::string>{"acme/jira.webhook." + alert});
    CHECK(world.fakeHost.alertsRaised == 1);
    CHECK(world.issues.properties.empty()); // what cannot hear is not called

    world.keeper.settle(acme, How::Renew);
    CHECK(world.webhooks.all.size() == 1);
    CHECK(stateOf(world) == State::Unproven);
    CHECK(world.fakeHost.alertKeys().empty());
}

TEST_CASE("A canary that is heard of proves the whole way, and how long it took", "[upkeep]") {
    HealthyWorld world;
    world.check.run(acme);
    REQUIRE(world.issues.properties.size() == 1);
    CHECK(world.issues.properties[0].key == "com.mayoaspm.canary");
    world.fakeHost.advance(1'500);
    world.hearCanary();
    CHECK(stateOf(world) == State::Healthy);
    CHECK(world.parts.webhooks.load(acme)->delayMs == 1'500);
    CHECK(world.check.judgeCanaries() == -1);
}

TEST_CASE("A canary that is not heard of in time means that the webhook is deaf", "[upkeep]") {
    HealthyWorld world;
    world.fakeHost.advance(dayMs);
    world.check.run(acme);
    CHECK(world.check.judgeCanaries() == world.fakeHost.nowMs() + 20 * minuteMs);
    world.fakeHost.advance(20 * minuteMs);
    CHECK(world.check.judgeCanaries() == -1);
    CHECK(stateOf(world) == State::Deaf);
    CHECK(world.fakeHost.alertKeys() == std::vector<std::string>{"acme/jira.webhook.deaf"});

    SECTION("registering anew proves nothing, hearing does") {
        world.keeper.settle(acme, How::Renew);
        CHECK(stateOf(world) == State::Deaf);
        world.check.sendCanary(acme);
        world.hearCanary();
        CHECK(stateOf(world) == State::Healthy);
        CHECK(world.fakeHost.alertKeys().empty());
    }
    SECTION("so does one that comes late") {
        world.hearCanary();
        CHECK(stateOf(world) == State::Healthy);
        CHECK(world.parts.webhooks.load(acme)->delayMs == 20 * minuteMs);
    }
    SECTION("another day of silence is no second alert") {
        world.fakeHost.advance(dayMs);
        world.check.run(acme);
        world.fakeHost.advance(20 * minuteMs);
        world.check.judgeCanaries();
        CHECK(world.fakeHost.alertsRaised == 1);
    }
}

TEST_CASE("Somebody else's property is no canary of ours", "[upkeep]") {
    HealthyWorld world;
    world.check.run(acme);
    const auto set = world.issues.properties.back();
    world.lookup.heard(
        {acme, "issue_property_set", set.issueId, set.key, "{\"nonce\":\"other\"}", world.fakeHost.nowMs()});
    world.check.heard(acme, world.lookup.take(acme));
    CHECK(world.parts.webhooks.load(acme)->delayMs == -1);
    CHECK(world.check.judgeCanaries() > 0); // it is still waited for
}

TEST_CASE("A canary is set on a ticket that is still there and watched", "[upkeep]") {
    HealthyWorld world;
    world.fakeHost.advance(1);
    world.link("f2", "2");
    world.issues.issues.erase("2");
    CHECK(world.check.sendCanary(acme));
    CHECK(world.issues.properties.at(0).issueId == "1");
    world.issues.issues.clear();
    CHECK_FALSE(world.check.sendCanary(acme));
    CHECK(world.check.judgeCanaries() == -1);
}

TEST_CASE("On a Data Center a ticket that was created and not heard of tells", "[upkeep]") {
    World world;
    world.isServer = true;
    world.webhooks.whichKind = jira::Webhooks::Kind::SecretSigned;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    world.fakeHost.advance(minuteMs);
    world.check.heard(acme, {world.fakeHost.nowMs(), {}});
    world.link("f1", "1");
    const auto created = [&](std::int64_t atMs) {
        world.database.transaction([&](auto& session) {
            using namespace Poco::Data::Keywords;
            session << "DELETE FROM outbox", now;
            session << "INSERT INTO outbox (organisation, finding, project, severity, title, state, "
                       "state_since_ms, revision, due_at_ms, lease_owner, lease_until_ms, dedupe_label, "
                       "requested_by, enqueued_at_ms, attempts, sent_at_ms, sent_system, sent_project, "
                       "sent_labelled, lookups, cause, message, remedy, notes, report_due_ms, report_tries) "
                       "VALUES ('acme', 'f1', 'payments', 4, 't', 'created', 0, 1, 0, '', 0, 'l', '', 0, 1, "
                       "$1, 'cloud-1', '10000', 1, 0, '', '', '', '', -1, 0)",
                bind(atMs), now;
        });
    };
    created(world.fakeHost.nowMs());
    world.fakeHost.advance(dayMs);
    world.check.run(acme);
    CHECK(stateOf(world) == State::Healthy); // it was heard of in the same moment
    CHECK(world.issues.properties.empty());

    created(world.fakeHost.nowMs());
    world.check.run(acme);
    CHECK(stateOf(world) == State::Healthy); // too early to tell
    world.fakeHost.advance(dayMs);
    world.check.run(acme);
    CHECK(stateOf(world) == State::Deaf);
}

TEST_CASE("A change that a comparison found and nobody told of tells as well", "[upkeep]") {
    HealthyWorld world;
    world.isServer = true;
    const auto changedAt = world.fakeHost.nowMs() + minuteMs;
    world.fakeHost.advance(5 * minuteMs);
    world.check.missed(acme, "PAY-1", changedAt);
    CHECK(stateOf(world) == State::Healthy); // it may still come
    world.fakeHost.advance(30 * minuteMs);
    world.check.missed(acme, "PAY-1", changedAt);
    CHECK(stateOf(world) == State::Deaf);
}

TEST_CASE("Upkeep registers, checks daily and mends with one call", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.link("f1", "1");
    sync::Upkeep upkeep(world.parts, world.inward, world.outward, world.lookup);
    upkeep.connectionChanged(acme);
    upkeep.stop(std::chrono::seconds(30)); // waits for what was begun
    CHECK(upkeep.health(acme).state == State::Unproven);
    CHECK(upkeep.health(acme).ids.size() == 1);
    CHECK(upkeep.health(acme).expiresAtMs == 30 * dayMs + world.fakeHost.nowMs());
    CHECK(world.issues.properties.size() == 1); // the first canary follows at once

    world.webhooks.all.clear();
    CHECK(upkeep.check(acme).state == State::Missing);
    CHECK(upkeep.health(acme).isRepairable);
    CHECK(upkeep.repair(acme, "ann").state == State::Unproven);
    CHECK(world.fakeHost.alertKeys().empty());
    CHECK(upkeep.report(acme)->reason == "repair"); // made durable, although no thread runs any more
}

TEST_CASE("A connection that ends while it is tested ends the test", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.link("f1", "1");
    world.keeper.settle(acme, sync::WebhookKeeper::How::Keep);
    world.issues.issues.clear(); // the ticket is refused
    world.issues.onProperty = [&] { world.parts.webhooks.erase(acme); };
    CHECK_FALSE(world.check.sendCanary(acme));
    CHECK(world.parts.webhooks.canaries().empty());
}
