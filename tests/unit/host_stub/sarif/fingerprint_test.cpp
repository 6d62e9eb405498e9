#include "sarif_test_support.hpp"

#include <set>

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;
using sarif_test::readText;
using sarif_test::result;
using sarif_test::withResults;

namespace {

/// The fingerprint of the only finding of a report.
std::string fingerprintOf(const std::string& resultJson, const std::string& driver = R"("name":"Scanner")") {
    return readText(withResults(resultJson, driver)).findings.at(0).fingerprint;
}

std::string withSnippet(const std::string& message, const std::string& snippet, int line) {
    return R"({"ruleId":"R","message":{"text":")" + message +
           R"("},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.c"},"region":{"startLine":)" +
           std::to_string(line) + R"(,"snippet":{"text":")" + snippet + R"("}}}}]})";
}

const std::string full = R"("fingerprints":{"hash/v1":"abc"})";
const std::string partial = R"("partialFingerprints":{"primaryLocationLineHash":"39fa2ee980eb94b0:1"})";

} // namespace

TEST_CASE("a fingerprint is 32 hexadecimal digits and the same in every process", "[host_stub][sarif]") {
    CHECK(fingerprintOf(result("m", "a.c", 1)) == "25f4c33ac24a376e7116d2cf6b8c309c");
}

TEST_CASE("the line does not matter to the fingerprint", "[host_stub][sarif]") {
    CHECK(fingerprintOf(result("m", "a.c", 1)) == fingerprintOf(result("m", "a.c", 99)));
    CHECK(fingerprintOf(withSnippet("m", "x = 1;", 1)) == fingerprintOf(withSnippet("m", "x = 1;", 99)));
    CHECK(fingerprintOf(result("m", "a.c", 1, partial)) == fingerprintOf(result("m", "a.c", 99, partial)));
    CHECK(fingerprintOf(result("m", "a.c", 1, full)) == fingerprintOf(result("m", "a.c", 99, full)));
}

TEST_CASE("scanner, rule, path and content matter to a computed fingerprint", "[host_stub][sarif]") {
    const std::string base = fingerprintOf(result("m", "a.c", 1));
    CHECK(base != fingerprintOf(result("m", "b.c", 1)));
    CHECK(base != fingerprintOf(result("n", "a.c", 1)));
    CHECK(base != fingerprintOf(result("m", "a.c", 1), R"("name":"Other")"));
    CHECK(base != fingerprintOf(R"({"ruleId":"Q","message":{"text":"m"},"locations":[
        {"physicalLocation":{"artifactLocation":{"uri":"a.c"}}}]})"));
    CHECK(base == fingerprintOf(result("m", "./a.c", 1), R"("name":"Scanner","version":"99")"));
}

TEST_CASE("the snippet goes before the message, and its white space does not matter", "[host_stub][sarif]") {
    CHECK(fingerprintOf(withSnippet("m", "  f( a,  b );", 1)) ==
          fingerprintOf(withSnippet("n", "f( a,\\tb );", 1)));
    CHECK(fingerprintOf(withSnippet("m", "f(a);", 1)) != fingerprintOf(withSnippet("m", "f(b);", 1)));
}

TEST_CASE("the scanner's own fingerprint goes before everything else", "[host_stub][sarif]") {
    CHECK(fingerprintOf(result("m", "a.c", 1, full)) == fingerprintOf(result("n", "b.c", 9, full)));
    CHECK(fingerprintOf(result("m", "a.c", 1, full + "," + partial)) ==
          fingerprintOf(result("m", "a.c", 1, full)));
    CHECK(fingerprintOf(result("m", "a.c", 1, full)) !=
          fingerprintOf(result("m", "a.c", 1, R"("fingerprints":{"hash/v1":"abd"})")));
}

TEST_CASE("a partial fingerprint counts together with the path", "[host_stub][sarif]") {
    CHECK(fingerprintOf(result("m", "a.c", 1, partial)) == fingerprintOf(result("n", "a.c", 9, partial)));
    CHECK(fingerprintOf(result("m", "a.c", 1, partial)) != fingerprintOf(result("m", "b.c", 1, partial)));
}

TEST_CASE("a second version of a fingerprint beside the first changes nothing", "[host_stub][sarif]") {
    CHECK(fingerprintOf(result("m", "a.c", 1, R"("fingerprints":{"hash/v2":"zzz","hash/v1":"abc"})")) ==
          fingerprintOf(result("m", "a.c", 1, full)));
}

TEST_CASE("a fingerprint that says 'requires login' is none", "[host_stub][sarif]") {
    const std::string login = R"("fingerprints":{"matchBasedId/v1":"requires login"})";
    CHECK(fingerprintOf(result("m", "a.c", 1, login)) == fingerprintOf(result("m", "a.c", 1)));
    CHECK(fingerprintOf(result("m", "a.c", 1, login)) != fingerprintOf(result("m", "b.c", 1, login)));
}

TEST_CASE("repeated identical findings are numbered", "[host_stub][sarif]") {
    const Report report = readText(
        withResults(result("m", "a.c", 1) + "," + result("m", "a.c", 5) + "," + result("m", "a.c", 9)));
    REQUIRE(report.findings.size() == 3);
    const std::string base = report.findings[0].fingerprint;
    CHECK(report.findings[1].fingerprint == base + "-2");
    CHECK(report.findings[2].fingerprint == base + "-3");
}

TEST_CASE("the same result twice at the same place is one finding", "[host_stub][sarif]") {
    const Report report = readText(withResults(result("m", "a.h", 3) + "," + result("m", "a.h", 3)));
    CHECK(report.findings.size() == 1);
    CHECK(report.duplicates == 1);
}

TEST_CASE("results without a place are never taken for duplicates", "[host_stub][sarif]") {
    const std::string one = R"({"ruleId":"R","message":{"text":"m"}})";
    const Report report = readText(withResults(one + "," + one));
    CHECK(report.findings.size() == 2);
    CHECK(report.findings[0].fingerprint != report.findings[1].fingerprint);
}

TEST_CASE("numbers run through all reports of one import", "[host_stub][sarif]") {
    ReportReader reader;
    for (const int line : {1, 2}) {
        std::istringstream in(withResults(result("m", "a.c", line)));
        reader.read(in, "part");
    }
    const Report report = reader.finish();
    REQUIRE(report.findings.size() == 2);
    CHECK(report.findings[1].fingerprint == report.findings[0].fingerprint + "-2");
    CHECK(reader.finish().findings.empty());
}
