#include "connection/connection_store.hpp"
#include "eventually.hpp"
#include "postgres.hpp"
#include "push/lease_registry.hpp"
#include "store/database.hpp"
#include "store/enqueue.hpp"
#include "store/outbox_store.hpp"
#include "store/report_store.hpp"
#include "sync/job_leases.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include <Poco/Data/Statement.h>

using namespace jira_plugin;
using namespace jira_plugin::store;
using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using test_support::databaseOf;
using test_support::eventually;
using test_support::sharedPostgres;

/// Several hosts on one PostgreSQL database.
namespace {

struct Hosts {
    void kill(const std::string& instance) const { // as one that died looks to the others
        sharedPostgres().query("INSERT INTO process VALUES ('" + instance + "', 1)", databaseOf(url));
    }
    std::set<std::string> alive() {
        return one.read([&](Session& session) { return one.alive(session); });
    }
    void add(const std::string& finding) {
        one.transaction([&](Session& session) {
            OutboxRow row;
            row.finding = finding;
            row.project = row.title = "p";
            row.dedupeLabel = "label-" + finding;
            addRows(session, "acme", {{row, "{}"}});
        });
    }

    const std::string url = sharedPostgres().newDatabase();
    Database one{url, {600}};
    std::unique_ptr<Database> other = std::make_unique<Database>(url, DatabaseOptions{600});
};

connection::ConnectionRecord connected() {
    connection::ConnectionRecord record;
    record.organisation = "acme";
    record.deployment = "cloud";
    record.state = connection::RecordState::Connected;
    return record;
}

} // namespace

TEST_CASE("hosts see each other for as long as they live", "[store][hosts]") {
    Hosts hosts;
    CHECK(hosts.one.isShared());
    CHECK_FALSE(hosts.one.isSoleUser());
    CHECK(hosts.alive() == std::set<std::string>{hosts.one.instance(), hosts.other->instance()});
    CHECK(hosts.one.isPresentFor(0));
    CHECK_FALSE(hosts.one.isPresentFor(601));
    hosts.other.reset(); // an orderly end is known at once
    CHECK(hosts.alive() == std::set<std::string>{hosts.one.instance()});
}

TEST_CASE("a host that vanishes is noticed by the others, who clear up behind it", "[store][hosts]") {
    Hosts hosts;
    std::atomic<int> calls{0};
    hosts.one.onVanished([&] { ++calls; });
    hosts.kill("dead000000000000");
    CHECK(eventually([&] {
        return calls > 0 &&
               sharedPostgres().query("SELECT instance FROM process", databaseOf(hosts.url)).size() == 2;
    }));
    hosts.one.onVanished({});
}

TEST_CASE("what a host left that ended in good order is cleared up, too", "[store][hosts]") {
    Hosts hosts;
    std::atomic<int> calls{0};
    hosts.one.onVanished([&] { ++calls; });
    hosts.other.reset();
    CHECK(eventually([&] { return calls > 0; }));
    hosts.one.onVanished({});
}

TEST_CASE("a host that is cut off from the database knows that it is not present any more",
          "[store][hosts]") {
    test_support::PostgresServer server;
    Database database(server.newDatabase(), {600});
    CHECK(database.isPresentFor(0));
    server.stop();
    CHECK(eventually([&] { return !database.isPresentFor(0); }));
    server.start();
    CHECK(eventually([&] { return database.isPresentFor(0); }));
}

