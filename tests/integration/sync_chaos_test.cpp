#include "eventually.hpp"
#include "synced_jira.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <random>

using namespace integration;
using namespace test_support;

namespace {

constexpr int tickets = 200;
constexpr int changes = 1'700; // with what is sent twice, about 2,000 deliveries
constexpr int crashes = 5;

/// From the environment when a failure is to be repeated, else another one each time.
unsigned seed() {
    const char* given = std::getenv("ASPM_CRASH_SEED");
    return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                            : std::random_device()();
}

struct Ticket {
    std::string finding, key;
    std::string status = "To Do";
    std::vector<std::string> comments; ///< texts, each its own
    std::string lastComment = {};      ///< id
};

/// Does something at random to a ticket, as people in Jira do.
void change(const SyncedJira& world, Ticket& ticket, int number, std::mt19937& random) {
    const std::string text = "Remark no. " + std::to_string(number) + ".";
    switch (std::uniform_int_distribution<int>(0, 5)(random)) {
    case 0:
    case 1:
        ticket.status = ticket.status == "Done" ? "In Progress" : "Done";
        world.move(ticket.key, ticket.status);
        break;
    case 2:
        world.act(ticket.key, "edit", R"({"dueDate":"2031-05-)" + std::to_string(10 + number % 20) + R"("})");
        break;
    case 3:
        if (!ticket.comments.empty()) {
            world.act(ticket.key, "comments/" + ticket.lastComment,
                      R"({"text":)" + test_support::quoted(text) + "}");
            ticket.comments.back() = text;
            break;
        }
        [[fallthrough]];
    default:
        ticket.lastComment = world.comment(ticket.key, text);
        ticket.comments.push_back(text);
    }
}

void compareBoth(const SyncedJira& world) {
    auto admin = world.host.signedIn();
    settings(admin, "POST", "reconciliation", "{}");
    REQUIRE(eventually([&] {
        return settings(admin, "GET", "support-bundle")["reconciliation"]["state"].text() == "done";
    }));
    std::cout << settings(admin, "GET", "support-bundle")["reconciliation"].dump() << std::endl;
}

} // namespace

TEST_CASE("both sides agree after 2,000 deliveries that were lost, doubled and disordered over 5 crashes",
          "[integration][sync][crash]") {
    const unsigned chosen = seed();
    INFO("repeat with ASPM_CRASH_SEED=" << chosen);
    std::cout << "crash seed " << chosen << std::endl;
    std::mt19937 random(chosen);

    SyncedJira world;
    std::vector<Ticket> all;
    for (const auto& finding : world.pushed(tickets))
        all.push_back({finding, world.keyOf(finding), "To Do", {}});
    const auto writes = world.writes();
    world.jira.control("DELETE", "/_sim/deliveries");

    world.jira.fault("webhook-reorder,probability=0.2");
    world.jira.fault("webhook-duplicate,probability=0.2");
    world.jira.fault("webhook-lose,probability=0.05");
    for (int number = 0; number < changes; ++number) {
        auto& ticket = all[std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random)];
        change(world, ticket, number, random);
        if ((number + 1) % (changes / crashes) == changes / crashes / 2)
            world.host.restartInPlace(); // as kill -9 ends it
    }
    world.jira.clearFaults();
    world.jira.control("POST", "/_sim/webhooks/flush-retries");
    world.settle();
    std::cout << world.jira.control("GET", "/_sim/deliveries?state=pending")["counts"].dump() << std::endl;
    compareBoth(world);
    world.settle();

    for (const auto& ticket : all) {
        CAPTURE(ticket.finding, ticket.key);
        CHECK(world.statusOf(ticket.finding) == (ticket.status == "Done" ? "resolved" : "open"));
        CHECK(world.told(ticket.finding, "Remark no.") == static_cast<int>(ticket.comments.size()));
        for (const auto& text : ticket.comments)
            CHECK(world.told(ticket.finding, text) == 1);
    }
    CHECK(world.writes() == writes); // nothing of Jira's went back to Jira
}
