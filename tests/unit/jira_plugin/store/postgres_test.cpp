#include "postgres.hpp"
#include "store/database.hpp"
#include "store/migrator.hpp"
#include "store/row_batch.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <optional>
#include <thread>

#include <Poco/Data/DataException.h>
#include <Poco/Data/Statement.h>

using namespace jira_plugin::store;
using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using test_support::databaseOf;
using test_support::PostgresServer;
using test_support::sharedPostgres;

namespace {

struct Refusal {
    std::string message;
    std::string remedy;
};

Refusal refusalOf(const std::string& url) {
    try {
        Database database(url);
    } catch (const StoreError& problem) {
        return {problem.what(), problem.remedy()};
    }
    return {};
}

void put(Session& session, const std::string& name) {
    session << "INSERT INTO meta (name, value) VALUES ($1, '0')", bind(name), now;
}

std::int64_t count(Database& database) {
    return database.read([](Session& session) {
        std::int64_t rows = 0;
        session << "SELECT COUNT(*) FROM meta", into(rows), now;
        return rows;
    });
}

std::string otherAuthority() {
    const test_support::TempDir directory;
    test_support::run("/usr/bin/openssl",
                      {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                       "-subj", "/CN=somebody", "-keyout", (directory / "key").string(), "-out",
                       (directory / "certificate").string()});
    return test_support::readFile(directory / "certificate");
}

std::size_t openFiles() {
    using Files = std::filesystem::directory_iterator;
    return static_cast<std::size_t>(std::distance(Files("/proc/self/fd"), Files()));
}

} // namespace

TEST_CASE("hosts that start together bring the schema up to date once", "[store][postgres]") {
    const std::string url = sharedPostgres().newDatabase();
    std::vector<std::thread> hosts;
    for (int i = 0; i < 4; ++i)
        hosts.emplace_back([&] { Database database(url); });
    for (auto& host : hosts)
        host.join();
    CHECK(sharedPostgres().query("SELECT COUNT(*) FROM schema_version", databaseOf(url)).front() ==
          std::to_string(migrations().size()));
}

TEST_CASE("what a transaction read still holds when it commits", "[store][postgres]") {
    const std::string url = sharedPostgres().newDatabase();
    Database one(url), other(url);
    one.transaction([](Session& session) { put(session, "counter"); });
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 10; ++i)
                (t % 2 ? one : other).transaction([](Session& session) {
                    std::string value;
                    session << "SELECT value FROM meta WHERE name = 'counter'", into(value), now;
                    session << "UPDATE meta SET value = $1 WHERE name = 'counter'",
                        bind(std::to_string(std::stoi(value) + 1)), now;
                });
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(sharedPostgres().query("SELECT value FROM meta", databaseOf(url)).front() == "40");
}

TEST_CASE("a transaction in which a statement failed is not taken for committed", "[store][postgres]") {
    Database database(sharedPostgres().newDatabase());
    const auto careless = [](Session& session) {
        put(session, "a");
        try {
            put(session, "a");
        } catch (const Poco::Exception&) {
        }
    };
    CHECK_THROWS_AS(database.transaction(careless), StoreError);
    CHECK(count(database) == 0);
    database.transaction([](Session& session) { put(session, "a"); });
    CHECK(count(database) == 1);
}

TEST_CASE("rows of which one cannot be written leave nothing behind", "[store][postgres]") {
    Database database(sharedPostgres().newDatabase());
    std::vector<std::string> names{"a", "b", "a"}, values{"1", "2", "3"};
    CHECK_THROWS_AS(database.transaction([&](Session& session) {
        executeRows(session, "INSERT INTO meta (name, value) VALUES ($1, $2)", names, values);
    }),
                    StoreError);
    CHECK(count(database) == 0);
    names.back() = "c";
    database.transaction([&](Session& session) {
        executeRows(session, "INSERT INTO meta (name, value) VALUES ($1, $2)", names, values);
    });
    CHECK(count(database) == 3);
}