TEST_CASE("what a dead host was sending is in doubt, what a living one sends is left alone",
          "[store][hosts]") {
    Hosts hosts;
    OutboxStore outbox(hosts.one);
    push::LeaseRegistry registry(hosts.one.instance());
    const std::string dead = "dead000000000000.1/1", living = hosts.other->instance() + ".1/1";
    for (const auto& [finding, owner] : {std::pair{"f1", dead}, std::pair{"f2", living}}) {
        hosts.add(finding);
        REQUIRE(outbox.claim("acme", owner, 100, 200, 1).size() == 1);
        REQUIRE(outbox.markSending("acme", owner, "site", {{finding, 1, "1", true}}, 100, 200).size() == 1);
    }
    const auto isAbandoned = [&](const std::string& owner, std::int64_t, const std::set<std::string>& alive) {
        return registry.isAbandoned(owner, alive);
    };
    // Long after both leases: only life counts, whatever the hosts' clocks say.
    CHECK(outbox.sweep(isAbandoned, 900'000, "m", "r") == 1);
    CHECK(outbox.find("acme", "f1")->state == OutboxState::InDoubt);
    CHECK(outbox.find("acme", "f1")->sentAtMs == 900'000); // it may have been sent until now
    CHECK(outbox.find("acme", "f2")->state == OutboxState::Sending);

    // The dead one comes back: its refusal does not undo what the others decided since.
    OutboxChange late;
    late.finding = "f1";
    late.revision = 2;
    late.state = OutboxState::Parked;
    CHECK(outbox.apply("acme", {late}, 900'001).empty());
}

TEST_CASE("hosts that claim at the same time share the rows out", "[store][hosts]") {
    Hosts hosts;
    for (int i = 0; i < 100; ++i)
        hosts.add("f" + std::to_string(i));
    std::vector<std::set<std::string>> taken(2);
    std::vector<std::thread> threads;
    for (std::size_t host = 0; host < 2; ++host)
        threads.emplace_back([&, host] {
            OutboxStore outbox(host == 0 ? hosts.one : *hosts.other);
            for (;;) {
                const auto rows = outbox.claim("acme", "w" + std::to_string(host), 100, 200, 10);
                if (rows.empty())
                    return;
                for (const auto& each : rows)
                    taken[host].insert(each.row.finding);
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(taken[0].size() + taken[1].size() == 100);
    std::set<std::string> all = taken[0];
    all.insert(taken[1].begin(), taken[1].end());
    CHECK(all.size() == 100);
}

TEST_CASE("one host tells the platform of an outcome", "[store][hosts]") {
    Hosts hosts;
    hosts.add("f1");
    OutboxStore outbox(hosts.one);
    OutboxChange parked;
    parked.finding = "f1";
    parked.revision = 1;
    parked.state = OutboxState::Parked;
    REQUIRE(outbox.apply("acme", {parked}, 100).size() == 1);
    const auto told = ReportStore(hosts.one).due(100, 50);
    REQUIRE(told.size() == 1);
    CHECK(ReportStore(*hosts.other).due(100, 50).empty());
    CHECK(ReportStore(*hosts.other).due(100'000, 50).size() == 1); // should the first have died over it
    ReportStore(hosts.one).settle({{"acme", "f1", told.front().row.revision, -1}}, 100);
    CHECK(ReportStore(*hosts.other).due(900'000, 50).empty());
}

TEST_CASE("a host that tells the platform late leaves it on no older state", "[store][hosts]") {
    Hosts hosts;
    hosts.add("f1");
    OutboxStore outbox(hosts.one);
    const auto become = [&](OutboxState state, std::int64_t revision) {
        OutboxChange next;
        next.finding = "f1";
        next.revision = revision;
        next.state = state;
        REQUIRE(outbox.apply("acme", {next}, 100).size() == 1);
    };
    ReportStore late(hosts.one), other(*hosts.other);
    become(OutboxState::Parked, 1);
    const auto older = late.due(100, 50);
    REQUIRE(older.size() == 1);
    become(OutboxState::Created, 2);
    const auto newer = other.due(100, 50);
    REQUIRE(newer.size() == 1);
    other.settle({{"acme", "f1", newer.front().row.revision, -1}}, 200);
    CHECK(late.nextDueMs() == -1);
    late.settle({{"acme", "f1", older.front().row.revision, -1}}, 300); // told just now
    CHECK(late.nextDueMs() == 300);
    const auto again = other.due(300, 50);
    REQUIRE(again.size() == 1);
    CHECK(again.front().row.state == OutboxState::Created);
}

TEST_CASE("the right to refresh a token is one host's, however far their clocks are apart",
          "[store][hosts]") {
    Hosts hosts;
    connection::ConnectionStore one(hosts.one), other(*hosts.other);
    auto record = connected();
    REQUIRE(one.connect(record, 0, "") == connection::ConnectionStore::Connecting::Stored);
    const std::int64_t hour = 3'600'000, lease = 90'000, nowMs = 1'000 * hour;
    const std::string first = hosts.one.instance() + "/a", second = hosts.other->instance() + "/b";
    CHECK(one.leaseRefresh("acme", 1, first, nowMs, nowMs + lease));
    for (const std::int64_t clock : {nowMs - hour, nowMs - 1, nowMs, nowMs + hour})
        CHECK_FALSE(other.leaseRefresh("acme", 1, second, clock, clock + lease));

    CHECK(other.takeOverRefreshes("cloud").empty()); // nobody has vanished
    CHECK_FALSE(other.leaseRefresh("acme", 1, second, nowMs, nowMs + lease));
    one.releaseRefresh("acme", first);
    CHECK(other.leaseRefresh("acme", 1, second, nowMs, nowMs + lease));
    hosts.other.reset();
    CHECK(one.takeOverRefreshes("cloud") == std::vector<std::string>{"acme"});
    CHECK(one.takeOverRefreshes("cloud").empty());
    CHECK(one.leaseRefresh("acme", 1, first, nowMs, nowMs + lease));
}

TEST_CASE("a host that clears up behind another for long stays alive", "[store][hosts]") {
    auto& server = sharedPostgres();
    const std::string url = server.newDatabase();
    Database database(url, {600});
    const auto until = [&] {
        return std::stoll(
            server
                .query("SELECT until_ms FROM process WHERE instance = '" + database.instance() + "'",
                       databaseOf(url))
                .at(0));
    };
    std::atomic<bool> isClearing{false}, staysAlive{false};
    database.onVanished([&] {
        isClearing = true;
        const auto begun = until();
        staysAlive = eventually([&] { return until() > begun + 600; });
    });
    server.query("INSERT INTO process (instance, until_ms) VALUES ('gone', 1)", databaseOf(url));
    REQUIRE(eventually([&] { return isClearing.load(); }));
    database.onVanished({}); // waits for it
    CHECK(staysAlive);
}

TEST_CASE("what strangers say is kept with the connection, whatever bytes it is of", "[store][hosts]") {
    Hosts hosts;
    connection::ConnectionStore store(hosts.one);
    const std::string strange("a\0b\xFF", 4), shown = "a\xEF\xBF\xBD"
                                                      "b\xEF\xBF\xBD";
    auto record = connected();
    record.siteName = record.accountName = strange;
    REQUIRE(store.connect(record, 0, "") == connection::ConnectionStore::Connecting::Stored);
    CHECK(store.load("acme")->siteName == shown);
    CHECK(store.load("acme")->accountName == shown);
    CHECK(store.markAttention("acme", store.load("acme")->version, strange, strange));
    CHECK(store.load("acme")->attention == shown);
    CHECK(store.load("acme")->attentionRemedy == shown);
}

TEST_CASE("a job of all hosts is done by one of them, once per interval", "[store][hosts]") {
    Hosts hosts;
    sync::JobLeases one(hosts.one), other(*hosts.other);
    auto held = one.take("", "upkeep", 1'000'000, 1000);
    REQUIRE(held);
    for (const std::int64_t clock : {999'999, 1'000'001, 9'000'000})
        CHECK_FALSE(other.take("", "upkeep", clock));
    held.reset();
    CHECK_FALSE(other.take("", "upkeep", 1'000'500, 1000));
    CHECK(other.take("", "upkeep", 1'001'500, 1000));
}
