#include "upkeep_world.hpp"

#include "store/hand_link_store.hpp"
#include "sync/orphans.hpp"

#include <catch2/catch.hpp>

using namespace upkeep_test;
using Report = sync::ReconciliationReport;

namespace {

Report reconcile(World& world, const std::string& reason = "asked") {
    REQUIRE(world.reconciliation.begin(acme, reason, "ann"));
    CHECK(world.reconciliation.run(acme) == -1);
    return *world.reconciliation.report(acme);
}

std::string numbered(int i) {
    return std::to_string(100'000 + i);
}

/// A push of "f1" that is over.
void pushed(World& world, const std::string& label) {
    world.database.transaction([&](auto& session) {
        using namespace Poco::Data::Keywords;
        session << "INSERT INTO outbox (organisation, finding, project, severity, title, state, "
                   "state_since_ms, revision, due_at_ms, lease_owner, lease_until_ms, dedupe_label, "
                   "requested_by, enqueued_at_ms, attempts, sent_at_ms, sent_system, sent_project, "
                   "sent_labelled, lookups, cause, message, remedy, notes, report_due_ms, report_tries) "
                   "VALUES ('acme', 'f1', 'payments', 4, 't', 'created', 0, 1, 0, '', 0, $1, '', 0, 1, 1, "
                   "'cloud-1', '10000', 1, 0, '', '', '', '', -1, 0)",
            bind(label), now;
    });
}

/// 350 tickets that were compared yesterday; since then every seventh was closed and commented, every tenth
/// of the others is gone, and there is an orphan.
struct Changed : World {
    Changed() {
        map("payments", "10000");
        for (int i = 0; i < 350; ++i)
            link("f" + numbered(i), numbered(i));
        fakeHost.advance(60 * minuteMs);
        reconcile(*this);
        fakeHost.advance(dayMs);
        for (int i = 0; i < 350; ++i)
            if (i % 7 == 0) {
                ticket(numbered(i), "Done");
                issues.marks[numbered(i)] = "1 9@2026";
                changed.insert(numbered(i));
            } else if (i % 10 == 0) {
                issues.issues.erase(numbered(i));
                gone.insert(numbered(i));
            }
        ticket("7").labels = {"mayo-aspm"};
        inward.applied = issues.requests = 0;
        inward.appliedTo.clear();
        REQUIRE(reconciliation.begin(acme, "daily", ""));
    }

    /// Each was done once, whatever came between. busy: requests that Jira put off.
    void checkDone(const Report& report, int busy) {
        CHECK(report.state == Report::State::Done);
        CHECK(report.checked == 350);
        CHECK(report.changed == static_cast<std::int64_t>(changed.size()));
        CHECK(report.gone == static_cast<std::int64_t>(gone.size()));
        CHECK(report.drifted == static_cast<std::int64_t>(changed.size()));
        std::set<std::string> rows;
        for (const auto& row : report.rows)
            rows.insert(row.finding.substr(row.finding.rfind(' ') + 1));
        CHECK(rows == changed);
        CHECK(report.rows.size() == changed.size());
        CHECK(report.orphanCount == 1);
        CHECK(report.orphans.size() == 1);
        CHECK(inward.gone == gone);
        CHECK(inward.applied == 350 - static_cast<int>(gone.size()));
        std::set<std::string> there;
        for (int i = 0; i < 350; ++i)
            if (gone.count(numbered(i)) == 0)
                there.insert(numbered(i));
        CHECK(inward.appliedTo == there);
        CHECK(std::set<std::string>(inward.commented.begin(), inward.commented.end()) == changed);
        CHECK(inward.commented.size() == changed.size());
        // The fake's comments cost no request of their own.
        CHECK(report.requests == issues.requests + busy + static_cast<int>(changed.size()));
    }

    std::set<std::string> changed;
    std::set<std::string> gone;
};

} // namespace

TEST_CASE("What differs is brought into line and reported with both values", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.link("f1", "1");
    world.link("f2", "2");
    world.link("f3", "2");
    world.fakeHost.advance(dayMs);
    world.ticket("2", "Done");
    const Report report = reconcile(world);
    CHECK(report.state == Report::State::Done);
    CHECK(report.by == "ann");
    CHECK(report.checked == 2);
    CHECK(report.changed == 2); // what was never compared is read in full
    CHECK(report.drifted == 1);
    REQUIRE(report.rows.size() == 1);
    CHECK(report.rows[0].issueKey == "PAY-2");
    CHECK(report.rows[0].inJira == "Done");
    CHECK(report.rows[0].here == "To Do");
    CHECK(world.outward.aligned == std::set<std::string>{"f1", "f2", "f3"});
    CHECK(report.finishedAtMs == world.fakeHost.nowMs());

    world.fakeHost.advance(dayMs);
    CHECK(reconcile(world).drifted == 0);
}

TEST_CASE("Comments are read where they changed, and nowhere else", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.link("f1", "1");
    world.link("f2", "2");
    world.fakeHost.advance(dayMs);
    world.ticket("1", "Done");
    world.ticket("2", "Done");
    world.issues.marks["2"] = "1 77@2026-01-01";
    reconcile(world);
    CHECK(world.inward.commented == std::vector<std::string>{"2"});

    world.fakeHost.advance(dayMs);
    world.ticket("2", "Done"); // something else changed
    reconcile(world);
    CHECK(world.inward.commented.size() == 1);

    world.fakeHost.advance(dayMs);
    world.ticket("2", "Done");
    world.issues.marks["2"] = "0"; // it was deleted
    reconcile(world);
    CHECK(world.inward.commented.size() == 2);
}

TEST_CASE("Ten thousand tickets of which a hundred changed cost a hundred and a few requests", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    for (int i = 0; i < 10'000; ++i)
        world.ticket(numbered(i));
    std::vector<store::TicketLink> links;
    for (int i = 0; i < 10'000; ++i) {
        store::TicketLink link;
        link.organisation = acme;
        link.finding = "f" + numbered(i);
        link.ticket = {site, numbered(i), "PAY-" + numbered(i), "", "To Do", "", "", "", {}};
        link.createdAtMs = world.fakeHost.nowMs();
        links.push_back(link);
        world.inward.statuses[numbered(i)] = "To Do";
    }
    world.database.transaction([&](auto& session) { store::LinkStore::add(session, links); });
    world.fakeHost.advance(60 * minuteMs);
    CHECK(reconcile(world).requests <= 220); // the first one asks for the comments of all
    world.fakeHost.advance(dayMs);
    for (int i = 0; i < 100; ++i)
        world.ticket(numbered(i * 97), "Done");
    world.issues.requests = 0;
    const Report report = reconcile(world, "daily");
    CHECK(report.checked == 10'000);
    CHECK(report.changed == 100);
    CHECK(report.drifted == 100);
    CHECK(report.requests == world.issues.requests);
    CHECK(world.issues.requests <= 105);
    CHECK(world.issues.largest == 100);
}

TEST_CASE("The counts are exact where the list ends", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    for (int i = 0; i < 300; ++i)
        world.link("f" + numbered(i), numbered(i));
    world.fakeHost.advance(dayMs);
    for (int i = 0; i < 300; ++i)
        world.ticket(numbered(i), "Done");
    const Report report = reconcile(world);
    CHECK(report.drifted == 300);
    CHECK(report.rows.size() == Report::listLimit);
}

TEST_CASE("A ticket that cannot be read any more is told", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.link("f1", "1");
    world.issues.issues.clear();
    const Report report = reconcile(world);
    CHECK(report.gone == 1);
    CHECK(report.checked == 1);
    CHECK(world.inward.gone == std::set<std::string>{"1"});
}

TEST_CASE("One at a time runs for an organisation", "[upkeep]") {
    World world;
    REQUIRE(world.reconciliation.begin(acme, "daily", ""));
    CHECK_FALSE(world.reconciliation.begin(acme, "asked", "ann"));
    const auto lease = world.parts.leases.take(acme, "reconciliation", world.fakeHost.nowMs());
    CHECK(world.reconciliation.run(acme) == -1);
    CHECK(world.reconciliation.report(acme)->state == Report::State::Running); // left to whoever has it
}

TEST_CASE("A run gives way to Jira's limits and goes on where it was", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    for (int i = 0; i < 350; ++i)
        world.link("f" + numbered(i), numbered(i));
    REQUIRE(world.reconciliation.begin(acme, "daily", ""));
    world.issues.busyAfter = 3;
    const std::int64_t again = world.reconciliation.run(acme);
    CHECK(again == world.fakeHost.nowMs() + 90'000);
    CHECK(world.reconciliation.report(acme)->state == Report::State::Running);
    const int before = world.inward.applied;
    CHECK(before > 0);
    world.fakeHost.advance(90'000);
    CHECK(world.reconciliation.run(acme) == -1);
    CHECK(world.reconciliation.report(acme)->state == Report::State::Done);
    CHECK(world.reconciliation.report(acme)->checked == 350);
    CHECK(world.inward.applied == 350); // nothing was done twice
}

TEST_CASE("A run that is stopped goes on after the next start", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    for (int i = 0; i < 350; ++i)
        world.link("f" + numbered(i), numbered(i));
    REQUIRE(world.reconciliation.begin(acme, "daily", ""));
    world.issues.onRequest = [&] {
        if (world.issues.requests == 3)
            world.reconciliation.stop();
    };
    CHECK(world.reconciliation.run(acme) == -1);
    world.issues.onRequest = nullptr;
    sync::Reconciliation next(world.parts, world.inward, world.outward, world.check);
    CHECK(next.unfinished() == std::vector<std::string>{acme});
    CHECK(next.run(acme) == -1);
    CHECK(next.report(acme)->state == Report::State::Done);
    CHECK(next.report(acme)->checked == 350);
}

TEST_CASE("A run that Jira puts off at any request does each ticket once", "[upkeep]") {
    const int request = GENERATE(0, 1, 2, 3, 4, 5);
    Changed world;
    world.issues.busyAfter = request;
    CHECK(world.reconciliation.run(acme) == world.fakeHost.nowMs() + 90'000);
    world.fakeHost.advance(90'000);
    CHECK(world.reconciliation.run(acme) == -1);
    world.checkDone(*world.reconciliation.report(acme), 1);
    CHECK(world.issues.requests <= 7); // the orphan may be read once more
}

TEST_CASE("A run that is stopped at any ticket does each ticket once", "[upkeep]") {
    const int ticket = GENERATE(1, 50, 90, 91, 200, 300);
    Changed world;
    world.inward.onApply = [&] {
        if (world.inward.applied == ticket)
            world.reconciliation.stop();
    };
    CHECK(world.reconciliation.run(acme) == -1);
    CHECK(world.inward.applied == ticket);
    world.inward.onApply = nullptr;
    sync::Reconciliation next(world.parts, world.inward, world.outward, world.check);
    CHECK(next.run(acme) == -1);
    world.checkDone(*next.report(acme), 0);
    CHECK(world.issues.requests <= 8); // and one page of tickets
}

TEST_CASE("A run that is stopped between comments reads the others after the next start", "[upkeep]") {
    Changed world;
    world.inward.onComments = [&] {
        if (world.inward.commented.size() == 20)
            world.reconciliation.stop();
    };
    CHECK(world.reconciliation.run(acme) == -1);
    CHECK(world.inward.commented.size() == 20);
    world.inward.onComments = nullptr;
    sync::Reconciliation next(world.parts, world.inward, world.outward, world.check);
    CHECK(next.run(acme) == -1);
    world.checkDone(*next.report(acme), 0);
}

TEST_CASE("A run comes to its end where Jira answers two requests at a time", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    for (int i = 0; i < 5'000; ++i)
        world.link("f" + numbered(i), numbered(i));
    REQUIRE(world.reconciliation.begin(acme, "daily", ""));
    int tries = 0;
    std::int64_t again = 0;
    for (; again >= 0 && tries < 100; ++tries) {
        world.issues.busyAfter = 2;
        again = world.reconciliation.run(acme);
        world.fakeHost.advance(90'000);
    }
    CHECK(tries > 20);
    CHECK(world.reconciliation.report(acme)->state == Report::State::Done);
    CHECK(world.reconciliation.report(acme)->checked == 5'000);
    CHECK(world.inward.applied == 5'000);
}

TEST_CASE("A run that never gets further fails at last", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    REQUIRE(world.reconciliation.begin(acme, "daily", ""));
    int tries = 0;
    for (std::int64_t again = 0; again >= 0 && tries < 100; ++tries) {
        world.issues.busyAfter = 0;
        again = world.reconciliation.run(acme);
        world.fakeHost.advance(90'000);
    }
    CHECK(tries == 21);
    CHECK(world.reconciliation.report(acme)->state == Report::State::Failed);
}

TEST_CASE("A connection that ended ends the run, with what to do", "[upkeep]") {
    World world;
    REQUIRE(world.reconciliation.begin(acme, "daily", ""));
    world.isConnected = false;
    CHECK(world.reconciliation.run(acme) == -1);
    const auto report = world.reconciliation.report(acme);
    CHECK(report->state == Report::State::Failed);
    CHECK(report->problem == "This organisation is not connected to Jira.");
    CHECK(report->remedy == "Connect it.");
}

TEST_CASE("Tickets with our label that no finding has are found, and found again", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.link("f1", "1");
    world.ticket("2").labels = {"mayo-aspm", "high"};
    world.ticket("3").labels = {"their-own"};
    world.ticket("4").labels = {"mayo-aspm", "mayo-aspm-test"};
    world.issues.issues["2"].summary = "<b>Left over</b>";
    Report report = reconcile(world);
    CHECK(report.orphanCount == 1);
    REQUIRE(report.orphans.size() == 1);
    CHECK(report.orphans[0].issueKey == "PAY-2");
    CHECK(report.orphans[0].url == "https://acme.example/browse/PAY-2");
    CHECK(report.orphans[0].summary == "<b>Left over</b>");

    world.fakeHost.advance(dayMs); // it did not change, and is still there
    CHECK(reconcile(world).orphanCount == 1);
    world.fakeHost.advance(dayMs);
    world.issues.issues.erase("2");
    CHECK(reconcile(world).orphanCount == 0);
}

TEST_CASE("A second ticket with a finding's label is a double", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.link("f1", "1");
    const std::string label = "aspm-0123456789abcdef0123";
    pushed(world, label);
    world.ticket("1").labels = {"mayo-aspm", label};
    world.ticket("2").labels = {"mayo-aspm", label}; // a clone
    const Report report = reconcile(world);
    CHECK(report.orphanCount == 0);
    REQUIRE(report.doubles.size() == 1);
    CHECK(report.doubles[0].finding == "f1");
    CHECK(report.doubles[0].issueKey == "PAY-1");
    CHECK(report.doubles[0].otherKey == "PAY-2");

    world.database.transaction([&](auto& session) { // the finding had it before
        using namespace Poco::Data::Keywords;
        session << "INSERT INTO former_link (organisation, finding, system, issue_id, issue_key, "
                   "parted_at_ms) VALUES ('acme', 'f1', 'cloud-1', '2', 'PAY-2', 1)",
            now;
    });
    world.fakeHost.advance(dayMs);
    CHECK(reconcile(world).doubleCount == 0);

    // Asked for a ticket that was linked since its links were read.
    sync::ReconciliationStore reconciliations(world.database);
    sync::Orphans orphans(world.parts, reconciliations, acme, site);
    const auto judged = orphans.judge(world.issues.issues.at("1"), world.side());
    CHECK(std::holds_alternative<std::monostate>(judged));
}

TEST_CASE("A ticket that a person parted from its finding is told as nothing", "[upkeep]") {
    World world;
    world.map("payments", "10000");
    world.link("f1", "1");
    const std::string label = "aspm-0123456789abcdef0123";
    pushed(world, label);
    world.ticket("1").labels = {"mayo-aspm", label};
    REQUIRE(store::HandLinkStore(world.database).unlink(acme, "f1", world.fakeHost.nowMs()));
    Report report = reconcile(world);
    CHECK(report.orphanCount == 0);
    CHECK(report.doubleCount == 0);
    world.fakeHost.advance(dayMs);
    world.link("f1", "2"); // another one is its ticket now
    report = reconcile(world);
    CHECK(report.orphanCount == 0);
    CHECK(report.doubleCount == 0);
}

TEST_CASE("A job is done by one host at a time", "[upkeep]") {
    World world;
    sync::JobLeases other(world.database);
    const std::int64_t now = 1'000'000;
    auto lease = world.parts.leases.take(acme, "job", now);
    REQUIRE(lease);
    CHECK(world.parts.leases.isTaken(acme, "job", now));
    CHECK_FALSE(world.parts.leases.take(acme, "job", now));
    CHECK_FALSE(other.take(acme, "job", now));
    CHECK(other.take("globex", "job", now));
    // It was not extended. That counts only where nobody sees that its holder is alive.
    const bool isSeenAlive = world.engine.isPostgres();
    CHECK((other.take(acme, "job", now + 11 * minuteMs) == nullptr) == isSeenAlive);
    CHECK(lease->extend(now) == isSeenAlive);
    lease.reset();
    CHECK_FALSE(world.parts.leases.take(acme, "job", now + 12 * minuteMs, dayMs)); // begun a minute ago
}
