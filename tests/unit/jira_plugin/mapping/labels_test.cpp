#include <catch2/catch.hpp>

#include "mapping/labels.hpp"
#include "mapping/text.hpp"
#include "samples.hpp"

using namespace jira_plugin::mapping;
using Labels = std::vector<std::string>;

TEST_CASE("label templates are filled from the finding", "[mapping]") {
    const auto finding = samples::finding();
    CHECK(makeLabels({"mayo-aspm", "{severity}", "by-{scanner}", "{project}/{rule}"}, finding, "aspm-1") ==
          Labels{"mayo-aspm", "critical", "by-Flawfinder", "payments-api/FF1014", "aspm-1"});
}

TEST_CASE("several CWEs give one label each and none gives none", "[mapping]") {
    auto finding = samples::finding();
    CHECK(makeLabels({"{cwe}", "{severity}-{cwe}"}, finding, "d") ==
          Labels{"CWE-120", "CWE-20", "critical-CWE-120", "critical-CWE-20", "d"});
    finding.cwe = " , ";
    CHECK(makeLabels({"cwe:{cwe}", "kept"}, finding, "d") == Labels{"kept", "d"});
}

TEST_CASE("labels are made acceptable to Jira", "[mapping]") {
    auto finding = samples::finding();
    finding.labels = {"two  words", "tab\there", "nul\x01!", "wide\xE3\x80\x80space", " ", "", "two words"};
    CHECK(makeLabels({}, finding, "d") == Labels{"two-words", "tab-here", "nul-!", "wide-space", "d"});
    CHECK(utf16Length(cleanLabel(std::string(300, 'x'))) == 255);
}

TEST_CASE("a label that looks like a template is only a label", "[mapping]") {
    auto finding = samples::finding();
    finding.ruleId = "{scanner}";
    finding.labels = {"{severity}"};
    CHECK(makeLabels({"{rule}"}, finding, "d") == Labels{"{scanner}", "{severity}", "d"});
}

TEST_CASE("the dedupe label is there once, also among thousands of labels", "[mapping]") {
    auto finding = samples::finding();
    finding.labels = {"aspm-1"};
    for (int i = 0; i < 5000; ++i)
        finding.labels.push_back("label-" + std::to_string(i));
    const auto labels = makeLabels({"aspm-1"}, finding, "aspm-1");
    CHECK(labels.size() == maxLabels);
    CHECK(std::count(labels.begin(), labels.end(), "aspm-1") == 1);
    CHECK(labels.back() == "aspm-1");
}

TEST_CASE("a template with an unknown placeholder is refused with the known ones", "[mapping]") {
    CHECK_FALSE(problemOfTemplate("mayo-{severity}"));
    CHECK_FALSE(problemOfTemplate("half{open"));
    CHECK_THAT(problemOfTemplate("{owner}").value_or(""),
               Catch::Contains("'{owner}'") && Catch::Contains("{severity}"));
    CHECK(problemOfTemplate("  "));
    CHECK(problemOfTemplate(std::string(256, 'x')));
}
