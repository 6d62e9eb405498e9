#include "sarif_test_support.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;

namespace {

/// All reports of one sample project in one import, in the order of their names.
Report readProject(const std::string& project) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(ASPM_TEST_DATA_DIR "/sarif/" + project))
        if (entry.path().extension() == ".sarif")
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    ReportReader reader;
    for (const std::string& file : files)
        reader.readFile(file);
    return reader.finish();
}

std::map<std::string, int> bySeverity(const Report& report) {
    std::map<std::string, int> counts;
    for (const ImportedFinding& finding : report.findings)
        ++counts[std::string(toString(finding.severity))];
    return counts;
}

const ImportedFinding& at(const Report& report, const std::string& path, int line) {
    for (const ImportedFinding& finding : report.findings)
        if (finding.filePath == path && finding.line == line)
            return finding;
    throw std::runtime_error("no finding at " + path + ":" + std::to_string(line));
}

} // namespace

TEST_CASE("the ESLint report is read", "[host_stub][sarif]") {
    const Report report = readProject("payments-api");
    CHECK(report.findings.size() == 40);
    CHECK(bySeverity(report) == std::map<std::string, int>{{"high", 16}, {"medium", 24}});
    const ImportedFinding& finding = at(report, "/src/braintree/lib/braintree/http.js", 211);
    CHECK(finding.scanner->name == "ESLint");
    CHECK(finding.rule->id == "security/detect-non-literal-fs-filename");
    CHECK(finding.description ==
          "Found readFileSync from package \"fs\" with non literal argument at index 0");
    CHECK_THAT(finding.rule->helpUri, Catch::StartsWith("https://github.com/"));
}

TEST_CASE("the Flawfinder report is read", "[host_stub][sarif]") {
    const Report report = readProject("auth-service");
    CHECK(report.findings.size() == 40);
    CHECK(bySeverity(report) == std::map<std::string, int>{{"high", 8}, {"medium", 6}, {"low", 26}});
    const ImportedFinding& finding = at(report, "auth_bsd.c", 70);
    CHECK(finding.scanner->name == "Flawfinder");
    CHECK(finding.scanner->version == "2.0.19");
    CHECK(finding.rule->name == "crypto/crypt");
    CHECK(finding.cwe == std::vector<std::string>{"CWE-327"});
    CHECK(finding.snippet == "    cpass= crypt(passwd, pwd->pw_passwd);");
}

TEST_CASE("the clang analyser's reports, one per source file, are one import", "[host_stub][sarif]") {
    const Report report = readProject("mobile-app");
    CHECK(report.runs.size() == 5);
    CHECK(report.findings.size() == 13);
    CHECK(bySeverity(report) == std::map<std::string, int>{{"medium", 13}});
    const ImportedFinding& finding = at(report, "/src/qrencode/qrinput.c", 1551);
    CHECK(finding.scanner->name == "clang");
    CHECK(finding.rule->id == "core.NullDereference");
    CHECK_FALSE(finding.rule->help.empty());
}

TEST_CASE("every sample finding has what a ticket needs", "[host_stub][sarif]") {
    for (const char* project : {"payments-api", "auth-service", "mobile-app"}) {
        Report report = readProject(project);
        for (const ImportedFinding& finding : report.findings) {
            INFO(project << " " << finding.filePath << ":" << finding.line);
            CHECK_FALSE(finding.title.empty());
            CHECK(finding.title.find('\n') == std::string::npos);
            CHECK_FALSE(finding.description.empty());
            CHECK_FALSE(finding.filePath.empty());
            CHECK(finding.line > 0);
            CHECK_FALSE(finding.rule->id.empty());
        }
        CHECK(report.warnings.empty());
        CHECK(planMerge({}, report).created.size() == report.findings.size());
    }
}
