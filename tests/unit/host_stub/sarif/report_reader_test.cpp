#include "sarif_test_support.hpp"

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;
using sarif_test::readEdge;
using sarif_test::readText;
using sarif_test::withResults;

using Words = std::vector<std::string>;

TEST_CASE("several runs, rules by index and in extensions, and results before the tool",
          "[host_stub][sarif]") {
    const Report report = readEdge("two-runs-with-rule-index.sarif");
    REQUIRE(report.runs.size() == 2);
    CHECK(report.runs[0].scanner->name == "Example Scanner");
    CHECK(report.runs[0].scanner->version == "4.2.0");
    REQUIRE(report.findings.size() == 5);

    const ImportedFinding& injected = report.findings[0];
    CHECK(injected.rule->id == "js/sql-injection");
    CHECK(injected.rule->name == "SqlInjection");
    CHECK(injected.rule->help == "Use **query parameters**.");
    CHECK(injected.rule->helpIsMarkdown);
    CHECK(injected.rule->helpUri == "https://example.com/rules/sql-injection");
    CHECK(injected.title == "Query built from user input");
    CHECK(injected.description ==
          "The value of request.query.id reaches db.query without checks; {0} is not a placeholder.");
    CHECK(injected.level == "error");
    CHECK(injected.severity == Severity::High);
    CHECK(injected.cwe == Words{"CWE-89"});
    CHECK(injected.tags == Words{"security", "external/cwe/cwe-089"});
    CHECK(injected.filePath == "src/orders.js");
    CHECK(injected.line == 42);
    CHECK(injected.column == 5);

    CHECK(report.findings[1].title == "Unused variable");
    CHECK(report.findings[1].rule->name == "js/unused");
    CHECK(report.findings[1].severity == Severity::Low);
    CHECK(report.findings[2].rule->id == "hardcoded-secret");
    CHECK(report.findings[2].severity == Severity::Medium);
    CHECK(report.findings[3].rule->id == "js/sql-injection"); // of "js/sql-injection/stored"
    CHECK(report.findings[3].severity == Severity::Critical);
    CHECK(report.findings[4].scanner->name == "Another Scanner");
    CHECK(report.findings[4].rule->id == "G101");
    CHECK(report.findings[4].title == "Look for hard coded credentials");
}

TEST_CASE("results without a location are findings of the project", "[host_stub][sarif]") {
    const Report report = readEdge("result-without-location.sarif");
    REQUIRE(report.findings.size() == 3);
    for (const ImportedFinding& finding : report.findings) {
        CHECK(finding.filePath.empty());
        CHECK(finding.line == 0);
    }
    CHECK(report.findings[0].title == "The project has no licence file");
    CHECK(report.findings[1].logicalLocation == "billing::Invoice::total");
}

TEST_CASE("suppressed results are kept and flagged; passed and absent ones are counted",
          "[host_stub][sarif]") {
    const Report report = readEdge("suppressed-passed-and-absent.sarif");
    REQUIRE(report.findings.size() == 4);
    CHECK(report.findings[0].suppressed);
    CHECK(report.findings[0].suppressionReason == "Input is checked by the gateway.");
    CHECK_FALSE(report.findings[1].suppressed);
    CHECK_FALSE(report.findings[2].suppressed);
    CHECK(report.findings[3].description == "still there");
    CHECK(report.skippedNotFailing == 2);
    CHECK(report.skippedAbsent == 1);
}

TEST_CASE("CWE numbers are found in tags, relationships, properties and taxa", "[host_stub][sarif]") {
    const Report report = readEdge("cwe-in-every-place.sarif");
    REQUIRE(report.findings.size() == 4);
    CHECK(report.findings[0].cwe == Words{"CWE-79", "CWE-20"});
    CHECK(report.findings[1].cwe == Words{"CWE-120", "CWE-119"});
    CHECK(report.findings[2].cwe == Words{"CWE-22", "CWE-23"});
    CHECK(report.findings[3].cwe == Words{"CWE-79", "CWE-78"});
}

TEST_CASE("a byte order mark and CRLF line ends are fine", "[host_stub][sarif]") {
    const Report report = readEdge("byte-order-mark-and-crlf.sarif");
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].scanner->name == "Prüfer");
    CHECK(report.findings[0].filePath == "quelle/größe.c");
    CHECK(report.findings[0].description == "Größe wird nicht geprüft.\nBitte prüfen.");
    CHECK(report.findings[0].title == "Größe wird nicht geprüft");
}

