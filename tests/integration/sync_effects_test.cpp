#include "eventually.hpp"
#include "synced_jira.hpp"

#include <catch2/catch.hpp>

/// What happens to a ticket in Jira happens to its finding, through Jira's own deliveries.
using namespace integration;
using namespace test_support;

namespace {

void chooseClosePolicy(const SyncedJira& world, const std::string& policy) {
    auto admin = world.host.signedIn();
    settings(admin, "PUT", "sync-settings", R"({"onClose":)" + quoted(policy) + "}");
}

std::string deployment() {
    return GENERATE("cloud", "9.12", "10.3");
}

/// What the finding shows beside it of its ticket.
bool shows(const SyncedJira& world, const std::string& finding, const std::string& what,
           const std::string& value) {
    return eventually([&] { return world.host.finding(finding)["ticket"][what].text() == value; });
}

} // namespace

TEST_CASE("a ticket's end and return reach its finding, each told once", "[integration][sync]") {
    const auto jira = deployment();
    CAPTURE(jira);
    const SyncedJira world(jira);
    const auto findings = world.pushed(2);
    const auto key = world.keyOf(findings[0]);
    const auto before = world.writes();

    world.move(key, "Done", "Won't Do");
    REQUIRE(world.becomes(findings[0], "resolved"));
    CHECK(world.tells(findings[0], key + " was closed in Jira as Won't Do by Priya Natarajan"));
    CHECK(shows(world, findings[0], "status", "Done"));
    world.comment(key, "Deployed.");
    world.move(key, "In Progress");
    REQUIRE(world.becomes(findings[0], "open"));
    CHECK(world.tells(findings[0], key + " was reopened in Jira (In Progress) by Priya Natarajan"));

    world.settle();
    CHECK(world.told(findings[0], "was closed in Jira") == 1);
    CHECK(world.told(findings[0], "was reopened in Jira") == 1);
    CHECK(world.told(findings[0], "Deployed.") == 1);
    CHECK(world.statusOf(findings[1]) == "open");
    CHECK(world.told(findings[1], "in Jira as") == 0);
    CHECK(world.writes() == before); // no echo
}

TEST_CASE("comments of a ticket are on its finding's timeline as they are now", "[integration][sync]") {
    const auto jira = deployment();
    CAPTURE(jira);
    const SyncedJira world(jira);
    const auto finding = world.pushed(1).front();
    const auto key = world.keyOf(finding);
    const auto edited = world.comment(key, "Needs a <b>fix</b>."), deleted = world.comment(key, "Oops."),
               restricted = world.comment(key, "Password rotated.");
    world.act(key, "comment", R"({"text":"Among us.","restrictTo":"Administrators"})");
    REQUIRE(world.tells(finding, "Needs a <b>fix</b>."));
    REQUIRE(world.tells(finding, "Oops."));
    REQUIRE(world.tells(finding, "Password rotated."));

    world.act(key, "comments/" + edited, R"({"text":"Fixed in 1.2."})");
    world.jira.control("DELETE", "/_sim/issues/" + key + "/comments/" + deleted);
    world.act(key, "comments/" + restricted, R"({"text":"Password rotated.","restrictTo":"Administrators"})");
    CHECK(world.tells(finding, "Fixed in 1.2."));
    CHECK(world.tells(finding, "Oops.", 0));
    CHECK(world.tells(finding, "Password rotated.", 0));
    world.settle();
    CHECK(world.told(finding, "Needs a") == 0);
    CHECK(world.told(finding, "Among us.") == 0);
    CHECK(world.statusOf(finding) == "open");
}

TEST_CASE("a ticket that is moved, deleted, hidden or copied leaves its finding what it is",
          "[integration][sync]") {
    const auto jira = deployment();
    CAPTURE(jira);
    const SyncedJira world(jira);
    const auto findings = world.pushed(4);
    const auto keyOf = [&](std::size_t i) { return world.keyOf(findings[i]); };
    const auto moved = keyOf(0), deleted = keyOf(1), hidden = keyOf(2), original = keyOf(3);

    const auto newKey = world.act(moved, "move", R"({"project":"AUTH"})")["key"].text();
    world.jira.control("DELETE", "/_sim/issues/" + deleted);
    world.comment(hidden, "To the archive with it.");
    world.act(hidden, "archive");
    const auto copy = world.act(original, "clone")["key"].text();
    CHECK(world.tells(findings[0], "the ticket is " + newKey + " now"));
    CHECK(shows(world, findings[0], "key", newKey));
    CHECK(world.tells(findings[1], deleted + " was deleted in Jira"));
    CHECK(world.told(findings[1], "Create the ticket again, or link the finding to another ticket.") == 1);
    CHECK(shows(world, findings[1], "status", "Deleted in Jira"));
    CHECK(world.tells(findings[3], copy + " in Jira is a copy of " + original));

    world.move(copy, "Done");
    world.move(newKey, "Done");
    CHECK(world.becomes(findings[0], "resolved")); // it is followed to where it went
    world.settle();
    for (const std::size_t i : {1U, 2U, 3U})
        CHECK(world.statusOf(findings[i]) == "open");
    CHECK(world.told(findings[3], "is a copy of") == 1);
    CHECK(keyOf(3) == original);
}

