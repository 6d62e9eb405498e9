#include "finding.hpp"

#include <array>
#include <stdexcept>

namespace jira_plugin::host {
namespace {

constexpr std::array<const char*, 5> severities{"info", "low", "medium", "high", "critical"};
constexpr std::array<const char*, 6> statuses{"open",           "resolved",  "accepted",
                                              "false_positive", "not_found", "awaiting_scan"};
constexpr std::array<const char*, 7> pushStates{"none",   "queued",  "waiting", "in_doubt",
                                                "parked", "created", "refused"};

template <class Words, class Value> const char* word(const Words& words, Value value) {
    const auto index = static_cast<std::size_t>(value);
    return index < words.size() ? words[index] : "unknown";
}

} // namespace

const char* toString(Severity severity) {
    return word(severities, severity);
}
const char* toString(FindingStatus status) {
    return word(statuses, status);
}
const char* toString(PushState state) {
    return word(pushStates, state);
}

Severity severityFromString(const std::string& text) {
    for (std::size_t i = 0; i < severities.size(); ++i)
        if (text == severities[i])
            return static_cast<Severity>(i);
    throw std::invalid_argument("'" + text + "' is not a severity: use critical, high, medium, low or info.");
}

} // namespace jira_plugin::host
