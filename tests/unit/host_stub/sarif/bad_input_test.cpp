#include "sarif_test_support.hpp"

#include <filesystem>

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;
using Catch::Matchers::Contains;
using sarif_test::readText;
using sarif_test::refusal;
using sarif_test::withResults;

namespace {

std::string refusalOfFile(const std::string& path) {
    try {
        readReportFile(path);
    } catch (const SarifError& error) {
        return error.what();
    }
    return {};
}

std::string refusalOfEdge(const std::string& name) {
    return refusalOfFile(sarif_test::edgeFile(name));
}

} // namespace

TEST_CASE("a refusal names the report, says that nothing was imported and what to do", "[host_stub][sarif]") {
    const std::string text = refusalOfEdge("wrong-version.sarif");
    CHECK_THAT(text, Contains("wrong-version.sarif cannot be imported"));
    CHECK_THAT(text, Contains("version is '2.0.0', and only SARIF 2.1.0 is read"));
    CHECK_THAT(text, Contains("Nothing was imported."));
    CHECK_THAT(text, Contains("update the scanner"));
}

TEST_CASE("a report that is not there or is a folder is refused", "[host_stub][sarif]") {
    CHECK_THAT(refusalOfFile("no-such-report.sarif"),
               Contains("cannot be opened (No such file or directory)"));
    CHECK_THAT(refusalOfFile(std::filesystem::temp_directory_path().string()), Contains("it is a folder"));
}

TEST_CASE("an empty report is refused", "[host_stub][sarif]") {
    CHECK_THAT(refusalOfEdge("empty.sarif"), Contains("it is empty"));
    CHECK_THAT(refusal(" \r\n\t "), Contains("the file ends"));
}

TEST_CASE("text that is not JSON is refused with its place", "[host_stub][sarif]") {
    CHECK_THAT(refusalOfEdge("web-page.sarif"), Contains("byte 1 is not valid JSON"));
    CHECK_THAT(refusal(R"({"version":"2.1.0",})"), Contains("byte 20 is not valid JSON"));
    CHECK_THAT(refusal(R"({"version":"2.1.0","runs":[{"tool" 1}]})"),
               Contains("not valid JSON, inside runs[0]"));
    CHECK_THAT(refusal("{} {}"), Contains("more text follows"));
}

TEST_CASE("a truncated report is refused with the byte where it ends", "[host_stub][sarif]") {
    const std::string path = sarif_test::edgeFile("truncated.sarif");
    const std::string size = std::to_string(std::filesystem::file_size(path));
    CHECK_THAT(refusalOfFile(path), Contains("byte " + size + " is where the file ends"));
    CHECK_THAT(refusalOfFile(path), Contains("inside runs[0].results[1]"));
}

TEST_CASE("every truncation of a report is refused", "[host_stub][sarif]") {
    const std::string whole = withResults(
        R"({"ruleId":"R","message":{"text":"a \u00e9 b"},"rank":-1.5e3,"properties":{"x":[true,null]}})");
    REQUIRE(readText(whole).findings.size() == 1);
    for (std::size_t length = 0; length < whole.size(); ++length) {
        INFO(whole.substr(0, length));
        CHECK_FALSE(refusal(whole.substr(0, length)).empty());
    }
}

TEST_CASE("JSON that is not SARIF is called that", "[host_stub][sarif]") {
    CHECK_THAT(refusalOfEdge("json-that-is-not-sarif.sarif"), Contains("it is JSON, but not a SARIF report"));
    CHECK_THAT(refusal("[]"), Contains("the document is an array, not an object"));
    CHECK_THAT(refusal("\"2.1.0\""), Contains("the document is a string, not an object"));
    CHECK_THAT(refusal(R"({"runs":[]})"), Contains("it has no 'version'"));
    CHECK_THAT(refusal(R"({"version":"2.1.0"})"), Contains("it has no 'runs'"));
    CHECK_THAT(refusal(R"({"version":2.1,"runs":[]})"),
               Contains("version must be a string, but is a number"));
}

TEST_CASE("other encodings are refused by name", "[host_stub][sarif]") {
    CHECK_THAT(refusalOfEdge("saved-as-utf-16.sarif"), Contains("UTF-16"));
    CHECK_THAT(refusal(std::string("{\0\"\0", 4)), Contains("UTF-16"));
    CHECK_THAT(refusal(std::string("\0{\0\"", 4)), Contains("UTF-16"));
    CHECK_THAT(refusalOfEdge("latin-1-text.sarif"), Contains("is not valid UTF-8"));
}

