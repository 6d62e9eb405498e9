#include <catch2/catch.hpp>

#include "mapping/priority.hpp"
#include "samples.hpp"

using namespace jira_plugin::mapping;
using jira_plugin::host::Severity;

namespace {

/// The names chosen for critical, high, medium, low and info.
std::vector<std::string> chosen(const std::vector<std::string>& names) {
    std::vector<std::string> out;
    for (int i = 4; i >= 0; --i)
        out.push_back(choosePriority(static_cast<Severity>(i), "", samples::priorities(names)).name);
    return out;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("severities find the priorities that mean them, in whatever words the project has", "[mapping]") {
    for (const Names& names :
         {Names{"Highest", "High", "Medium", "Low", "Lowest"},
          Names{"Blocker", "Critical", "Major", "Minor", "Trivial"}, Names{"P1", "P2", "P3", "P4", "P5"},
          Names{"P0", "P1", "P2", "P3", "P4"}, Names{"P1 - Urgent", "P2 - Soon", "P3", "P4: later", "P5"},
          Names{"Critical", "High", "Medium", "Low", "Info"},
          Names{"BLOCKER", "critical", "MaJor", "minor", "trivial"}})
        CHECK(chosen(names) == names);
}

TEST_CASE("names decide before positions", "[mapping]") {
    CHECK(chosen({"Lowest", "Low", "Medium", "High", "Highest"}) ==
          Names{"Highest", "High", "Medium", "Low", "Lowest"});
    CHECK(chosen({"Critical", "High", "Medium", "Low"}) == Names{"Critical", "High", "Medium", "Low", "Low"});
}

TEST_CASE("names that say nothing are taken by position, the most urgent first", "[mapping]") {
    CHECK(chosen({"Rot", "Gelb", "Gruen"}) == Names{"Rot", "Gelb", "Gelb", "Gruen", "Gruen"});
    CHECK(chosen({"A", "B", "C", "D", "E"}) == Names{"A", "B", "C", "D", "E"});
    CHECK(chosen({"Only"}) == Names{"Only", "Only", "Only", "Only", "Only"});
}

TEST_CASE("the configured priority is taken while the project has it", "[mapping]") {
    const auto choice =
        choosePriority(Severity::Low, "2", samples::priorities({"Highest", "High", "Medium"}));
    CHECK(choice.id == "2");
    CHECK(choice.note.empty());
}

TEST_CASE("a configured priority that is gone is replaced, and the note names both", "[mapping]") {
    const auto choice =
        choosePriority(Severity::High, "99", samples::priorities({"Highest", "High", "Medium"}));
    CHECK(choice.id == "2");
    CHECK_THAT(choice.note, Catch::Contains("id 99") && Catch::Contains("'High'"));
}

TEST_CASE("a project without priorities gets none", "[mapping]") {
    CHECK_FALSE(choosePriority(Severity::High, "2", {}).id);
}
