#include "sync_world.hpp"

#include "eventually.hpp"

#include <catch2/catch.hpp>

using namespace sync_test;
using push_test::done;

TEST_CASE("deliveries of one issue are applied together, many issues with one request", "[sync][inbox]") {
    SyncWorld world;
    for (int i = 1; i <= 120; ++i) {
        const std::string id = std::to_string(i);
        world.link(id, "PAY-" + id, {"f" + id});
        world.board().move(id, done);
        world.deliver(id);
        world.deliver(id);
    }
    CHECK(world.round->run(acme));
    CHECK_FALSE(world.round->run(acme));
    CHECK(world.board().count("fetch") == 2);
    for (int i = 1; i <= 120; ++i)
        CHECK(world.findings.status("f" + std::to_string(i)) == FindingStatus::Resolved);
    CHECK(world.inbox->counts(acme).done == 240);
}

TEST_CASE("who changed the status is named", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().move("1", done);
    const auto closes = [&] {
        world.deliver("1", [](sync::InboxRow& row) {
            row.actor = "Sam";
            row.changesStatus = true;
            row.happenedAtMs = 1000;
        });
    };
    const auto comments = [&] {
        world.deliver("1", [](sync::InboxRow& row) {
            row.actor = "Ann";
            row.happenedAtMs = 2000;
        });
    };
    SECTION("in the order of what happened") {
        closes();
        comments();
    }
    SECTION("in another order") {
        comments();
        closes();
    }
    world.round->run(acme);
    CHECK(world.findings.reasons.back() == "PAY-1 was closed in Jira as Done by Sam.");
    CHECK(world.findings.entry("f1", "jira.turn.").atMs == 1000);
}

TEST_CASE("the delivery is only a hint", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    SECTION("it says closed, Jira says open") {
        world.deliver("1", [](sync::InboxRow& row) { row.changesStatus = true; });
    }
    SECTION("it says deleted, Jira still has it") {
        world.deliver("1", [](sync::InboxRow& row) { row.isDeletion = true; });
    }
    world.round->run(acme);
    CHECK(world.findings.status("f1") == FindingStatus::Open);
    CHECK(world.findings.entries("f1") == 0);
}

TEST_CASE("a missing issue was deleted when a delivery says so, else it is hidden", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.link("2", "PAY-2", {"f2"});
    world.board().drop("1");
    world.board().drop("2");
    world.deliver("1", [](sync::InboxRow& row) { row.isDeletion = true; });
    world.deliver("2");
    world.round->run(acme);
    CHECK(world.findings.tickets["f1"].status == "Deleted in Jira");
    CHECK(world.findings.tickets["f2"].status == "Not visible in Jira");
}

TEST_CASE("a comment that arrives under two names is there once", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().say("1", "Ann", "Hello.");
    for (const char* event : {"comment_created", "jira:issue_updated"})
        world.deliver("1", [&](sync::InboxRow& row) {
            row.event = event;
            row.concernsComments = true;
        });
    world.round->run(acme);
    CHECK(world.findings.entries("f1", "jira.comment.") == 1);
    CHECK(world.board().count("comments") == 1);
}

