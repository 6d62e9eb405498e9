#include "upkeep_world.hpp"

#include "connection/encoding.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <future>

using namespace upkeep_test;
using How = sync::WebhookKeeper::How;
using State = sync::WebhookHealth::State;
using Kind = jira::Webhooks::Kind;

namespace {

State stateOf(World& world) {
    return world.parts.webhooks.load(acme)->state;
}

} // namespace

TEST_CASE("The webhook is registered once there is something to hear of", "[upkeep]") {
    World world;
    world.keeper.settle(acme, How::Keep);
    CHECK(world.webhooks.all.empty());
    CHECK(stateOf(world) == State::Off);

    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    REQUIRE(world.webhooks.all.size() == 1);
    CHECK(world.webhooks.all[0].jql == "project in (10000)");
    CHECK(world.webhooks.all[0].url == "https://host.example/hooks/-/jira/jira");
    CHECK(stateOf(world) == State::Unproven);

    world.keeper.settle(acme, How::Keep);
    CHECK(world.webhooks.orders.size() == 1); // it stays as it is
}

TEST_CASE("A changed mapping is followed, the new webhook before the old one goes", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    world.map("auth", "10001");
    world.keeper.settle(acme, How::Keep);
    REQUIRE(world.webhooks.all.size() == 1);
    CHECK(world.webhooks.all[0].jql == "project in (10000, 10001)");
    CHECK(world.webhooks.most == 2);
    CHECK(world.parts.webhooks.owners({world.webhooks.all[0].id, "999"}, "acme.example").size() == 1);

    world.mappings.remove(acme, "auth");
    world.mappings.remove(acme, "payments");
    world.keeper.settle(acme, How::Keep);
    CHECK(world.webhooks.all.empty());
    CHECK(stateOf(world) == State::Off);
}

TEST_CASE("Cloud's limit is kept to while webhooks are replaced", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    for (int i = 0; i < 5; ++i) // an earlier installation's, with our address
        world.webhooks.all.push_back(
            {std::to_string(i), "https://host.example/hooks/-/jira/jira", {}, "project = X", 0, true});
    world.keeper.settle(acme, How::Keep);
    REQUIRE(world.webhooks.all.size() == 1);
    CHECK(world.webhooks.all[0].jql == "project in (10000)");
    CHECK(world.webhooks.most == 5);
}

TEST_CASE("What others registered is left alone", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.webhooks.all.push_back({"7", "https://staging.example/hooks", {}, "project = X", 0, true});
    world.webhooks.all.push_back({"8", "https://host.example/hooks/-/jira/jira", {}, "project = Y", 0, true});
    world.parts.webhooks.open("globex", site, "acme.example", 1);
    world.parts.webhooks.saveRegistrations("globex", "acme.example", {{"8", "", {}, "", 0}}, 1);
    world.keeper.settle(acme, How::Keep);
    CHECK(world.webhooks.all.size() == 3);
}

TEST_CASE("A webhook of Cloud is extended every week", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    world.fakeHost.advance(6 * dayMs);
    world.keeper.settle(acme, How::Keep);
    CHECK(world.webhooks.refreshes == 0);
    world.fakeHost.advance(2 * dayMs);
    world.keeper.settle(acme, How::Keep);
    CHECK(world.webhooks.refreshes == 1);
    CHECK(world.webhooks.orders.size() == 1);
}

TEST_CASE("Registering waits where Jira is busy, and is tried again", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.webhooks.refusal = 429;
    world.keeper.settleSoon(acme);
    CHECK(stateOf(world) == State::Registering);
    CHECK(world.keeper.due().empty());
    world.fakeHost.advance(2 * minuteMs);
    REQUIRE(world.keeper.due() == std::vector<std::string>{acme});
    world.webhooks.refusal = 0;
    world.keeper.settleSoon(acme);
    CHECK(stateOf(world) == State::Unproven);
    CHECK(world.parts.webhooks.nextDueMs() == -1);
}

TEST_CASE("A refusal of Cloud is told in Jira's words", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.webhooks.refusal = 403;
    world.keeper.settleSoon(acme);
    CHECK(stateOf(world) == State::Refused);
    CHECK(world.fakeHost.alertKeys() == std::vector<std::string>{"acme/jira.webhook.refused"});
    CHECK_FALSE(world.keeper.manualSetup(acme));
}

