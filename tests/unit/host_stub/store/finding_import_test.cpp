#include <catch2/catch.hpp>

#include "store/finding_import.hpp"
#include "world.hpp"

using namespace aspm::host;
using host_tests::World;

namespace {

/// One report of one scanner; each rule is reported once.
std::string report(const std::vector<std::string>& rules, const std::string& scanner = "demo", int line = 1) {
    std::string results;
    for (const std::string& rule : rules)
        results +=
            (results.empty() ? "" : ",") + std::string(R"({"ruleId":")") + rule +
            R"(","level":"error","message":{"text":"Found )" + rule +
            R"("},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/a.c"},"region":{"startLine":)" +
            std::to_string(line) + "}}}]}";
    return R"({"version":"2.1.0","runs":[{"tool":{"driver":{"name":")" + scanner + R"("}},"results":[)" +
           results + "]}]}";
}

struct Imports : World {
    ImportOutcome import(const std::vector<std::string>& reports) {
        std::vector<std::string> files;
        for (const std::string& text : reports)
            files.push_back(place.write("report-" + std::to_string(files.size()) + ".sarif", text).string());
        return FindingImport(findings, files).writeTo(project);
    }

    std::vector<FindingWithPush> all() { return findings.page("acme", {}); }

    Finding byRule(const std::string& rule) {
        for (const FindingWithPush& row : all())
            if (row.finding.ruleId == rule)
                return row.finding;
        throw std::runtime_error("no finding of rule " + rule);
    }

    void setStatus(const std::string& rule, aspm_finding_status status) {
        findings.change("acme", byRule(rule).id, {"alice", "Alice", "", clock.nowMs()},
                        [&](Finding& f) { f.status = status; });
    }
};

} // namespace

TEST_CASE("an import makes findings with what the report says", "[import]") {
    Imports world;
    ImportOutcome outcome = world.import({report({"R1", "R2"})});
    CHECK(outcome.created == 2);
    Finding finding = world.byRule("R1");
    CHECK(finding.description == "Found R1");
    CHECK(finding.scanner == "demo");
    CHECK(finding.filePath == "src/a.c");
    CHECK(finding.line == 1);
    CHECK(finding.status == ASPM_FINDING_OPEN);
    CHECK(finding.projectKey == "payments-api");
}

TEST_CASE("a second import finds the same findings again, also on another line", "[import]") {
    Imports world;
    world.import({report({"R1", "R2"})});
    std::string id = world.byRule("R1").id;
    ImportOutcome outcome = world.import({report({"R1", "R2"}, "demo", 9)});
    CHECK(outcome.created == 0);
    CHECK(outcome.seenAgain == 2);
    CHECK(world.all().size() == 2);
    CHECK(world.byRule("R1").id == id);
    CHECK(world.byRule("R1").line == 9);
}

TEST_CASE("what a scan no longer reports is no longer found, and reopened when it is back", "[import]") {
    Imports world;
    world.import({report({"R1", "R2"})});
    std::string id = world.byRule("R2").id;
    ImportOutcome gone = world.import({report({"R1"})});
    CHECK(gone.seenAgain == 1);
    CHECK(gone.noLongerFound == 1);
    CHECK(world.byRule("R2").status == ASPM_FINDING_NOT_FOUND);
    CHECK(world.import({report({"R1"})}).noLongerFound == 0); // told once

    ImportOutcome back = world.import({report({"R1", "R2"})});
    CHECK(back.reopened == 1);
    CHECK(back.created == 0);
    CHECK(world.byRule("R2").id == id);
    CHECK(world.byRule("R2").status == ASPM_FINDING_OPEN);
}

TEST_CASE("what people decided stays, whatever the scan says", "[import]") {
    Imports world;
    auto decision = GENERATE(as<aspm_finding_status>{}, ASPM_FINDING_ACCEPTED, ASPM_FINDING_FALSE_POSITIVE);
    world.import({report({"R1", "R2"})});
    world.setStatus("R1", decision);
    world.import({report({"R1", "R2"})});
    CHECK(world.byRule("R1").status == decision);
    world.import({report({"R2"})});
    CHECK(world.byRule("R1").status == decision);
}

TEST_CASE("a finding that awaits the next scan is settled by it", "[import]") {
    Imports world;
    world.import({report({"R1", "R2"})});
    world.setStatus("R1", ASPM_FINDING_AWAITING_SCAN);
    world.setStatus("R2", ASPM_FINDING_AWAITING_SCAN);
    world.import({report({"R1"})});
    CHECK(world.byRule("R1").status == ASPM_FINDING_OPEN); // still there
    CHECK(world.byRule("R2").status == ASPM_FINDING_NOT_FOUND);
}

TEST_CASE("files of one import are one scan, and other scanners' findings are left alone", "[import]") {
    Imports world;
    ImportOutcome outcome = world.import({report({"R1"}), report({"R2"}), report({"X1"}, "other")});
    CHECK(outcome.created == 3);
    CHECK(outcome.noLongerFound == 0);
    CHECK(world.import({report({"R1", "R2"})}).noLongerFound == 0);
    CHECK(world.byRule("X1").status == ASPM_FINDING_OPEN);
}

TEST_CASE("one bad file and nothing is imported", "[import]") {
    Imports world;
    CHECK_THROWS_WITH(world.import({report({"R1"}), "{}"}), Catch::Contains("report-1.sarif"));
    CHECK(world.all().empty());
}

TEST_CASE("findings of another project are not touched by an import", "[import]") {
    Imports world;
    world.import({report({"R1"})});
    bool created = false;
    Project other = world.directory.ensureProject("acme", "auth-service", "", created);
    auto file = world.place.write("other.sarif", report({"R9"}));
    FindingImport(world.findings, {file.string()}).writeTo(other);
    CHECK(world.byRule("R1").status == ASPM_FINDING_OPEN);
    CHECK(world.byRule("R9").projectKey == "auth-service");
}
