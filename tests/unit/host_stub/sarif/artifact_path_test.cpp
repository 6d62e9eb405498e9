#include "sarif/artifact_path.hpp"

#include "sarif_test_support.hpp"

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;

TEST_CASE("percent sequences are resolved once, and broken ones leave the text alone", "[host_stub][sarif]") {
    CHECK(percentDecode("a%20b%2Fc") == "a b/c");
    CHECK(percentDecode("gr%C3%B6%C3%9Fe") == "größe");
    CHECK(percentDecode("%2520") == "%20");
    CHECK(percentDecode("100%") == "100%");
    CHECK(percentDecode("a%2") == "a%2");
    CHECK(percentDecode("a%zz") == "a%zz");
    CHECK(percentDecode("a%FFb") == "a%FFb");
    CHECK(percentDecode("a%00b%0A") == "a%00b%0A");
}

TEST_CASE("paths are written in one way", "[host_stub][sarif]") {
    CHECK(normalisePath("./src//a.c") == "src/a.c");
    CHECK(normalisePath("src/../lib/./a.c") == "lib/a.c");
    CHECK(normalisePath("../a.c") == "../a.c");
    CHECK(normalisePath("../../a/../b.c") == "../../b.c");
    CHECK(normalisePath("/usr/../../etc/a") == "/etc/a");
    CHECK(normalisePath("src\\win\\a.c") == "src/win/a.c");
    CHECK(normalisePath("//server/share/a.c") == "//server/share/a.c");
    CHECK(normalisePath("").empty());
    CHECK(normalisePath("/") == "/");
}

TEST_CASE("without bases a file URI becomes an absolute path", "[host_stub][sarif]") {
    const UriBases none;
    CHECK(none.pathFor("file:///src/a%20b.c", "") == "/src/a b.c");
    CHECK(none.pathFor("file:/src/a.c", "") == "/src/a.c");
    CHECK(none.pathFor("file://localhost/src/a.c", "") == "/src/a.c");
    CHECK(none.pathFor("file:///C:/Build/a.c", "") == "C:/Build/a.c");
    CHECK(none.pathFor("FILE:///src/a.c", "") == "/src/a.c");
    CHECK(none.pathFor("C:\\Build\\a.c", "") == "C:/Build/a.c");
    CHECK(none.pathFor("", "SRCROOT").empty());
}

TEST_CASE("addresses that are not files lose their credentials only", "[host_stub][sarif]") {
    const UriBases none;
    CHECK(none.pathFor("https://bob:s3cret@example.com/a@b?c=%20", "") == "https://example.com/a@b?c=%20");
    CHECK(none.pathFor("https://example.com/a.c", "") == "https://example.com/a.c");
}

TEST_CASE("paths are relative to the source root that the report names", "[host_stub][sarif]") {
    const Report report = sarif_test::readEdge("paths-through-base-ids.sarif");
    const auto pathOf = [&](const std::string& message) {
        for (const ImportedFinding& finding : report.findings)
            if (finding.description == message)
                return finding.filePath;
        return std::string("no such finding");
    };
    CHECK(pathOf("relative to the source folder") == "source/lib/a b.c");
    CHECK(pathOf("absolute, below the repository") == "web/c.js");
    CHECK(pathOf("absolute, elsewhere") == "/usr/include/stdio.h");
    CHECK(pathOf("through the artifact list") == "source/lib/by index.c");
    CHECK(pathOf("Windows separators") == "web/d.js");
    CHECK(pathOf("unknown base") == "e.js");
    CHECK(pathOf("base that points to itself") == "x/f.js");
    CHECK(pathOf("not a file") == "https://git.example.com/shop/g.js");
}

TEST_CASE("the working directory of the scan counts as a source root", "[host_stub][sarif]") {
    const Report report = sarif_test::readText(
        R"({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"S"}},
            "invocations":[{"executionSuccessful":true,"workingDirectory":{"uri":"file:///ci/shop"}}],"results":[)" +
        sarif_test::result("m", "file:///ci/shop/src/a.c", 1) + "]}]}");
    CHECK(report.findings.at(0).filePath == "src/a.c");
}
