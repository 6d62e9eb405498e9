#include "priority.hpp"

#include "text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

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

/// The names as they are compared, once for all comparisons.
std::vector<std::string> plainNames(const std::vector<jira::AllowedValue>& allowed) {
    std::vector<std::string> names;
    names.reserve(allowed.size());
    for (const auto& value : allowed)
        names.push_back(lowerAscii(oneLine(value.name)));
    return names;
}

/// "P1 - Urgent" is called p1 as well.
bool isCalled(const std::string& name, std::string_view word) {
    if (name.compare(0, word.size(), word) != 0)
        return false;
    return name.size() == word.size() ||
           std::string_view(" :-").find(name[word.size()]) != std::string_view::npos;
}

/// Its index; nothing when no priority is called so.
std::optional<std::size_t> findCalled(const std::vector<std::string>& names, const char* word) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (isCalled(names[i], word))
            return i;
    return std::nullopt;
}

/// The families, the one that explains most of the project's priorities first.
std::vector<const Family*> familiesByFit(const std::vector<std::string>& names) {
    std::array<std::pair<std::ptrdiff_t, const Family*>, families.size()> fits;
    for (std::size_t i = 0; i < families.size(); ++i) {
        const auto hits = std::count_if(families[i].begin(), families[i].end(), [&names](const char* word) {
            return findCalled(names, word).has_value();
        });
        fits[i] = {hits, &families[i]};
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<const Family*> out(fits.size());
    std::transform(fits.begin(), fits.end(), out.begin(), [](const auto& fit) { return fit.second; });
    return out;
}

const jira::AllowedValue& byPosition(std::size_t rank, const std::vector<jira::AllowedValue>& allowed) {
    constexpr std::size_t steps = host::severityCount - 1;
    return allowed[(rank * (allowed.size() - 1) + steps / 2) / steps];
}

const jira::AllowedValue& byNameOrPosition(host::Severity severity,
                                           const std::vector<jira::AllowedValue>& allowed) {
    const std::size_t rank = rankOf(severity);
    const auto names = plainNames(allowed);
    for (const Family* family : familiesByFit(names))
        if (const auto found = findCalled(names, (*family)[rank]))
            return allowed[*found];
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
                      chosen.name + "' was used. Choose another one in Field mapping.";
    return choice;
}

} // namespace jira_plugin::mapping
