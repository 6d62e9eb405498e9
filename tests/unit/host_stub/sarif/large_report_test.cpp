#include "sarif_test_support.hpp"

#include <streambuf>

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;

namespace {

/// A report that is written while it is read, so that the test needs no file and no memory for it.
class LargeReport : public std::streambuf {
public:
    explicit LargeReport(int results) : _results(results) {}

protected:
    int_type underflow() override {
        if (_next > _results)
            return traits_type::eof();
        _piece = piece(_next++);
        setg(_piece.data(), _piece.data(), _piece.data() + _piece.size());
        return traits_type::to_int_type(*gptr());
    }

private:
    std::string piece(int number) const {
        if (number == 0)
            return R"({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Scanner"}},"results":[)";
        const std::string end = number == _results ? "]}]}" : ",";
        // 500 equal lines in each of 200 files: the worst case for telling occurrences apart.
        return sarif_test::result("copy without a bound", "src/file" + std::to_string(number % 200) + ".c",
                                  number, R"("codeFlows":[{"threadFlows":[{"locations":[{},{},{}]}]}])") +
               end;
    }

    const int _results;
    int _next = 0;
    std::string _piece;
};

} // namespace

TEST_CASE("a report with 100,000 results is read and merged whole", "[host_stub][sarif][large]") {
    constexpr int count = 100000;
    LargeReport content(count);
    std::istream in(&content);
    Report report = readReport(in, "large.sarif");
    REQUIRE(report.findings.size() == count);
    CHECK(report.findings.back().line == count);

    std::vector<KnownFinding> known;
    known.reserve(count);
    for (const ImportedFinding& finding : report.findings)
        known.push_back({finding.fingerprint, finding.scanner->key(), finding.filePath, finding.line, true});
    const MergePlan plan = planMerge(known, report);
    CHECK(plan.seenAgain.size() == count);
    CHECK(plan.created.empty());
    CHECK(plan.noLongerFound.empty());
}
