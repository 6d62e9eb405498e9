#include <catch2/catch.hpp>

#include <filesystem>

#include "runtime/data_lock.hpp"
#include "temp_dir.hpp"

#include <aspm_host/problem.hpp>

using namespace aspm::host;
using test_support::TempDir;
namespace fs = std::filesystem;

TEST_CASE("a data directory is made, held by one host and given back", "[data-lock]") {
    TempDir directory;
    auto data = directory / "data";
    CHECK_FALSE(DataLock::isHeld(data));
    {
        DataLock lock(data);
        CHECK(DataLock::isHeld(data));
        CHECK((fs::status(data).permissions() & fs::perms::mask) == fs::perms::owner_all);
        CHECK_THROWS_WITH(DataLock(data), Catch::Contains(data.string()));
        CHECK(DataLock::isHeld(data)); // looking and failing did not give it back
    }
    CHECK_FALSE(DataLock::isHeld(data));
    CHECK_NOTHROW(DataLock(data));
}

TEST_CASE("who holds a data directory says where it is, for its own user alone, until it ends",
          "[data-lock]") {
    TempDir directory;
    auto data = directory / "data";
    {
        DataLock lock(data);
        CHECK_FALSE(DataLock::read(data));
        lock.publish({4711, 8080, "http://127.0.0.1:8080", "token"});
        auto address = DataLock::read(data);
        REQUIRE(address);
        CHECK(address->pid == 4711);
        CHECK(address->port == 8080);
        CHECK(address->url == "http://127.0.0.1:8080");
        CHECK(address->token == "token");
        CHECK((fs::status(data / "host.json").permissions() & fs::perms::mask) ==
              (fs::perms::owner_read | fs::perms::owner_write));
        CHECK_THROWS_WITH(DataLock(data),
                          Catch::Contains("4711") && Catch::Contains("http://127.0.0.1:8080"));
    }
    CHECK_FALSE(DataLock::read(data));
}

TEST_CASE("what is left in host.json by a crash does not matter", "[data-lock]") {
    TempDir directory;
    fs::create_directory(directory / "data");
    directory.write("data/host.json", R"({"pid": 1, "po)");
    CHECK_FALSE(DataLock::read(directory / "data"));
    CHECK_FALSE(DataLock::isHeld(directory / "data"));
    CHECK_NOTHROW(DataLock(directory / "data"));
}

TEST_CASE("a data directory that is a file is refused with its name", "[data-lock]") {
    TempDir directory;
    auto file = directory.write("file", "x");
    CHECK_THROWS_WITH(DataLock(file), Catch::Contains(file.string()));
}
