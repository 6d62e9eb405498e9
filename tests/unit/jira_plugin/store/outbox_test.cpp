#include "../each_engine.hpp"
#include "store/database.hpp"
#include "store/enqueue.hpp"
#include "store/link_store.hpp"
#include "store/outbox_store.hpp"
#include "store/pause_store.hpp"
#include "store/report_store.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace jira_plugin::store;
using Poco::Data::Session;

namespace {

struct Outbox {
    void add(const std::string& organisation, const std::string& finding) {
        database.transaction([&](Session& session) {
            OutboxRow row;
            row.finding = finding;
            row.project = "p";
            row.title = "t";
            row.dedupeLabel = "label-" + finding;
            addRows(session, organisation, {{row, "{}"}});
        });
    }
    OutboxRow row(const std::string& finding) { return store.find("acme", finding).value(); }

    jira_plugin::EachEngine engine;
    Database database{engine.place()};
    OutboxStore store{database};
};

std::string snapshotOf(Database& database, const std::string& finding) {
    return database.read([&](Session& session) {
        using namespace Poco::Data::Keywords;
        std::string snapshot;
        session << "SELECT COALESCE(MAX(snapshot), 'none') FROM outbox_snapshot WHERE organisation = 'acme' "
                   "AND finding = $1",
            bind(finding), into(snapshot), now;
        return snapshot;
    });
}

OutboxChange change(const OutboxRow& row, OutboxState state) {
    OutboxChange result;
    result.finding = row.finding;
    result.revision = row.revision;
    result.state = state;
    return result;
}

} // namespace

TEST_CASE("a claimed row is nobody else's until its lease is over", "[store]") {
    Outbox outbox;
    outbox.add("acme", "f1");
    CHECK(outbox.store.claim("other", "w1", 100, 200, 50).empty());
    REQUIRE(outbox.store.claim("acme", "w1", 100, 200, 50).size() == 1);
    CHECK(outbox.store.claim("acme", "w2", 199, 300, 50).empty());
    const auto later = outbox.store.claim("acme", "w2", 200, 300, 50);
    REQUIRE(later.size() == 1);
    // The first one comes back late: the row is not its to send any more.
    const auto& row = later.front().row;
    CHECK(
        outbox.store.markSending("acme", "w1", "site", {{"f1", row.revision, "1", true}}, 201, 300).empty());
    CHECK(
        outbox.store.markSending("acme", "w2", "site", {{"f1", row.revision, "1", true}}, 201, 300).size() ==
        1);
    CHECK(outbox.row("f1").state == OutboxState::Sending);
    CHECK(outbox.row("f1").attempts == 1);
    CHECK(outbox.row("f1").sentSystem == "site");
}

TEST_CASE("many threads that claim share the rows out without overlap", "[store]") {
    Outbox outbox;
    for (int i = 0; i < 200; ++i)
        outbox.add("acme", "f" + std::to_string(i));
    std::vector<std::vector<ClaimedRow>> claimed(4);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < claimed.size(); ++t)
        threads.emplace_back(
            [&, t] { claimed[t] = outbox.store.claim("acme", "w" + std::to_string(t), 100, 200, 50); });
    for (auto& thread : threads)
        thread.join();
    std::set<std::string> all;
    for (const auto& rows : claimed)
        for (const auto& each : rows)
            CHECK(all.insert(each.row.finding).second);
    CHECK(all.size() == 200);
}

TEST_CASE("a change decided on an older revision is not written, a created ticket always is", "[store]") {
    Outbox outbox;
    outbox.add("acme", "f1");
    const OutboxRow seen = outbox.row("f1");
    CHECK(outbox.store.apply("acme", {change(seen, OutboxState::InDoubt)}, 100).size() == 1);
    CHECK(outbox.store.apply("acme", {change(seen, OutboxState::Parked)}, 100).empty());
    CHECK(outbox.row("f1").state == OutboxState::InDoubt);

    auto created = change(seen, OutboxState::Created);
    created.link = TicketLink{"acme", "f1", {}, 100};
    created.link->ticket.id = "1";
    created.link->ticket.labels = {"a", "b"};
    CHECK(outbox.store.apply("acme", {created}, 100).size() == 1);
    CHECK(LinkStore(outbox.database).find("acme", "f1").value().ticket.labels.size() == 2);
    CHECK(LinkStore(outbox.database).findByIssue("acme", "", "1").size() == 1);
    CHECK(LinkStore(outbox.database).findByIssue("other", "", "1").empty());
    CHECK(outbox.store.findWithSnapshot("acme", "f1").value().snapshot.empty());

    // Nothing leads away from created, and the first link stays.
    created.link->ticket.id = "2";
    CHECK(outbox.store.apply("acme", {created}, 100).empty());
    CHECK(outbox.store.apply("acme", {change(outbox.row("f1"), OutboxState::Parked)}, 100).empty());
    CHECK(LinkStore(outbox.database).find("acme", "f1").value().ticket.id == "1");
}

TEST_CASE("sweeping turns abandoned sends into doubt and frees abandoned claims", "[store]") {
    Outbox outbox;
    outbox.add("acme", "sent");
    outbox.store.claim("acme", "dead", 100, 900, 50);
    outbox.store.markSending("acme", "dead", "site", {{"sent", 1, "1", true}}, 100, 900);
    outbox.add("acme", "claimed");
    outbox.store.claim("acme", "dead", 100, 900, 50);
    const auto isDead = [](const std::string& owner, std::int64_t, const std::set<std::string>&) {
        return owner == "dead";
    };
    const auto isAlive = [](const std::string&, std::int64_t, const std::set<std::string>&) { return false; };
    CHECK(outbox.store.sweep(isAlive, 100, "m", "r") == 0);
    CHECK(outbox.store.sweep(isDead, 100, "m", "r") == 1);
    CHECK(outbox.row("sent").state == OutboxState::InDoubt);
    CHECK(outbox.row("claimed").state == OutboxState::Queued);
    CHECK(outbox.store.claim("acme", "w", 101, 900, 50).size() == 1);
    CHECK(outbox.store.inDoubt("acme", 100, 50).size() == 1);
}

