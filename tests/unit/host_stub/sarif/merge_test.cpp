#include "sarif_test_support.hpp"

#include <set>

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;
using sarif_test::readEdge;
using sarif_test::readText;
using sarif_test::result;
using sarif_test::withResults;

namespace {

/// A project's findings over several imports, as a host would keep them.
struct Project {
    std::vector<KnownFinding> known;

    MergePlan import(Report report) {
        const MergePlan plan = planMerge(known, report);
        for (const std::size_t k : plan.noLongerFound)
            known[k].present = false;
        for (const auto* matches : {&plan.seenAgain, &plan.reopened})
            for (const MergePlan::Match& match : *matches)
                store(known[match.known], report.findings[match.imported]);
        for (const std::size_t i : plan.created)
            store(known.emplace_back(), report.findings[i]);
        return plan;
    }

    std::set<std::string> fingerprints() const {
        std::set<std::string> all;
        for (const KnownFinding& finding : known)
            all.insert(finding.fingerprint);
        return all;
    }

private:
    static void store(KnownFinding& known, const ImportedFinding& finding) {
        known = {finding.fingerprint, finding.scanner->key(), finding.filePath, finding.line, true};
    }
};

Report copiesAt(const std::vector<int>& lines) {
    std::string results;
    for (const int line : lines)
        results += (results.empty() ? "" : ",") + result("strcpy", "a.c", line);
    return readText(withResults(results));
}

/// The same content hash in several files.
Report sameHashIn(const std::vector<std::string>& files) {
    std::string results;
    for (const std::string& file : files)
        results += (results.empty() ? "" : ",") +
                   result("m", file, 7, R"("fingerprints":{"contextHash/v1":"e1be"})");
    return readText(withResults(results));
}

} // namespace

TEST_CASE("a second import finds what moved, what is gone and what is new", "[host_stub][sarif]") {
    Project project;
    CHECK(project.import(readEdge("first-import.sarif")).created.size() == 3);

    Report second = readEdge("second-import-one-moved-one-gone-one-new.sarif");
    const MergePlan plan = planMerge(project.known, second);
    REQUIRE(plan.seenAgain.size() == 2);
    CHECK(plan.seenAgain[0].known == 0);
    CHECK(project.known[0].line == 10);
    CHECK(second.findings[plan.seenAgain[0].imported].line == 17);
    REQUIRE(plan.noLongerFound.size() == 1);
    CHECK(plan.noLongerFound[0] == 1);
    REQUIRE(plan.created.size() == 1);
    CHECK(second.findings[plan.created[0]].description == "sprintf without a bound");
    CHECK(plan.reopened.empty());
}

TEST_CASE("the same report again changes nothing", "[host_stub][sarif]") {
    Project project;
    project.import(readEdge("first-import.sarif"));
    const MergePlan plan = project.import(readEdge("first-import.sarif"));
    CHECK(plan.seenAgain.size() == 3);
    CHECK((plan.created.empty() && plan.reopened.empty() && plan.noLongerFound.empty()));
}

TEST_CASE("a finding that comes back is reopened and not new", "[host_stub][sarif]") {
    Project project;
    project.import(copiesAt({10}));
    CHECK(project.import(copiesAt({})).noLongerFound.size() == 1);
    CHECK(project.import(copiesAt({})).noLongerFound.empty());
    const MergePlan plan = project.import(copiesAt({12}));
    CHECK(plan.reopened.size() == 1);
    CHECK(plan.created.empty());
    CHECK(project.known.size() == 1);
}

TEST_CASE("findings of another scanner are left alone", "[host_stub][sarif]") {
    Project project;
    project.import(readText(withResults(result("m", "a.c", 1), R"("name":"One")")));
    const MergePlan plan = project.import(readText(withResults(result("m", "a.c", 1), R"("name":"Two")")));
    CHECK(plan.created.size() == 1);
    CHECK(plan.noLongerFound.empty());
    CHECK(project.known.size() == 2);
}

TEST_CASE("a scanner that found nothing any more has all its findings gone", "[host_stub][sarif]") {
    Project project;
    project.import(copiesAt({1, 2}));
    CHECK(project.import(readText(withResults(""))).noLongerFound.size() == 2);
}

TEST_CASE("nothing is concluded from a scan that failed", "[host_stub][sarif]") {
    Project project;
    project.import(readEdge("first-import.sarif"));
    CHECK(project.import(readEdge("scan-that-failed.sarif")).noLongerFound.empty());
}

TEST_CASE("a result that the scanner marks as absent is no longer found", "[host_stub][sarif]") {
    Project project;
    project.import(copiesAt({1}));
    const MergePlan plan =
        project.import(readText(withResults(result("strcpy", "a.c", 1, R"("baselineState":"absent")"))));
    CHECK(plan.noLongerFound.size() == 1);
}

TEST_CASE("of equal lines the one that was fixed is the one that is gone", "[host_stub][sarif]") {
    Project project;
    project.import(copiesAt({10, 20, 30}));
    const MergePlan plan = project.import(copiesAt({10, 30}));
    CHECK(plan.seenAgain.size() == 2);
    REQUIRE(plan.noLongerFound.size() == 1);
    CHECK(project.known[plan.noLongerFound[0]].line == 20);
}

TEST_CASE("a new occurrence of a known line gets a number of its own", "[host_stub][sarif]") {
    Project project;
    project.import(copiesAt({10, 20}));
    project.import(copiesAt({20}));
    const MergePlan plan = project.import(copiesAt({15, 20, 40}));
    CHECK(plan.seenAgain.size() == 1);
    CHECK(plan.reopened.size() == 1); // the one once at line 10
    CHECK(plan.created.size() == 1);
    CHECK(project.known.size() == 3);
    CHECK(project.fingerprints().size() == 3);
}

TEST_CASE("where files share a content hash the file decides", "[host_stub][sarif]") {
    Project project;
    project.import(sameHashIn({"a.c", "b.c"}));
    const MergePlan plan = project.import(sameHashIn({"b.c"}));
    REQUIRE(plan.seenAgain.size() == 1);
    CHECK(project.known[plan.seenAgain[0].known].filePath == "b.c");
    REQUIRE(plan.noLongerFound.size() == 1);
    CHECK(project.known[plan.noLongerFound[0]].filePath == "a.c");
}

TEST_CASE("a renamed file keeps its finding where the scanner's fingerprint allows", "[host_stub][sarif]") {
    Project project;
    project.import(sameHashIn({"old.c"}));
    const MergePlan plan = project.import(sameHashIn({"new.c"}));
    CHECK(plan.seenAgain.size() == 1);
    CHECK(plan.created.empty());
    CHECK(project.known[0].filePath == "new.c");
}

TEST_CASE("fingerprints stay unique whatever comes and goes", "[host_stub][sarif]") {
    Project project;
    for (const std::vector<int>& lines : std::vector<std::vector<int>>{
             {1, 2, 3}, {2}, {5, 6, 7, 8}, {}, {3, 1}, {1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1}}) {
        Report report = copiesAt(lines);
        const MergePlan plan = project.import(report);
        CHECK(plan.created.size() + plan.seenAgain.size() + plan.reopened.size() == lines.size());
        CHECK(project.fingerprints().size() == project.known.size());
    }
    CHECK(project.known.size() == 6);
}