TEST_CASE("a refusal never repeats raw bytes of the report", "[host_stub][sarif]") {
    for (const std::string& text :
         {std::string("\xFF{}"), std::string("{\"\x1b\":1}"), withResults("\x07"),
          withResults(R"({"message":{"text":"m"},"fingerprints":{"\u001b[31m\u0007":1}})")}) {
        const std::string message = refusal(text);
        CHECK_FALSE(message.empty());
        for (const char c : message)
            CHECK((static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F));
    }
}

TEST_CASE("a member of the wrong type is named by its path", "[host_stub][sarif]") {
    CHECK_THAT(refusalOfEdge("message-is-a-string.sarif"),
               Contains("runs[0].results[3].message must be an object, but is a string"));

    const auto inResult = [](const std::string& members) {
        return refusal(withResults(R"({"message":{"text":"m"},)" + members + "}"));
    };
    CHECK_THAT(inResult(R"("ruleId":7)"),
               Contains("runs[0].results[0].ruleId must be a string, but is a whole number"));
    CHECK_THAT(inResult(R"("ruleIndex":"7")"),
               Contains("runs[0].results[0].ruleIndex must be a whole number"));
    CHECK_THAT(inResult(R"("level":"fatal")"), Contains("runs[0].results[0].level must be one of 'error'"));
    CHECK_THAT(inResult(R"("kind":"bug")"), Contains("runs[0].results[0].kind must be one of"));
    CHECK_THAT(inResult(R"("locations":{})"), Contains("runs[0].results[0].locations must be an array"));
    CHECK_THAT(inResult(R"("locations":[3])"), Contains("runs[0].results[0].locations[0] must be an object"));
    CHECK_THAT(
        inResult(R"("locations":[{"physicalLocation":{"region":{"startLine":"3"}}}])"),
        Contains("runs[0].results[0].locations[0].physicalLocation.region.startLine must be a whole number"));
    CHECK_THAT(inResult(R"("fingerprints":["x"])"),
               Contains("runs[0].results[0].fingerprints must be an object"));
    CHECK_THAT(inResult(R"("suppressions":[{"status":"maybe"}])"),
               Contains("runs[0].results[0].suppressions[0].status must be one of"));
    CHECK_THAT(inResult(R"("properties":{"tags":"security"})"),
               Contains("runs[0].results[0].properties.tags must be an array"));
}

TEST_CASE("what is wrong outside the results is named by its path", "[host_stub][sarif]") {
    const auto inRun = [](const std::string& members) {
        return refusal(R"({"version":"2.1.0","runs":[{)" + members + "}]}");
    };
    CHECK_THAT(refusal(R"({"version":"2.1.0","runs":{}})"),
               Contains("runs must be an array, but is an object"));
    CHECK_THAT(refusal(R"({"version":"2.1.0","runs":[[]]})"),
               Contains("runs[0] must be an object, but is an array"));
    CHECK_THAT(inRun(""), Contains("runs[0] has no 'tool', which SARIF requires"));
    CHECK_THAT(inRun(R"("tool":"x")"), Contains("runs[0].tool must be an object, but is a string"));
    CHECK_THAT(inRun(R"("tool":{})"), Contains("runs[0].tool has no 'driver'"));
    CHECK_THAT(inRun(R"("tool":{"driver":{}})"), Contains("runs[0].tool.driver has no 'name'"));
    CHECK_THAT(inRun(R"("tool":{"driver":{"name":"S","rules":[{}]}})"),
               Contains("runs[0].tool.driver.rules[0] has no 'id'"));
    CHECK_THAT(inRun(R"("results":7)"), Contains("runs[0].results must be an array, but is a whole number"));
    CHECK_THAT(inRun(R"("results":[7])"),
               Contains("runs[0].results[0] must be an object, but is a whole number"));
    CHECK_THAT(inRun(R"("results":[],"results":[])"), Contains("runs[0].results is there twice"));
}

TEST_CASE("a result without a message is refused", "[host_stub][sarif]") {
    CHECK_THAT(refusal(withResults("{}")), Contains("runs[0].results[0] has no 'message'"));
    CHECK_THAT(refusal(withResults(R"({"message":{}})")),
               Contains("runs[0].results[0].message has neither a 'text' nor an 'id'"));
}

TEST_CASE("a rule index outside the rules is refused where nothing else names the rule",
          "[host_stub][sarif]") {
    CHECK_THAT(refusal(withResults(R"({"ruleIndex":3,"message":{"text":"m"}})")),
               Contains("runs[0].results[0].ruleIndex is 3, and the tool describes fewer rules"));
}

TEST_CASE("results kept in other files are refused rather than taken for none", "[host_stub][sarif]") {
    CHECK_THAT(refusal(R"({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"S"}},
                           "externalPropertyFileReferences":{"results":[{"location":{"uri":"r.json"}}]}}]})"),
               Contains("keeps its results in other files"));
}