TEST_CASE("what nobody is linked to is forgotten without a request", "[sync][inbox]") {
    SyncWorld world;
    world.deliver("77");
    world.deliver("78", [](sync::InboxRow& row) { row.isCreation = true; });
    world.deliver("79", [](sync::InboxRow& row) { row.system = "another-site"; });
    world.world.hosting.advance(2'000); // a creation is looked at when the answer to us is certainly there
    world.round->run(acme);
    CHECK(world.board().count("fetch") == 0);
    const auto counts = world.inbox->counts(acme);
    CHECK(counts.due + counts.done + counts.parked == 0);
}

namespace {

void created(sync::InboxRow& row) {
    row.event = "jira:issue_created";
    row.isCreation = row.carriesMark = true;
}

} // namespace

TEST_CASE("that a ticket of ours was created is no news", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.deliver("1", created);
    CHECK_FALSE(world.round->run(acme)); // Jira's answer to us may still be on its way
    world.world.hosting.advance(2'000);
    CHECK(world.round->run(acme));
    CHECK(world.board().count("fetch") == 0);
    CHECK(world.inbox->counts(acme).due == 0);
}

TEST_CASE("an issue that is being written to waits", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().move("1", done);
    world.deliver("1");
    SECTION("from the beginning") {
        world.writes.writing.insert("1");
        world.round->run(acme);
        CHECK(world.board().count("fetch") == 0);
    }
    SECTION("since it was read") {
        world.board().beforeCall = [&](const std::string&, const std::string&) {
            world.writes.writing.insert("1");
        };
        world.round->run(acme);
        CHECK(world.board().count("fetch") == 1);
    }
    CHECK(world.findings.status("f1") == FindingStatus::Open);
    world.writes.writing.clear();
    world.board().beforeCall = nullptr;
    world.world.hosting.advance(5000);
    world.round->run(acme);
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
}

TEST_CASE("an answer that is older than what was told is asked for again, for a while", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    const auto toldMs = world.board().state("1").updatedMs + 5000;
    world.deliver("1", [&](sync::InboxRow& row) { row.issueUpdatedMs = toldMs; });
    world.board().move("1", done);
    world.round->run(acme);
    CHECK(world.findings.status("f1") == FindingStatus::Open);
    CHECK(world.inbox->counts(acme).due == 1);
    SECTION("until it is there") {
        world.board().issues["1"].updatedMs = toldMs;
        world.world.hosting.advance(2000);
    }
    SECTION("and taken as it is in the end") {
        world.world.hosting.advance(150'000);
    }
    world.round->run(acme);
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
    CHECK(world.inbox->counts(acme).due == 0);
}

TEST_CASE("a Jira that cannot be asked pauses the inbox and loses nothing", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().move("1", done);
    world.deliver("1");
    SECTION("it asks for a pause") {
        world.board().beforeCall = [](const std::string&, const std::string&) {
            throw jira::RetryLater("Jira asks for a pause.", "", 30'000);
        };
    }
    SECTION("the grant is dead") {
        world.board().beforeCall = [](const std::string&, const std::string&) {
            throw jira::ReconnectNeeded("The connection was revoked.", "Reconnect Jira.");
        };
    }
    CHECK_FALSE(world.round->run(acme));
    CHECK(world.parts->gate.closed(acme));
    CHECK(world.inbox->counts(acme).due == 1);
    world.board().beforeCall = nullptr;
    CHECK_FALSE(world.round->run(acme));
    world.world.hosting.advance(3'600'000);
    CHECK(world.round->run(acme));
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
}

TEST_CASE("what was applied before Jira could not be asked any more is done", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.link("2", "PAY-2", {"f2"});
    for (const char* issue : {"1", "2"}) {
        world.deliver(issue, [](sync::InboxRow& row) { row.concernsComments = true; });
        world.world.hosting.advance(1);
    }
    world.board().beforeCall = [](const std::string& what, const std::string& issue) {
        if (what == "comments" && issue == "2")
            throw jira::RetryLater("Jira is busy.", "Wait.", 60'000);
    };
    CHECK_FALSE(world.round->run(acme));
    CHECK(world.inbox->counts(acme).done == 1);
    CHECK(world.inbox->counts(acme).due == 1);
}

TEST_CASE("what cannot be applied is tried again, then parked, then retried", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.link("2", "PAY-2", {"f2"});
    world.board().move("1", done);
    world.board().move("2", done);
    world.deliver("1");
    std::string cause;
    SECTION("the host takes nothing") {
        world.findings.isBroken = true;
        cause = "host";
    }
    SECTION("Jira refuses") {
        world.board().beforeCall = [](const std::string&, const std::string&) {
            throw jira::Refusal(403, "Jira refused.", "Give the permission.", {});
        };
        cause = "jira/403";
    }
    world.round->run(acme);
    CHECK(world.inbox->counts(acme).parked == 0);
    CHECK(world.inbox->counts(acme).due == 1);
    for (int i = 0; i < 20; ++i) {
        world.world.hosting.advance(1'800'000);
        world.round->run(acme);
    }
    const auto parked = world.inbox->parked(acme, 10);
    REQUIRE(parked.size() == 1);
    CHECK(parked[0].cause == cause);
    CHECK_FALSE(parked[0].remedy.empty());

    world.findings.isBroken = false;
    world.board().beforeCall = nullptr;
    world.inbox->retry(acme, parked[0].delivery, "", world.world.hosting.nowMs());
    world.round->run(acme);
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
    CHECK(world.inbox->counts(acme).parked == 0);
}

namespace {

/// A push whose answer was lost: the issue is on the board, the finding in doubt.
std::string lostAnswer(SyncWorld& world) {
    world.findings.put("f1");
    world.world.atlassian->afterCreate = [](const push_test::Drafts&) {
        throw jira::UnknownOutcome("The connection was cut.", "");
    };
    world.world.request({push_test::finding("f1")});
    world.world.batches();
    world.world.atlassian->afterCreate = nullptr;
    world.world.atlassian->isIndexed = false;
    world.world.hosting.advance(10'000); // a Jira that just cut the connection is left alone for a moment
    REQUIRE(world.world.row("f1").state == store::OutboxState::InDoubt);
    return world.world.atlassian->issues.back().id;
}

} // namespace

TEST_CASE("hearing of its ticket ends a push's doubt", "[sync][inbox]") {
    SyncWorld world;
    const std::string issue = lostAnswer(world);
    world.deliver(issue, created);
    world.world.hosting.advance(2'000);
    while (world.round->run(acme)) {
    }
    CHECK(world.world.row("f1").state == store::OutboxState::Created);
    CHECK(world.linkOf("f1").ticket.id == issue);
    CHECK(world.adoptions == 1);
    CHECK(world.inbox->counts(acme).due == 0);
}

TEST_CASE("a ticket that is closed before its creation is known here still closes its finding",
          "[sync][inbox]") {
    SyncWorld world;
    const std::string issue = lostAnswer(world);
    world.board().move(issue, done);
    world.deliver(issue, [](sync::InboxRow& row) { row.changesStatus = row.carriesMark = true; });
    while (world.round->run(acme)) {
    }
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
}

TEST_CASE("a comment on a ticket whose creation is not known here yet is shown", "[sync][inbox]") {
    SyncWorld world;
    const auto commented = [](sync::InboxRow& row) { // no labels: nothing says that the issue is ours
        row.event = "comment_created";
        row.concernsComments = true;
    };
    SECTION("the answer was lost") {
        const std::string issue = lostAnswer(world);
        world.board().say(issue, "Ann", "Hello.");
        world.deliver(issue, commented);
    }
    SECTION("the answer is on its way") {
        world.findings.put("f1");
        world.world.atlassian->afterCreate = [&](const push_test::Drafts&) {
            const std::string issue = world.world.atlassian->issues.back().id;
            world.board().say(issue, "Ann", "Hello.");
            world.deliver(issue, commented);
            world.round->run(acme);
        };
        world.world.request({push_test::finding("f1")});
        world.world.batches();
        world.world.hosting.advance(2'000);
    }
    while (world.round->run(acme)) {
    }
    CHECK(world.findings.entries("f1", "jira.comment.") == 1);
    CHECK(world.inbox->counts(acme).due == 0);
}

TEST_CASE("a copy of a ticket is not the finding's", "[sync][inbox]") {
    SyncWorld world;
    world.findings.put("f1");
    world.world.request({push_test::finding("f1")});
    world.world.batches();
    auto clone = world.board().state(world.linkOf("f1").ticket.id);
    clone.id = "777";
    clone.key = "PAY-777";
    clone.status = done;
    world.board().put(clone);
    for (int i = 0; i < 2; ++i) {
        world.deliver("777", created);
        world.world.hosting.advance(2'000);
        world.round->run(acme);
    }
    CHECK(world.findings.status("f1") == FindingStatus::Open);
    CHECK(world.findings.entries("f1", "jira.clone.") == 1);
    CHECK(world.findings.entry("f1", "jira.clone.777").text.find("PAY-777 in Jira is a copy") == 0);
    CHECK(world.linkOf("f1").ticket.id != "777");
}

TEST_CASE("the worker applies what arrives at once", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().move("1", done);
    sync::InboxWorker worker(*world.parts, *world.inbox, *world.inward, world.writes, [] {});
    worker.start();
    world.deliver("1");
    worker.wake();
    CHECK(test_support::eventually([&] { return world.inbox->counts(acme).done == 1; }));
    worker.stop();
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
}

TEST_CASE("the worker frees what another one left when it died", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.world.connections.connect(false); // so that this worker leaves it to the other one
    sync::InboxWorker worker(*world.parts, *world.inbox, *world.inward, world.writes, [] {});
    worker.start();
    world.deliver("1");
    const std::int64_t now = world.world.hosting.nowMs();
    REQUIRE(world.inbox->claim(acme, "of another process", now, now + 1'000'000, 10).size() == 1);
    world.world.connections.connect(true);
    worker.wake();
    CHECK(test_support::eventually([&] { return world.inbox->counts(acme).done == 1; }));
    worker.stop();
}

TEST_CASE("the worker waits for the connection", "[sync][inbox]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().move("1", done);
    world.world.connections.connect(false);
    sync::InboxWorker worker(*world.parts, *world.inbox, *world.inward, world.writes, [] {});
    worker.start();
    world.deliver("1");
    worker.wake();
    world.world.connections.connect(true);
    worker.connectionChanged(acme);
    CHECK(test_support::eventually([&] { return world.inbox->counts(acme).done == 1; }));
    worker.stop();
    CHECK(world.board().count("fetch") == 1);
}