TEST_CASE("the id is believed where an index points to another rule", "[host_stub][sarif]") {
    const std::string driver = R"("name":"S","rules":[{"id":"A"},{"id":"B"}])";
    CHECK(readText(withResults(R"({"ruleId":"B","ruleIndex":0,"message":{"text":"m"}})", driver))
              .findings.at(0)
              .rule->id == "B");
    CHECK(readText(withResults(R"({"ruleId":"C","ruleIndex":9,"message":{"text":"m"}})", driver))
              .findings.at(0)
              .rule->id == "C");
}

TEST_CASE("findings of one undescribed rule share it", "[host_stub][sarif]") {
    const std::string one = R"({"ruleId":"X","message":{"text":"m"}})";
    const Report report = readText(withResults(one + "," + one));
    REQUIRE(report.findings.size() == 2);
    CHECK(report.findings[0].rule == report.findings[1].rule);
    CHECK(report.findings[0].rule->name == "X");
}

TEST_CASE("a message that only has an unknown id falls back to the rule's description",
          "[host_stub][sarif]") {
    const std::string driver = R"("name":"S","rules":[{"id":"A","fullDescription":{"text":"All about A."}}])";
    CHECK(readText(withResults(R"({"ruleId":"A","message":{"id":"nowhere"}})", driver))
              .findings.at(0)
              .description == "All about A.");
}

TEST_CASE("braces in a message without arguments are the message's own", "[host_stub][sarif]") {
    const Report report = readText(withResults(R"({"message":{"text":"Expected {{ after {0}"}})"));
    CHECK(report.findings.at(0).description == "Expected {{ after {0}");
}

TEST_CASE("a title is one line and not endless", "[host_stub][sarif]") {
    const std::string driver = R"("name":"S","rules":[{"id":"A","shortDescription":{"text":"Two\nlines"}},)"
                               R"({"id":"B","shortDescription":{"text":")" +
                               std::string(1000, 'x') + R"("}}])";
    const Report report = readText(withResults(
        R"({"ruleId":"A","message":{"text":"m"}},{"ruleId":"B","message":{"text":"m"}})", driver));
    CHECK(report.findings.at(0).title == "Two");
    CHECK(report.findings.at(1).title.size() == 200);
}

TEST_CASE("only web addresses become help links", "[host_stub][sarif]") {
    const std::string driver = R"("name":"S","rules":[{"id":"A","helpUri":"javascript:alert"}])";
    CHECK(readText(withResults(R"({"ruleId":"A","message":{"text":"m"}})", driver))
              .findings.at(0)
              .rule->helpUri.empty());
}

TEST_CASE("null members count as absent", "[host_stub][sarif]") {
    const Report report =
        readText(R"({"$schema":null,"version":"2.1.0","runs":[{"tool":{"driver":{"name":"S","rules":null}},
                     "artifacts":null,"taxonomies":null,"invocations":null,"results":[
                     {"ruleId":null,"level":null,"message":{"text":"m"},"locations":null,"suppressions":null}]}]})");
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].level == "warning");
    CHECK_FALSE(report.findings[0].suppressed);
}

TEST_CASE("the snippet of the surroundings serves where the region has none", "[host_stub][sarif]") {
    const Report report = readText(withResults(
        R"({"message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.c"},
            "region":{"startLine":0,"startColumn":-1},"contextRegion":{"startLine":2,"snippet":{"text":"x = 1;\r\ny"}}}}]})"));
    CHECK(report.findings.at(0).snippet == "x = 1;\ny");
    CHECK(report.findings.at(0).line == 0);
    CHECK(report.findings.at(0).column == 0);
}

TEST_CASE("the category of a run is part of the scanner, its last component is not", "[host_stub][sarif]") {
    const Report report = readText(
        R"({"version":"2.1.0","runs":[{"automationDetails":{"id":"nightly/web/2024-05-01"},
            "tool":{"driver":{"name":"S"}},"results":[]}]})");
    CHECK(report.runs.at(0).scanner->category == "nightly/web");
    CHECK(report.runs.at(0).scanner->key() == "S (nightly/web)");
}

TEST_CASE("a scan that failed or did not take place is marked incomplete, with a warning",
          "[host_stub][sarif]") {
    const Report failed = readEdge("scan-that-failed.sarif");
    CHECK_FALSE(failed.runs.at(0).complete);
    REQUIRE(failed.warnings.size() == 1);
    CHECK_THAT(failed.warnings[0],
               Catch::Contains("scan-that-failed.sarif: runs[0]: Example Scanner did not finish"));

    const Report none = readText(R"({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"S"}}}]})");
    CHECK_FALSE(none.runs.at(0).complete);
    CHECK(readText(withResults("")).runs.at(0).complete);
}

TEST_CASE("a report without runs brings nothing", "[host_stub][sarif]") {
    const Report report = readText(R"({"version":"2.1.0","runs":[]})");
    CHECK(report.findings.empty());
    CHECK(report.runs.empty());
}