TEST_CASE("Two threads do not register twice", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    const auto lease = world.parts.leases.take(acme, "webhook", world.fakeHost.nowMs());
    CHECK_FALSE(world.keeper.settle(acme, How::Keep));
    CHECK(world.webhooks.requests == 0);
}

TEST_CASE("A Data Center gets an address that nobody guesses, and a secret", "[upkeep]") {
    World world;
    world.isServer = true;
    world.webhooks.whichKind = Kind::SecretSigned;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    REQUIRE(world.webhooks.orders.size() == 1);
    const std::string route = "https://host.example/hooks/acme/jira/jira/";
    const std::string url = world.webhooks.orders[0].url;
    REQUIRE(url.compare(0, route.size(), route) == 0);
    const std::string token = url.substr(route.size());
    CHECK(token.size() == 43); // 256 bits
    CHECK(world.webhooks.orders[0].secret.size() == 43);
    CHECK_FALSE(world.keeper.manualSetup(acme)); // nobody needs it

    const std::string stored = world.engine.contents();
    CHECK(stored.find(jira_plugin::connection::sha256Hex(token)) != std::string::npos);
    CHECK(stored.find(token) == std::string::npos);
    CHECK(stored.find(world.webhooks.orders[0].secret) == std::string::npos);

    const auto digest = jira_plugin::connection::sha256Hex(token);
    const auto addressee = world.lookup.byPathToken(acme, digest);
    REQUIRE(addressee);
    CHECK(addressee->system == site);
    CHECK(addressee->secrets.at(0).reveal() == world.webhooks.orders[0].secret);
    CHECK_FALSE(world.lookup.byPathToken("globex", digest));
    CHECK_FALSE(world.lookup.byPathToken(acme, jira_plugin::connection::sha256Hex("guess")));
    CHECK_FALSE(world.lookup.byPathToken(acme, ""));
}

TEST_CASE("New secrets hold at once, the old ones for a day", "[upkeep]") {
    World world;
    world.isServer = true;
    world.webhooks.whichKind = Kind::SecretSigned;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    world.keeper.settle(acme, How::NewKeys);
    REQUIRE(world.webhooks.orders.size() == 2);
    CHECK(world.webhooks.all.size() == 1);
    const std::size_t route = std::string("https://host.example/hooks/acme/jira/jira/").size();
    const auto digest = [&](int order) {
        return jira_plugin::connection::sha256Hex(world.webhooks.orders[order].url.substr(route));
    };
    CHECK(digest(0) != digest(1));
    CHECK(world.lookup.byPathToken(acme, digest(1))->secrets.size() == 2);
    CHECK(world.lookup.byPathToken(acme, digest(0)));
    world.fakeHost.advance(dayMs);
    CHECK_FALSE(world.lookup.byPathToken(acme, digest(0)));
    CHECK(world.lookup.byPathToken(acme, digest(1))->secrets.size() == 1);
}

TEST_CASE("A renewal that did not get through goes on with its keys", "[upkeep]") {
    World world;
    world.isServer = true;
    world.webhooks.whichKind = Kind::SecretSigned;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    const std::size_t route = std::string("https://host.example/hooks/acme/jira/jira/").size();
    const auto isTaken = [&](std::size_t order) {
        const auto token = world.webhooks.orders.at(order).url.substr(route);
        return world.lookup.byPathToken(acme, jira_plugin::connection::sha256Hex(token)).has_value();
    };
    world.webhooks.refusal = 429;
    for (int i = 0; i < 3; ++i) {
        CHECK_THROWS_AS(world.keeper.settle(acme, How::NewKeys), jira::Error);
        CHECK(isTaken(0)); // Jira has no other
    }
    world.webhooks.refusal = 0;
    world.keeper.settle(acme, How::NewKeys);
    REQUIRE(world.webhooks.orders.size() == 2);
    CHECK(isTaken(0));
    CHECK(isTaken(1));
}

TEST_CASE("Where the account is no administrator, somebody is told how to do it by hand", "[upkeep]") {
    World world;
    world.isServer = true;
    world.webhooks.whichKind = Kind::SecretSigned;
    world.webhooks.refusal = 403;
    world.map("payments", "10000");
    world.keeper.settleSoon(acme);
    CHECK(stateOf(world) == State::Manual);
    const auto setup = world.keeper.manualSetup(acme);
    REQUIRE(setup);
    CHECK(setup->url.find("https://host.example/hooks/acme/jira/jira/") == 0);
    CHECK(setup->secret.size() == 43);
    CHECK(setup->jql == "project in (10000)");
    CHECK(setup->events.size() == 6);
    CHECK(setup->steps.size() == 7);
    CHECK(world.keeper.manualSetup(acme)->url == setup->url); // the same each time

    // The round trip: the first delivery proves it, and the alert goes.
    world.fakeHost.advance(minuteMs);
    world.check.heard(acme, {world.fakeHost.nowMs(), {}});
    CHECK(stateOf(world) == State::Healthy);
    CHECK(world.fakeHost.alertKeys().empty());
    world.keeper.settleSoon(acme);
    CHECK(stateOf(world) == State::Healthy);
}

