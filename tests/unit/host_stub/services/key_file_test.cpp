#include <catch2/catch.hpp>

#include <filesystem>

#include <sys/stat.h>

#include "services/key_file.hpp"
#include "temp_dir.hpp"

using namespace aspm::host;
using test_support::readFile;
using test_support::TempDir;

namespace {

std::string problemOf(const std::filesystem::path& file) {
    try {
        KeyFile keys(file);
    } catch (const Problem& problem) {
        return problem.text();
    }
    return "";
}

} // namespace

TEST_CASE("a key is made once per organisation, kept in a file for its owner alone", "[key-file]") {
    TempDir directory;
    auto file = directory / "keys.json";
    EncryptionKey first;
    {
        KeyFile keys(file);
        first = keys.currentKey("acme");
        CHECK(first.bytes.size() == 32);
        CHECK(keys.currentKey("acme").id == first.id);
        CHECK(keys.currentKey("globex").bytes != first.bytes);
    }
    CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::mask) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    KeyFile again(file);
    CHECK(again.currentKey("acme").id == first.id);
    CHECK(again.currentKey("acme").bytes == first.bytes);
}

TEST_CASE("after a rotation the new key is current and the old one still opens", "[key-file]") {
    TempDir directory;
    KeyFile keys(directory / "keys.json");
    EncryptionKey old = keys.currentKey("acme");
    std::string id = keys.rotate("acme");
    CHECK(id != old.id);
    CHECK(keys.currentKey("acme").id == id);
    KeyFile again(directory / "keys.json");
    REQUIRE(again.key("acme", old.id));
    CHECK(again.key("acme", old.id)->bytes == old.bytes);
    CHECK(again.currentKey("acme").id == id);
    CHECK_FALSE(again.key("globex", old.id)); // another organisation's
}

TEST_CASE("a damaged key file is named and not replaced", "[key-file]") {
    TempDir directory;
    auto text = GENERATE(as<std::string>{}, "not json", "{}", R"({"organisations": []})",
                         R"({"organisations": {"acme": {"current": "k-1", "keys": {"k-1": "c2hvcnQ="}}}})",
                         R"({"organisations": {"acme": {"current": "k-2", "keys": {}}}})");
    auto file = directory.write("keys.json", text);
    std::filesystem::permissions(file,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    CHECK_THAT(problemOf(file),
               Catch::Contains(file.string()) && Catch::Contains("damaged") && Catch::Contains("backup"));
    CHECK(readFile(file) == text);
}

TEST_CASE("a key file that others may read is refused", "[key-file]") {
    TempDir directory;
    auto file = directory / "keys.json";
    KeyFile(file).currentKey("acme");
    std::filesystem::permissions(file, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    CHECK_THAT(problemOf(file), Catch::Contains("others") && Catch::Contains("chmod 600"));
}

TEST_CASE("no key is given out that is not on the disk", "[key-file]") {
    TempDir directory;
    auto file = directory / "keys.json";
    KeyFile keys(file);
    // A directory where the draft goes stops the write, whoever runs this test.
    std::filesystem::create_directory(directory / "keys.json.new");
    CHECK_THROWS_AS(keys.currentKey("acme"), ServiceError);
    CHECK_FALSE(std::filesystem::exists(file));

    std::filesystem::remove(directory / "keys.json.new");
    EncryptionKey made = keys.currentKey("acme");
    CHECK(KeyFile(file).currentKey("acme").id == made.id);
}

TEST_CASE("a rotation that cannot be written leaves the old key current", "[key-file]") {
    TempDir directory;
    KeyFile keys(directory / "keys.json");
    EncryptionKey old = keys.currentKey("acme");
    std::filesystem::create_directory(directory / "keys.json.new");
    CHECK_THROWS_AS(keys.rotate("acme"), Problem);
    CHECK(keys.currentKey("acme").id == old.id);
}
