#include <catch2/catch.hpp>

#include "connected_host.hpp"
#include "postgres.hpp"

#include <filesystem>

using namespace integration;
using namespace test_support;

namespace {

Outcome move(const std::filesystem::path& file, const std::string& url) {
    return run(moveProgram(), {"--from", file.string()}, {{"ASPM_DATABASE_URL", url}});
}

std::filesystem::path storeOf(const StubHost& host) {
    for (const auto& each : std::filesystem::recursive_directory_iterator(host.data()))
        if (each.path().filename() == "jira.sqlite")
            return each.path();
    throw std::runtime_error("The host has no jira.sqlite.");
}

} // namespace

TEST_CASE("a store moves to PostgreSQL with everything in it, and the host goes on there", "[integration]") {
    PostgresServer server;
    const std::string url = server.newDatabase();
    ConnectedHost world;
    world.host.addFindings("payments-api", {{"'; DROP TABLE outbox; -- \xF0\x9F\x94\x92"}, {"a\\b $1 %s"}});
    world.host.addFindings("payments-api", 1200);
    world.host.pushAll("payments-api");
    const auto file = storeOf(world.host);
    const std::size_t tickets = world.jira.issueCount();

    const auto running = move(file, url);
    CHECK(running.status == 1);
    CHECK_THAT(running.errors, Catch::Contains("Stop the host"));
    REQUIRE(world.host.stop() == 0);

    const auto moved = move(file, url);
    INFO(moved.output << moved.errors);
    REQUIRE(moved.status == 0);
    CHECK_THAT(moved.output, Catch::Contains("outbox: 1202 rows") && Catch::Contains("connection: 1 row,") &&
                                 !Catch::Contains("DROP TABLE") &&
                                 !Catch::Contains(PostgresServer::rightPassword));
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK(std::filesystem::exists(file.string() + ".moved"));

    world.host.configure("database.url", url);
    world.host.start();
    CHECK(world.host.pushAll("payments-api")["states"]["created"].number() == 1202);
    CHECK(world.jira.issueCount() == tickets);
    world.host.addFindings("payments-api", 3);
    world.host.pushAll("payments-api");
    CHECK(world.jira.issueCount() == tickets + 3);
}

TEST_CASE("a store moves only into an empty database, and stays whole when it does not", "[integration]") {
    PostgresServer server;
    const std::string url = server.newDatabase();
    ConnectedHost world;
    REQUIRE(world.host.stop() == 0);
    const auto file = storeOf(world.host);
    const TempDir directory;
    const auto copy = directory / "jira.sqlite";
    std::filesystem::copy_file(file, copy);
    std::filesystem::create_directories(copy.string() + ".moved/in the way");
    const auto unnamed = move(copy, url); // everything but the new name
    CHECK(unnamed.status == 1);
    CHECK_THAT(unnamed.errors, Catch::Contains("Everything was moved") && Catch::Contains("yourself"));

    const auto again = move(file, url);
    CHECK(again.status == 1);
    CHECK_THAT(again.errors, Catch::Contains("not empty"));
    CHECK(std::filesystem::exists(file));
    CHECK_THAT(move(file, server.url("nowhere")).errors, Catch::Contains("CREATE DATABASE"));
    CHECK_THAT(move(file, server.url("postgres", "hunter2")).errors,
               Catch::Contains("refuses the user or the password") && !Catch::Contains("hunter2"));
    CHECK_THAT(move(directory / "none", url).errors, Catch::Contains("There is no file"));
    world.host.start();
    CHECK(world.host.addFindings("payments-api", 1).size() == 1);
}
