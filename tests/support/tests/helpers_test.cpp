#include <catch2/catch.hpp>

#include "canary.hpp"
#include "http_client.hpp"
#include "json.hpp"
#include "temp_dir.hpp"

using namespace test_support;

TEST_CASE("a temporary directory is gone at the end, also when its files were read-only", "[support]") {
    std::filesystem::path path;
    {
        const TempDir directory;
        path = directory.path();
        std::filesystem::permissions(directory.write("sub/file", "x"), std::filesystem::perms::owner_read);
        CHECK(readFile(directory / "sub/file") == "x");
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a canary is found in clear, in hexadecimal and in base64 at any offset", "[support]") {
    const std::string secret = "s3cret-canary";
    // The same 13 bytes, alone and behind one and two others, as coreutils' base64 writes them.
    for (const char* text : {"..s3cret-canary..", "7333637265742d63616e617279", "7333637265742D63616E617279",
                             "czNjcmV0LWNhbmFyeQ==", "eHMzY3JldC1jYW5hcnk=", "eHhzM2NyZXQtY2FuYXJ5"}) {
        const TempDir directory;
        const auto file = directory.write("deep/log.txt", std::string("noise ") + text + " noise");
        INFO(text);
        CHECK(filesHolding(secret, directory.path()) == std::vector<std::filesystem::path>{file});
    }
}

TEST_CASE("a directory without the canary holds it nowhere", "[support]") {
    const TempDir directory;
    directory.write("log.txt", "s3cret-canari");
    CHECK(filesHolding("s3cret-canary", directory.path()).empty());
    CHECK_THROWS_AS(filesHolding("short", directory.path()), std::invalid_argument);
}

TEST_CASE("JSON is read by path, and what is missing is named with its path", "[support]") {
    const auto value = Json::parse(R"({"issues":[{"key":"PAY-1","done":true,"n":7,"none":null}]})");
    const auto issue = value["issues"][0];
    CHECK(issue["key"].text() == "PAY-1");
    CHECK(issue["done"].truth());
    CHECK(issue["n"].number() == 7);
    CHECK(issue["none"].isNull());
    CHECK_FALSE(issue.has("colour"));
    CHECK_THROWS_WITH(issue["colour"], Catch::Contains("/issues/0 has no 'colour'"));
    CHECK_THROWS_WITH(value["issues"][1], Catch::Contains("/issues has no element 1"));
    CHECK_THROWS_WITH(issue["key"].number(), Catch::Contains("/issues/0/key is no number"));
    CHECK_THROWS_WITH(Json::parse("<html>"), Catch::Contains("<html>"));
    CHECK(quoted("a\"b") == "\"a\\\"b\"");
}

TEST_CASE("a URL is taken apart", "[support]") {
    const std::string url = "https://127.0.0.1:8443/a/b?state=x%20y&code=1";
    CHECK(originOf(url) == "https://127.0.0.1:8443");
    CHECK(pathOf(url) == "/a/b?state=x%20y&code=1");
    CHECK(queryValue(url, "state") == "x y");
    CHECK(queryValue(url, "error").empty());
}
