#include "upkeep_world.hpp"

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
    CHECK(report.changed == 1);
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
    CHECK(reconcile(world).requests <= 120);
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
    world.ticket("1").labels = {"mayo-aspm", label};
    world.ticket("2").labels = {"mayo-aspm", label}; // a clone
    const Report report = reconcile(world);
    CHECK(report.orphanCount == 0);
    REQUIRE(report.doubles.size() == 1);
    CHECK(report.doubles[0].finding == "f1");
    CHECK(report.doubles[0].issueKey == "PAY-1");
    CHECK(report.doubles[0].otherKey == "PAY-2");
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
    CHECK(other.take(acme, "job", now + 11 * minuteMs)); // it was not extended
    CHECK_FALSE(lease->extend(now));
    lease.reset();
    CHECK_FALSE(world.parts.leases.take(acme, "job", now + 12 * minuteMs, dayMs)); // begun a minute ago
}
