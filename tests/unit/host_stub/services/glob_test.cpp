#include <catch2/catch.hpp>

#include "services/glob.hpp"

using aspm::host::matchesGlob;

TEST_CASE("a glob's star stays within a folder, and two stars do not", "[glob]") {
    CHECK(matchesGlob("src/*.c", "src/main.c"));
    CHECK_FALSE(matchesGlob("src/*.c", "src/net/main.c"));
    CHECK(matchesGlob("src/**", "src/net/main.c"));
    CHECK_FALSE(matchesGlob("src/**", "source/main.c"));
    CHECK(matchesGlob("src/**/main.c", "src/main.c")); // "**/" is also nothing
    CHECK(matchesGlob("src/**/main.c", "src/a/b/main.c"));
    CHECK_FALSE(matchesGlob("src/**/main.c", "src/a/domain.c"));
}

TEST_CASE("a glob without a slash is matched against the last part of a path", "[glob]") {
    CHECK(matchesGlob("*.py", "deep/down/tool.py"));
    CHECK_FALSE(matchesGlob("*.py", "deep/tool.pyc"));
    CHECK(matchesGlob("CWE-79", "CWE-79"));
}

TEST_CASE("a question mark is one character but no slash, and case counts", "[glob]") {
    CHECK(matchesGlob("a?c", "abc"));
    CHECK_FALSE(matchesGlob("a?c", "ac"));
    CHECK_FALSE(matchesGlob("x/a?c", "x/a/c"));
    CHECK_FALSE(matchesGlob("*.C", "main.c"));
}

TEST_CASE("a leading slash means the top folder", "[glob]") {
    CHECK(matchesGlob("/src/*.c", "src/main.c"));
    CHECK_FALSE(matchesGlob("/src/*.c", "lib/src/main.c"));
}

TEST_CASE("brackets and dots in a glob mean themselves", "[glob]") {
    CHECK(matchesGlob("a[1].c", "a[1].c"));
    CHECK_FALSE(matchesGlob("a.c", "abc"));
}