TEST_CASE("many rows arrive in their order, and a failure among them undoes them all", "[store][postgres]") {
    Database database(sharedPostgres().newDatabase());
    std::vector<std::string> names, values;
    for (int i = 0; i < 1050; ++i) {
        names.push_back(std::to_string(i % 525)); // each twice: the second one counts
        values.push_back(std::to_string(i) + std::string(5000, 'x'));
    }
    const auto put = [&](const std::string& conflict) {
        database.transaction([&](Session& session) {
            executeRows(session, "INSERT INTO meta (name, value) VALUES ($1, $2) " + conflict, names, values);
        });
    };
    CHECK_THROWS_WITH(put(""), Catch::Contains("duplicate key"));
    CHECK(count(database) == 0);
    put("ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    CHECK(count(database) == 525);
    const std::string last = database.read([](Session& session) {
        std::string value;
        session << "SELECT value FROM meta WHERE name = '524'", into(value), now;
        return value;
    });
    CHECK(last == values.back());
}

TEST_CASE("connections that are cut are made anew, and no work is lost or done twice", "[store][postgres]") {
    const std::string url = sharedPostgres().newDatabase();
    Database database(url);
    std::vector<Session> held;
    for (int i = 0; i < 5; ++i)
        held.push_back(database.session());
    held.clear();
    CHECK(sharedPostgres().cutConnections(databaseOf(url)) >= 5);
    CHECK(count(database) == 0);
    for (int i = 0; i < 5; ++i) {
        int run = 0;
        database.transaction([&](Session& session) {
            if (++run == 1)
                sharedPostgres().cutConnections(databaseOf(url));
            put(session, std::to_string(i));
        });
        CHECK(run == 2); // cut before the commit: again, from the start
    }
    CHECK(count(database) == 5);
    const auto cutBeforeTheCommit = [&](Session& session) {
        put(session, "lost");
        sharedPostgres().cutConnections(databaseOf(url));
    };
    CHECK_THROWS_AS(database.transaction(cutBeforeTheCommit), StoreError); // nobody knows: not again
    CHECK(count(database) == 5);
}

TEST_CASE("a connection that cannot be made costs those that are there nothing", "[store][postgres]") {
    const std::string url = sharedPostgres().newDatabase();
    Database database(url);
    const auto process = [](Session& session) {
        std::int64_t pid = 0;
        session << "SELECT CAST(pg_backend_pid() AS BIGINT)", into(pid), now;
        return pid;
    };
    std::optional<Session> idle = database.session();
    const std::int64_t before = process(*idle);
    std::vector<Session> busy;
    for (int i = 0; i < 12; ++i)
        busy.push_back(database.session());
    const auto allowConnections = [&](const std::string& are) {
        sharedPostgres().query("ALTER DATABASE " + databaseOf(url) + " ALLOW_CONNECTIONS " + are);
    };
    allowConnections("false"); // new ones
    CHECK_THROWS_AS(database.session(), StoreError);
    idle.reset();
    {
        Session again = database.session(); // takes what is there, with no new connection
        CHECK(process(again) == before);
    }
    allowConnections("true");
}

TEST_CASE("a free connection is used again, however many are open", "[store][postgres]") {
    Database database(sharedPostgres().newDatabase());
    std::vector<Session> held;
    for (int i = 0; i < 12; ++i)
        held.push_back(database.session());
    const auto process = [](Session& session) {
        std::int64_t pid = 0;
        session << "SELECT CAST(pg_backend_pid() AS BIGINT)", into(pid), now;
        return pid;
    };
    const std::int64_t last = process(held.back());
    held.pop_back();
    Session again = database.session();
    CHECK(process(again) == last);
}

TEST_CASE("while the server is down work fails with a remedy, and nothing piles up", "[store][postgres]") {
    PostgresServer server;
    Database database(server.newDatabase());
    CHECK(count(database) == 0);
    server.stop();
    CHECK_THROWS_WITH(count(database), Catch::Contains("cannot be reached"));
    const auto tryTenTimes = [&] {
        for (int i = 0; i < 10; ++i) {
            CHECK_THROWS_AS(count(database), StoreError);
            CHECK_THROWS_AS(database.transaction([](Session& session) { put(session, "a"); }), StoreError);
        }
        return openFiles();
    };
    const std::size_t before = tryTenTimes();
    CHECK(tryTenTimes() <= before);
    server.start();
    CHECK(test_support::eventually([&] {
        try {
            return count(database) == 0;
        } catch (const StoreError&) {
            return false;
        }
    }));
}

TEST_CASE("why a database cannot be opened is said without the password", "[store][postgres]") {
    PostgresServer& server = sharedPostgres();
    const auto wrong = refusalOf(server.url("postgres", "hunter2"));
    CHECK_THAT(wrong.message, Catch::Contains("refuses the user or the password") &&
                                  Catch::Contains("127.0.0.1") && !Catch::Contains("hunter2"));
    CHECK_THAT(refusalOf(server.url("nowhere")).remedy, Catch::Contains("CREATE DATABASE"));
    CHECK_THAT(refusalOf("postgresql://aspm:hunter2@127.0.0.1:1/x").message,
               Catch::Contains("cannot be reached") && !Catch::Contains("hunter2"));
    const auto ascii = refusalOf(server.newDatabase("SQL_ASCII"));
    CHECK_THAT(ascii.message, Catch::Contains("SQL_ASCII"));
    CHECK_THAT(ascii.remedy, Catch::Contains("UTF8"));
}

TEST_CASE("the server's certificate is checked as the URL asks", "[store][postgres]") {
    PostgresServer& server = sharedPostgres();
    std::string url = server.newDatabase();
    const std::string address = "@127.0.0.1:";
    const auto named = url.replace(url.find(address), address.size(), "@localhost:");
    const auto isEncrypted = [](const std::string& text) {
        Database database(text);
        return database.read([](Session& session) {
            std::string isOn;
            session << "SELECT CAST(ssl AS TEXT) FROM pg_stat_ssl WHERE pid = pg_backend_pid()", into(isOn),
                now;
            return isOn;
        });
    };
    const test_support::TempDir directory;
    const auto authority = directory.write("ca.pem", test_support::readFile(server.certificate()));
    CHECK(isEncrypted(named + "?sslmode=verify-full&sslrootcert=" + authority.string()) == "true");
    CHECK(isEncrypted(named + "?sslmode=disable") == "false");

    const auto stranger = refusalOf(named + "?sslmode=verify-full&sslrootcert=" +
                                    directory.write("other.pem", otherAuthority()).string());
    CHECK_THAT(stranger.message, Catch::Contains("over TLS"));
    CHECK_THAT(stranger.remedy, Catch::Contains("sslrootcert"));
}

TEST_CASE("all texts come back as they went in", "[store][postgres]") {
    Database database(sharedPostgres().newDatabase());
    for (const std::string text :
         {"", "'; DROP TABLE meta; --", "\xF0\x9F\x94\x92 \xE2\x80\xA6 \\ $1 %s", "a\nb\tc"}) {
        database.transaction([&](Session& session) {
            session << "INSERT INTO meta (name, value) VALUES ('t', $1) ON CONFLICT (name) DO UPDATE SET "
                       "value = excluded.value",
                bind(text), now;
        });
        CHECK(database.read([](Session& session) {
            std::string value = "untouched";
            session << "SELECT value FROM meta WHERE name = 't'", into(value), now;
            return value;
        }) == text);
    }
}