TEST_CASE("nesting beyond the limit is refused, wherever it is", "[host_stub][sarif]") {
    const std::string deep = std::string(100000, '[');
    CHECK_THAT(refusal(deep), Contains("not an object"));
    CHECK_THAT(refusal(R"({"x":)" + deep), Contains("nested deeper than 64 levels"));
    CHECK_THAT(refusal(withResults(R"({"message":{"text":"m"},"properties":{"x":)" + deep)),
               Contains("nested deeper than 64 levels, inside runs[0].results[0]"));
}

TEST_CASE("a report beyond the size limit is refused with the limit", "[host_stub][sarif]") {
    Limits limits;
    limits.maxBytes = 100000;
    const std::string text = withResults(R"({"message":{"text":"m"}})");
    const std::string padding(limits.maxBytes - text.size(), ' ');
    CHECK(readText(text + padding, limits).findings.size() == 1);
    CHECK_THAT(refusal(text + padding + " ", limits), Contains("it is larger than 100000 bytes"));
    CHECK_THAT(refusal(withResults(R"({"message":{"text":")" + std::string(300000, 'x')), limits),
               Contains("it is larger than 100000 bytes"));
}

TEST_CASE("more results or values than the limits allow are refused", "[host_stub][sarif]") {
    Limits limits;
    limits.maxResults = 2;
    limits.maxValuesPerPart = 50;
    const std::string one = R"({"message":{"text":"m"}})";
    CHECK(readText(withResults(one + "," + one), limits).findings.size() == 2);
    CHECK_THAT(refusal(withResults(one + "," + one + "," + one), limits), Contains("more than 2 results"));

    std::string numbers = "1";
    for (int i = 0; i < 60; ++i)
        numbers += ",1";
    CHECK_THAT(
        refusal(withResults(R"({"message":{"text":"m"},"properties":{"x":[)" + numbers + "]}}"), limits),
        Contains("runs[0].results[0] holds more than 50 values"));
    CHECK(refusal(withResults(R"({"message":{"text":"m"},"codeFlows":[)" + numbers + "]}"), limits).empty());
}

TEST_CASE("a small report that repeats long texts of its rules is refused before it fills the memory",
          "[host_stub][sarif]") {
    Limits limits;
    limits.maxTextBytes = std::uint64_t{1024} * 1024;
    const std::string driver = R"("name":"S","rules":[{"id":"R","messageStrings":{"long":{"text":")" +
                               std::string(50000, 'x') + R"("}}}])";
    std::string results = R"({"ruleId":"R","message":{"id":"long"}})";
    const std::string one = results;
    CHECK(readText(withResults(results, driver), limits).findings.size() == 1);
    for (int i = 0; i < 30; ++i)
        results += "," + one;
    CHECK_THAT(refusal(withResults(results, driver), limits),
               Contains("more than 1 MB of text from their rules"));
}

TEST_CASE("more runs or artifacts than the limits allow are refused", "[host_stub][sarif]") {
    Limits limits;
    limits.maxRuns = 1;
    limits.maxArtifacts = 1;
    const std::string run = R"({"tool":{"driver":{"name":"S"}},"artifacts":[{}]})";
    CHECK(refusal(R"({"version":"2.1.0","runs":[)" + run + "]}", limits).empty());
    CHECK_THAT(refusal(R"({"version":"2.1.0","runs":[)" + run + "," + run + "]}", limits),
               Contains("more than 1 runs"));
    CHECK_THAT(refusal(R"({"version":"2.1.0","runs":[{"artifacts":[{},{}]}]})", limits),
               Contains("more than 1 artifacts"));
}

TEST_CASE("a number that fits nowhere is refused", "[host_stub][sarif]") {
    CHECK_THAT(refusal(withResults(R"({"message":{"text":"m"},"rank":1e999})")),
               Contains("a number beyond all bounds"));
    CHECK_THAT(refusal(withResults(sarif_test::result("m", "a.c", 2000000001))),
               Contains("is not a line or column"));
}

TEST_CASE("a refused report leaves the reports read before it untouched", "[host_stub][sarif]") {
    ReportReader reader;
    std::istringstream good(withResults(sarif_test::result("m", "a.c", 1)));
    std::istringstream bad(withResults(sarif_test::result("n", "b.c", 1) + ",7"));
    reader.read(good, "good.sarif");
    CHECK_THROWS_AS(reader.read(bad, "bad.sarif"), SarifError);
    const Report report = reader.finish();
    CHECK(report.runs.size() == 1);
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].description == "m");
}
