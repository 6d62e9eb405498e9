#include "store/postgres_url.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace jira_plugin::store;

namespace {

std::string refusalOf(const std::string& url) {
    try {
        parsePostgresUrl(url);
    } catch (const std::invalid_argument& problem) {
        return problem.what();
    }
    return "";
}

bool holds(const std::string& connection, const std::string& pair) {
    return (" " + connection + " ").find(" " + pair + " ") != std::string::npos;
}

} // namespace

TEST_CASE("a URL becomes what libpq is told, and what is shown of it", "[store]") {
    const auto url = parsePostgresUrl("postgresql://aspm:p%40ss%27%5C@db.example.com:5433/"
                                      "tickets?sslmode=verify-full&sslrootcert=/etc/ca.pem");
    CHECK(url.shown == "postgresql://db.example.com:5433/tickets");
    for (const char* pair :
         {"user=aspm", "password=p@ss\\'\\\\", "host=db.example.com", "port=5433", "dbname=tickets",
          "sslmode=verify-full", "sslrootcert=/etc/ca.pem", "client_encoding=UTF8", "connect_timeout=10"})
        CHECK(holds(url.connection, pair));
    CHECK(parsePostgresUrl("postgres://db/x?connect_timeout=3").connection.find("connect_timeout=3") !=
          std::string::npos);
}

TEST_CASE("a server on another machine is reached over TLS unless the URL says otherwise", "[store]") {
    CHECK(holds(parsePostgresUrl("postgresql://aspm@db.example.com/x").connection, "sslmode=require"));
    CHECK(holds(parsePostgresUrl("postgresql://aspm@[2001:db8::1]/x").connection, "sslmode=require"));
    CHECK(holds(parsePostgresUrl("postgresql://db/x?sslmode=disable").connection, "sslmode=disable"));
    for (const char* here : {"postgresql://localhost/x", "postgresql://127.0.0.1/x", "postgresql://[::1]/x",
                             "postgresql:///x?host=/run/postgresql"})
        CHECK(parsePostgresUrl(here).connection.find("sslmode") == std::string::npos);
}

TEST_CASE("a list of hosts is on this machine when all of them are, and 127. only as an address", "[store]") {
    for (const char* elsewhere :
         {"postgresql://127.0.0.1,db2/x", "postgresql://db2,127.0.0.1/x", "postgresql:///x?host=/run/pg,db2",
          "postgresql://127.example.com/x", "postgresql://127.0.0.1.example.com/x",
          "postgresql://localhost/x?hostaddr=127.0.0.1,192.0.2.1"})
        CHECK(holds(parsePostgresUrl(elsewhere).connection, "sslmode=require"));
    for (const char* here : {"postgresql://127.0.0.1:5432,[::1]:5433/x", "postgresql://127.8.9.10/x",
                             "postgresql:///x?host=/run/pg,localhost"})
        CHECK(parsePostgresUrl(here).connection.find("sslmode") == std::string::npos);
}

TEST_CASE("a URL that cannot be used is refused with the reason, and its password stays unsaid", "[store]") {
    CHECK_THAT(refusalOf("mysql://aspm:secret@db/x"), Catch::Contains("does not begin with postgresql://"));
    CHECK_THAT(refusalOf("postgresql://aspm:secret@db"), Catch::Contains("names no database"));
    CHECK_THAT(refusalOf("postgresql://aspm:secret%zz@db/x"), Catch::Contains("write % as %25"));
    CHECK_THAT(refusalOf("postgresql://aspm:secret%00@db/x"), Catch::Contains("%"));
    CHECK_THAT(refusalOf("postgresql://aspm:secret%20word@db/x"),
               Catch::Contains("password contains a blank"));
    CHECK_THAT(refusalOf("postgresql://aspm:secret@[db/x"), Catch::Contains("cannot be read"));
    CHECK_THAT(refusalOf("postgresql://aspm:secret@db/x?sslmod=require"),
               Catch::Contains("parameters after the question mark"));
    for (const char* url : {"postgresql://aspm:secret@db", "postgresql://aspm:secret%zz@db/x", "x:secret",
                            "postgresql://aspm:secret%20word@db/x", "postgresql://aspm:secret@[db/x",
                            "postgresql://aspm:secret@db/x?sslmod=require"})
        CHECK_THAT(refusalOf(url), Catch::Contains("database.url") && !Catch::Contains("secret"));
}