TEST_CASE("a clock that was set back holds nothing up", "[store]") {
    Outbox outbox;
    outbox.add("acme", "f1");
    auto waiting = change(outbox.row("f1"), OutboxState::Waiting);
    waiting.dueAtMs = 9'000'000;
    outbox.store.apply("acme", {waiting}, 8'000'000);
    CHECK(outbox.store.claim("acme", "w", 8'000'001, 9'000'000, 50).empty());
    CHECK(outbox.store.work(1'000'000).at(0).due == 1);
    CHECK(outbox.store.claim("acme", "w", 1'000'000, 2'000'000, 50).size() == 1);
}

TEST_CASE("the work of organisations is told apart", "[store]") {
    Outbox outbox;
    outbox.add("acme", "f1");
    outbox.add("other", "f1");
    outbox.add("other", "f2");
    auto doubt = change(outbox.row("f1"), OutboxState::InDoubt);
    doubt.dueAtMs = 500;
    outbox.store.apply("acme", {doubt}, 100);
    const auto work = outbox.store.work(100);
    REQUIRE(work.size() == 2);
    CHECK(work[0].organisation == "acme");
    CHECK(work[0].due == 0);
    CHECK(work[0].doubtDueMs == 500);
    CHECK(work[1].due == 2);
    CHECK(work[1].doubtDueMs == -1);
}

TEST_CASE("a report of an outcome that has changed since stays due", "[store]") {
    Outbox outbox;
    ReportStore reports(outbox.database);
    outbox.add("acme", "f1");
    CHECK(reports.nextDueMs() == -1);
    outbox.store.apply("acme", {change(outbox.row("f1"), OutboxState::InDoubt)}, 100);
    const auto due = reports.due(100, 10);
    REQUIRE(due.size() == 1);
    outbox.store.apply("acme", {change(outbox.row("f1"), OutboxState::Parked)}, 200);
    reports.settle({{"acme", "f1", due.front().row.revision, -1}}, 200);
    const auto later = reports.due(200, 10);
    REQUIRE(later.size() == 1);
    reports.settle({{"acme", "f1", later.front().row.revision, -1}}, 200);
    CHECK(reports.due(200, 10).empty());
}

TEST_CASE("parked rows are queued again by cause, project or name, within their organisation", "[store]") {
    Outbox outbox;
    for (const char* finding : {"f1", "f2", "f3"}) {
        outbox.add("acme", finding);
        auto parked = change(outbox.row(finding), OutboxState::Parked);
        parked.cause = finding == std::string("f3") ? "refused/413" : "field/x_y/PAY";
        outbox.store.apply("acme", {parked}, 100);
    }
    const auto requeue = [&](const OutboxStore::Requeue& which) {
        return outbox.store.requeue("acme", which, 200);
    };
    CHECK(requeue({{}, "", "", {"mapping/", "project/"}}) == 0);
    CHECK(requeue({{}, "q", "", {}}) == 0);
    CHECK(outbox.store.requeue("other", {}, 200) == 0);
    CHECK(requeue({{"f1"}, "p", "", {"field/"}}) == 1);
    CHECK(requeue({{}, "", "field/x_y/PAY", {}}) == 1);
    CHECK(requeue({}) == 1);
    CHECK(outbox.row("f3").state == OutboxState::Queued);
    CHECK(outbox.row("f3").message.empty());
}

TEST_CASE("a pause is remembered until it is cleared", "[store]") {
    Outbox outbox;
    PauseStore pauses(outbox.database);
    CHECK_FALSE(pauses.find("acme"));
    pauses.set("acme", {Pause::Kind::Connection, 1, 2, 3, "m", "r"});
    pauses.set("acme", {Pause::Kind::Busy, 4, 5, 6, "n", "s"});
    CHECK_FALSE(pauses.find("other"));
    CHECK(pauses.find("acme").value().untilMs == 5);
    CHECK(pauses.clear("acme").value().kind == Pause::Kind::Busy);
    CHECK_FALSE(pauses.clear("acme"));
}

TEST_CASE("only a row that is queued takes the finding as it is now", "[store]") {
    Outbox outbox;
    NewRow first{{}, "first"};
    first.row.finding = "f1";
    first.row.project = first.row.title = "p";
    first.row.dedupeLabel = "label";
    NewRow second = first;
    second.snapshot = "second";
    const auto put = [&](const NewRow& row) {
        outbox.database.transaction([&](Session& session) { addRows(session, "acme", {row}); });
    };
    const auto renew = [&](const NewRow& row) {
        outbox.database.transaction([&](Session& session) { renewRow(session, "acme", row); });
    };
    put(first);
    renew(second); // not parked
    CHECK(snapshotOf(outbox.database, "f1") == "first");
    REQUIRE(outbox.store.claim("acme", "w1", 100, 200, 50).size() == 1);
    REQUIRE(outbox.store.markSending("acme", "w1", "site", {{"f1", 1, "1", true}}, 100, 200).size() == 1);
    put(second);
    CHECK(snapshotOf(outbox.database, "f1") == "first");
    REQUIRE(outbox.store.apply("acme", {change(outbox.row("f1"), OutboxState::Parked)}, 100).size() == 1);
    renew(second);
    CHECK(snapshotOf(outbox.database, "f1") == "second");
}