TEST_CASE("a ticket that the connected account may not see is told of, and its return",
          "[integration][sync]") {
    const SyncedJira world;
    const auto finding = world.pushed(1).front();
    const auto key = world.keyOf(finding);
    world.jira.fault("webhook-delay=1000"); // by the world's clock: until it is moved
    world.move(key, "Done");
    world.act(key, "archive");
    world.jira.clearFaults();
    world.jira.control("POST", "/_sim/webhooks/flush-retries");
    REQUIRE(world.tells(finding, "cannot be read any more"));
    CHECK(world.statusOf(finding) == "open");
    CHECK(world.told(finding, "Let the account see the ticket again.") == 1);

    world.act(key, "archive", R"({"archived":false})");
    world.act(key, "edit", R"({"dueDate":"2031-05-06"})");
    CHECK(world.tells(finding, key + " can be read again."));
    CHECK(world.becomes(finding, "resolved"));
    CHECK(world.tells(finding, "cannot be read any more", 0));
}

TEST_CASE("a finding shows who has its ticket, how urgent and by when", "[integration][sync]") {
    const auto jira = deployment();
    CAPTURE(jira);
    const SyncedJira world(jira);
    const auto finding = world.pushed(1).front();
    world.act(world.keyOf(finding), "edit",
              R"({"assignee":"Jonas Weber","priority":"Lowest","dueDate":"2031-05-06"})");
    CHECK(shows(world, finding, "assignee", "Jonas Weber"));
    CHECK(shows(world, finding, "priority", "Lowest"));
    CHECK(shows(world, finding, "dueDate", "2031-05-06"));
    CHECK(world.statusOf(finding) == "open");
}

TEST_CASE("what a closed ticket means is for the organisation to say", "[integration][sync]") {
    const SyncedJira world;
    const auto findings = world.pushed(3);
    chooseClosePolicy(world, "wait_for_scan");
    world.move(world.keyOf(findings[0]), "Done");
    CHECK(world.becomes(findings[0], "awaiting scan"));
    chooseClosePolicy(world, "by_resolution");
    world.move(world.keyOf(findings[1]), "Done", "Won't Do");
    world.move(world.keyOf(findings[2]), "Done", "Done");
    CHECK(world.becomes(findings[1], "accepted"));
    CHECK(world.becomes(findings[2], "resolved"));
    for (const auto& finding : findings) {
        world.move(world.keyOf(finding), "To Do");
        CHECK(world.becomes(finding, "open"));
    }
}

TEST_CASE("a ticket that findings share closes and reopens all of them", "[integration][sync]") {
    const SyncedJira world;
    const auto first = world.pushed(1).front(), second = world.host.addFindings("payments-api", 1).front();
    const auto key = world.keyOf(first);
    auto admin = world.host.signedIn();
    settings(admin, "POST", "links/" + second, R"({"ticket":)" + quoted(key) + "}");
    for (const auto& [status, finding] : {std::pair{"Done", "resolved"}, std::pair{"To Do", "open"}}) {
        world.move(key, status);
        CHECK(world.becomes(first, finding));
        CHECK(world.becomes(second, finding));
    }
    world.comment(key, "One fix for both.");
    CHECK(world.tells(first, "One fix for both."));
    CHECK(world.tells(second, "One fix for both."));
}

TEST_CASE("deliveries that come twice, late and in any order end where the tickets are",
          "[integration][sync]") {
    const auto jira = deployment();
    CAPTURE(jira);
    const SyncedJira world(jira);
    const auto findings = world.pushed(4);
    world.jira.fault("webhook-duplicate,probability=0.7");
    world.jira.fault("webhook-reorder,probability=0.5");
    for (std::size_t round = 0; round < 5; ++round)
        for (std::size_t i = 0; i < findings.size(); ++i) {
            const auto key = world.keyOf(findings[i]);
            world.move(key, round % 2 == 0 ? "Done" : "To Do");
            world.comment(key, "Round " + std::to_string(round) + ".");
            if (round == 4 && i % 2 == 1)
                world.move(key, "In Progress");
        }
    world.jira.control("POST", "/_sim/webhooks/flush-retries");
    world.settle();
    for (std::size_t i = 0; i < findings.size(); ++i) {
        CAPTURE(i);
        CHECK(world.statusOf(findings[i]) == (i % 2 == 1 ? "open" : "resolved"));
        for (int round = 0; round < 5; ++round)
            CHECK(world.told(findings[i], "Round " + std::to_string(round) + ".") == 1);
    }
}
