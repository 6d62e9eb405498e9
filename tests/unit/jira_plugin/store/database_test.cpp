#include "../each_engine.hpp"
#include "store/database.hpp"
#include "store/meta_store.hpp"
#include "store/migrator.hpp"
#include "temp_dir.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <thread>

#include <Poco/Data/SQLite/SessionImpl.h>
#include <Poco/Data/Statement.h>

using namespace jira_plugin::store;
using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using test_support::TempDir;

namespace {

std::string pathIn(const TempDir& dir) {
    return (dir / "plugin.db").string();
}

void put(Session& session, const std::string& name) {
    session << "INSERT INTO meta (name, value) VALUES ($1, '')", bind(name), now;
}

std::int64_t count(Database& database) {
    return database.read([](Session& session) {
        std::int64_t rows = 0;
        session << "SELECT COUNT(*) FROM meta", into(rows), now;
        return rows;
    });
}

std::string problemOf(const std::string& path) {
    try {
        Database database(path);
    } catch (const StoreError& problem) {
        CHECK_FALSE(problem.remedy().empty());
        return problem.what();
    }
    return "";
}

} // namespace

TEST_CASE("a new database is made with its schema, for its owner only", "[store]") {
    const TempDir dir;
    Database database(pathIn(dir));
    CHECK(count(database) == 0);
    const auto permissions = std::filesystem::status(pathIn(dir)).permissions();
    CHECK(permissions == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("the database writes ahead and flushes every commit", "[store]") {
    const TempDir dir;
    Database database(pathIn(dir));
    std::string journal;
    int synchronous = 0;
    database.session() << "PRAGMA journal_mode", into(journal), now;
    database.session() << "PRAGMA synchronous", into(synchronous), now;
    CHECK(journal == "wal");
    CHECK(synchronous == 2);
}

TEST_CASE("a transaction that need not be flushed leaves its session as it was", "[store]") {
    const TempDir dir;
    Database database(pathIn(dir));
    const auto synchronous = [&] {
        int value = 0;
        database.session() << "PRAGMA synchronous", into(value), now;
        return value;
    };
    database.transaction([](Session& session) { put(session, "a"); }, Flush::No);
    CHECK(synchronous() == 2);
    const auto fail = [](Session&) { throw std::out_of_range("stop"); };
    CHECK_THROWS_AS(database.transaction(fail, Flush::No), std::out_of_range);
    CHECK(synchronous() == 2);
    CHECK(count(database) == 1);
}

TEST_CASE("opening a database again keeps what it holds", "[store]") {
    const jira_plugin::EachEngine engine;
    std::string marker;
    {
        Database database(engine.place());
        marker = MetaStore(database).installationMarker();
        CHECK(marker.size() == 32);
        CHECK(MetaStore(database).installationMarker() == marker);
    }
    Database database(engine.place());
    CHECK(MetaStore(database).installationMarker() == marker);
}

TEST_CASE("a transaction that throws leaves nothing behind", "[store]") {
    const jira_plugin::EachEngine engine;
    Database database(engine.place());
    CHECK_THROWS_AS(database.transaction([](Session& session) {
        put(session, "a");
        throw std::out_of_range("stop");
    }),
                    std::out_of_range);
    CHECK(count(database) == 0);
    CHECK(database.transaction([](Session& session) {
        put(session, "b");
        return 7;
    }) == 7);
    CHECK(count(database) == 1);
}

TEST_CASE("transactions of many threads and two openings do not fail on each other", "[store]") {
    const jira_plugin::EachEngine engine;
    Database one(engine.place());
    Database other(engine.place());
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t)
        threads.emplace_back([&, t] {
            Database& database = t % 2 ? one : other;
            for (int i = 0; i < 20; ++i)
                database.transaction(
                    [&](Session& session) { put(session, std::to_string(t) + "/" + std::to_string(i)); });
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(count(one) == 120);
}

TEST_CASE("the first opening knows that it is alone, the second that it is not", "[store]") {
    const TempDir dir;
    auto one = std::make_unique<Database>(pathIn(dir));
    CHECK(one->isSoleUser());
    {
        Database other(pathIn(dir));
        CHECK_FALSE(other.isSoleUser());
        CHECK(other.instance() != one->instance());
    }
    one.reset();
    CHECK(Database(pathIn(dir)).isSoleUser());
}

TEST_CASE("a database that cannot be opened for writing is named, with a remedy", "[store]") {
    const TempDir dir;
    const std::string missing = (dir / "missing" / "plugin.db").string();
    CHECK_THAT(problemOf(missing),
               Catch::Contains(missing) && Catch::Contains("cannot be opened for writing"));
}

TEST_CASE("a file that is no database is named, with a remedy", "[store]") {
    const TempDir dir;
    const auto file = dir.write("plugin.db", std::string(8192, 'x'));
    CHECK_THAT(problemOf(file.string()), Catch::Contains("not a readable database"));
}

TEST_CASE("a database of a newer version is refused with both versions", "[store]") {
    const jira_plugin::EachEngine engine;
    {
        Database database(engine.place());
        database.session() << "INSERT INTO schema_version (version, name) VALUES (99, 'later')", now;
    }
    CHECK_THAT(problemOf(engine.place()), Catch::Contains("newer version") && Catch::Contains("99"));
}

TEST_CASE("a broken migration changes nothing, and mended it runs from where it was", "[store]") {
    const jira_plugin::EachEngine engine;
    Database database(engine.place());
    auto steps = migrations();
    const int next = steps.back().version + 1;
    steps.push_back({next, "broken", "CREATE TABLE extra (a TEXT); CREATE TABLE meta (b TEXT);"});
    CHECK_THROWS_AS(database.transaction([&](Session& session) { migrate(session, steps, "plugin.db"); }),
                    StoreError);
    steps.back() = {next, "mended", "CREATE TABLE extra (a TEXT); INSERT INTO extra VALUES ('x;--y');"};
    database.transaction([&](Session& session) { migrate(session, steps, "plugin.db"); });
    database.transaction([&](Session& session) { migrate(session, steps, "plugin.db"); });
    std::vector<std::string> values;
    database.session() << "SELECT a FROM extra", into(values), now;
    CHECK(values == std::vector<std::string>{"x;--y"});
}

TEST_CASE("a database from before Data Center keeps its connection, and its mappings know their Jira",
          "[store]") {
    const TempDir dir;
    {
        const Poco::AutoPtr<Poco::Data::SessionImpl> file(
            new Poco::Data::SQLite::SessionImpl(pathIn(dir), 10));
        Session old(file);
        const auto& all = migrations();
        migrate(old, {all.begin(), all.begin() + 3}, "plugin.db");
        old << "INSERT INTO connection VALUES ('acme', 'cloud', 'connected', 1, 'cloud-1', '', '', '', '', "
               "'', "
               "'sealed', 'sealed', 0, 0, 1, '', '', '', '', 0)",
            now;
        for (const char* organisation : {"acme", "globex"})
            old << "INSERT INTO project_mapping VALUES ('" << organisation
                << "', 'p1', 'payments-api', '10000', 'PAY', 'Payments', '10004', 'Bug', '', '', '{}', 1, "
                   "'')",
                now;
    }
    Database database(pathIn(dir));
    std::vector<std::string> systems, deployments;
    database.session() << "SELECT system FROM project_mapping ORDER BY organisation", into(systems), now;
    database.session() << "SELECT deployment || sealed_access_token || sealed_token_secret || base_url FROM "
                          "connection",
        into(deployments), now;
    CHECK(systems == std::vector<std::string>{"cloud-1", ""});
    CHECK(deployments == std::vector<std::string>{"cloudsealed"});
}

TEST_CASE("SQL texts are split at semicolons outside quotes and comments", "[store]") {
    const auto statements = splitStatements("-- first; not a statement\nA 'x;''--' ;\n\n B -- tail; \n C;;");
    REQUIRE(statements.size() == 2);
    CHECK(statements[0] == "A 'x;''--' ");
    CHECK(statements[1].substr(0, 2) == "B ");
    CHECK(splitStatements(" -- nothing").empty());
}
