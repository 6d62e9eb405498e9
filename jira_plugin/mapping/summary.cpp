#include "summary.hpp"

#include "text.hpp"

namespace jira_plugin::mapping {
namespace {

std::string firstLineOf(const std::string& a, const std::string& b, const std::string& c) {
    for (const auto* text : {&a, &b, &c})
        if (std::string line = oneLine(*text); !line.empty())
            return line;
    return {};
}

} // namespace

std::string summarise(const host::Finding& finding) {
    std::string line = firstLineOf(finding.title, finding.ruleName, finding.ruleId);
    if (line.empty())
        line = oneLine("Finding " + finding.id);
    return cutText(line, maxSummaryUnits);
}

} // namespace jira_plugin::mapping