TEST_CASE("A Data Center before 10 signs nothing, so no secret is asked for", "[upkeep]") {
    World world;
    world.isServer = true;
    world.webhooks.whichKind = Kind::Unsigned;
    world.webhooks.refusal = 401;
    world.map("payments", "10000");
    world.keeper.settleSoon(acme);
    const auto setup = world.keeper.manualSetup(acme);
    REQUIRE(setup);
    CHECK(setup->secret.empty());
    CHECK(setup->steps.size() == 6);
    const auto token = setup->url.substr(setup->url.rfind('/') + 1);
    CHECK(world.lookup.byPathToken(acme, jira_plugin::connection::sha256Hex(token))->secrets.empty());
}

TEST_CASE("A webhook that an administrator made is kept when the account may see it", "[upkeep]") {
    World world;
    world.isServer = true;
    world.webhooks.whichKind = Kind::SecretSigned;
    world.webhooks.refusal = 403;
    world.map("payments", "10000");
    world.keeper.settleSoon(acme);
    const auto setup = world.keeper.manualSetup(acme);
    world.webhooks.refusal = 0;
    world.webhooks.all.push_back({"1", setup->url, setup->events, setup->jql, 0, true});
    world.keeper.settleSoon(acme);
    CHECK(world.webhooks.orders.empty());
    CHECK(stateOf(world) == State::Unproven);
}

TEST_CASE("A connection that ends takes its webhooks and secrets along", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    world.keeper.farewell(acme);
    CHECK(world.webhooks.all.empty());
    CHECK_FALSE(world.parts.webhooks.load(acme));
    CHECK(world.lookup.byWebhook({"1001"}, "acme.example").empty());
}

TEST_CASE("A connection that ends while its webhook is being registered takes it along", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    std::future<void> farewell;
    world.webhooks.onAdd = [&] {
        farewell = std::async(std::launch::async, [&] { world.keeper.farewell(acme); });
        // It waits: the row is there as long as this goes on.
        CHECK(farewell.wait_for(std::chrono::milliseconds(200)) == std::future_status::timeout);
        CHECK(world.parts.webhooks.load(acme));
    };
    world.keeper.settle(acme, How::Keep);
    farewell.get();
    CHECK(world.webhooks.all.empty());
    CHECK(world.parts.webhooks.registrations(acme).empty());
    CHECK_FALSE(world.parts.webhooks.load(acme));
}

TEST_CASE("What is registered after the end belongs to nobody", "[upkeep]") {
    World world;
    world.parts.webhooks.open(acme, site, "acme.example", 1);
    world.parts.webhooks.erase(acme);
    world.parts.webhooks.saveRegistrations(acme, "acme.example", {{"8", "", {}, "", 0}}, 1);
    CHECK(world.parts.webhooks.registrations(acme).empty());
    CHECK(world.lookup.byWebhook({"8"}, "acme.example").empty());
}

TEST_CASE("Also when Jira cannot be reached any more", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    world.webhooks.refusal = 429;
    world.keeper.farewell(acme);
    CHECK_FALSE(world.parts.webhooks.load(acme));
    // Connected again, what was left is found and used.
    world.webhooks.refusal = 0;
    world.keeper.settle(acme, How::Keep);
    CHECK(world.webhooks.all.size() == 1);
}

TEST_CASE("A delivery is known by its webhook and its site", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.keeper.settle(acme, How::Keep);
    const auto id = world.webhooks.all[0].id;
    const auto addressees = world.lookup.byWebhook({"1", id}, "acme.example");
    REQUIRE(addressees.size() == 1);
    CHECK(addressees[0].organisation == acme);
    CHECK(addressees[0].system == site);
    CHECK(world.lookup.byWebhook({id}, "globex.example").empty());
    CHECK(world.lookup.byWebhook({"1"}, "acme.example").empty());
}
