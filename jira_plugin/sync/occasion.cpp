#include "occasion.hpp"

#include <array>
#include <stdexcept>

namespace jira_plugin::sync {

const char* const ownActor = "com.mayoaspm.jira";

namespace {

constexpr std::array<const char*, occasionCount> occasions{"resolved_by_scan", "resolved", "accepted",
                                                           "false_positive",   "reopened", "severity_changed",
                                                           "due_date_changed", "deleted"};
constexpr std::array<const char*, 5> kinds{"status", "severity", "due_date", "deleted", "fields"};

template <std::size_t Size>
std::size_t indexOf(const std::array<const char*, Size>& words, const std::string& word) {
    for (std::size_t i = 0; i < Size; ++i)
        if (word == words[i])
            return i;
    throw std::invalid_argument("'" + word + "' is no such word.");
}

std::optional<Occasion> statusOccasion(const host::FindingChange& change) {
    switch (change.finding.status) {
    case host::FindingStatus::NotFound:
        return Occasion::ResolvedByScan;
    case host::FindingStatus::Resolved:
        return change.actor == "scan" ? Occasion::ResolvedByScan : Occasion::Resolved;
    case host::FindingStatus::Accepted:
        return Occasion::Accepted;
    case host::FindingStatus::FalsePositive:
        return Occasion::FalsePositive;
    case host::FindingStatus::Open:
        return Occasion::Reopened;
    case host::FindingStatus::AwaitingScan:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

bool isSettled(host::FindingStatus status) {
    return status != host::FindingStatus::Open && status != host::FindingStatus::AwaitingScan;
}

std::string standing(host::FindingStatus status) {
    return host::toString(status == host::FindingStatus::NotFound ? host::FindingStatus::Resolved : status);
}

std::vector<Arisen> occasionsOf(const host::FindingChange& change) {
    if (change.actor == ownActor)
        return {};
    using Kind = Arisen::Kind;
    if (change.deleted)
        return {{Kind::Deleted, Occasion::Deleted, "there", "deleted"}};
    std::vector<Arisen> arisen;
    const std::string before = standing(change.oldStatus), after = standing(change.finding.status);
    if (const auto occasion = statusOccasion(change); change.statusChanged && occasion && before != after)
        arisen.push_back({Kind::Status, occasion, before, after});
    if (change.severityChanged)
        arisen.push_back({Kind::Severity, Occasion::SeverityChanged, host::toString(change.oldSeverity),
                          host::toString(change.finding.severity)});
    if (change.dueDateChanged)
        arisen.push_back({Kind::DueDate, Occasion::DueDateChanged,
                          change.oldDueDate.empty() ? "none" : change.oldDueDate,
                          change.finding.dueDate.empty() ? "none" : change.finding.dueDate});
    if (change.severityChanged || change.dueDateChanged || change.textChanged)
        arisen.push_back(
            {Kind::Fields, std::nullopt,
             host::toString(change.severityChanged ? change.oldSeverity : change.finding.severity) +
                 (" " + (change.dueDateChanged ? change.oldDueDate : change.finding.dueDate)),
             ""});
    return arisen;
}

const char* toString(Occasion occasion) {
    return occasions[static_cast<std::size_t>(occasion)];
}

const char* toString(Arisen::Kind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

Occasion occasionFromString(const std::string& word) {
    return static_cast<Occasion>(indexOf(occasions, word));
}

Arisen::Kind kindFromString(const std::string& word) {
    return static_cast<Arisen::Kind>(indexOf(kinds, word));
}

bool closes(Occasion occasion) {
    return moves(occasion) && occasion != Occasion::Reopened;
}

bool moves(Occasion occasion) {
    return occasion != Occasion::SeverityChanged && occasion != Occasion::DueDateChanged;
}

} // namespace jira_plugin::sync
