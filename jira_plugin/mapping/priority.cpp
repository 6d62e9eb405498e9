#include "priority.hpp"

#include "text.hpp"

#include <algorithm>
#include <array>

namespace jira_plugin::mapping {
namespace {

/// Names from the most urgent to the least.
using Family = std::array<const char*, host::severityCount>;
constexpr std::array<Family, 6> families{{
    {"highest", "high", "medium", "low", "lowest"},
    {"critical", "high", "medium", "low", "info"},
    {"blocker", "critical", "major", "minor", "trivial"},
    {"urgent", "high", "normal", "low", "informational"},
    {"p1", "p2", "p3", "p4", "p5"},
    {"p0", "p1", "p2", "p3", "p4"},
}};

/// 0 for critical, 4 for info.
std::size_t rankOf(host::Severity severity) {
    return static_cast<std::size_t>(host::severityCount - 1 - static_cast<int>(severity));
}

/// "P1 - Urgent" is called p1 as well.
bool isCalled(const std::string& name, const std::string& word) {
    const std::string lower = lowerAscii(oneLine(name));
    if (lower == word)
        return true;
    return lower.size() > word.size() && lower.compare(0, word.size(), word) == 0 &&
           (lower[word.size()] == ' ' || lower[word.size()] == ':' || lower[word.size()] == '-');
}

const jira::AllowedValue* findCalled(const std::vector<jira::AllowedValue>& allowed, const char* word) {
    const auto found = std::find_if(allowed.begin(), allowed.end(), [word](const jira::AllowedValue& value) {
        return isCalled(value.name, word);
    });
    return found == allowed.end() ? nullptr : &*found;
}

/// The families, the one that explains most of the project's priorities first.
std::vector<const Family*> familiesByFit(const std::vector<jira::AllowedValue>& allowed) {
    std::vector<std::pair<std::ptrdiff_t, const Family*>> fits;
    for (const Family& family : families) {
        const auto hits = std::count_if(family.begin(), family.end(), [&allowed](const char* word) {
            return findCalled(allowed, word) != nullptr;
        });
        fits.emplace_back(hits, &family);
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<const Family*> out;
    for (const auto& fit : fits)
        out.push_back(fit.second);
    return out;
}

const jira::AllowedValue& byPosition(std::size_t rank, const std::vector<jira::AllowedValue>& allowed) {
    constexpr std::size_t steps = host::severityCount - 1;
    return allowed[(rank * (allowed.size() - 1) + steps / 2) / steps];
}

const jira::AllowedValue& byNameOrPosition(host::Severity severity,
                                           const std::vector<jira::AllowedValue>& allowed) {
    const std::size_t rank = rankOf(severity);
    for (const Family* family : familiesByFit(allowed))
        if (const auto* found = findCalled(allowed, (*family)[rank]))
            return *found;
    return byPosition(rank, allowed);
}

} // namespace

PriorityChoice choosePriority(host::Severity severity, const std::string& configuredId,
                              const std::vector<jira::AllowedValue>& allowed) {
    if (allowed.empty())
        return {};
    for (const auto& value : allowed)
        if (!configuredId.empty() && value.id == configuredId)
            return {value.id, value.name, {}};
    const auto& chosen = byNameOrPosition(severity, allowed);
    PriorityChoice choice{chosen.id, chosen.name, {}};
    if (!configuredId.empty())
        choice.note = std::string("The priority configured for ") + host::toString(severity) +
                      " findings (id " + configuredId + ") is no longer one of this project's priorities; '" +
                      chosen.name + "' was used. Choose another one in the field mapping.";
    return choice;
}

} // namespace jira_plugin::mapping
