#include "reporter.hpp"

#include "notes.hpp"
#include "withdrawal.hpp"

#include <algorithm>
#include <map>

namespace jira_plugin::push {
namespace {

constexpr std::int64_t portion = 100;
constexpr std::int64_t longestPauseMs = 3'600'000;

std::int64_t pauseMs(std::int64_t tries) {
    return std::min<std::int64_t>(1000LL << std::clamp<std::int64_t>(tries, 0, 12), longestPauseMs);
}

bool isCreated(const store::ReportStore::Report& report) {
    return report.row.state == store::OutboxState::Created && report.link;
}

host::PushReport forHost(const store::ReportStore::Report& report) {
    const store::OutboxRow& row = report.row;
    return {row.finding, store::toPushState(row.state), row.message, row.remedy,
            isCreated(report) ? std::optional<host::TicketRef>(report.link->ticket) : std::nullopt};
}

} // namespace

bool Reporter::run() {
    const auto reports = _reports.due(_parts.nowMs(), portion);
    std::map<std::string, std::vector<const Report*>> byOrganisation;
    for (const Report& report : reports)
        byOrganisation[report.row.organisation].push_back(&report);
    _parts.step("tell");
    std::vector<Outcome> outcomes;
    for (const auto& [organisation, theirs] : byOrganisation) {
        const std::vector<Reason> reasons = tell(organisation, theirs);
        for (std::size_t i = 0; i < theirs.size(); ++i)
            outcomes.push_back(outcome(*theirs[i], reasons[i]));
    }
    _parts.step("mark reported");
    if (!outcomes.empty())
        _reports.settle(outcomes, _parts.nowMs());
    for (const auto& [organisation, theirs] : byOrganisation)
        takeBackGone(organisation, theirs);
    return !outcomes.empty();
}

// In one call: a call for each would cost the host a transaction for each.
std::vector<Reporter::Reason> Reporter::tell(const std::string& organisation,
                                             const std::vector<const Report*>& reports) {
    std::vector<host::PushReport> told;
    told.reserve(reports.size());
    for (const Report* report : reports)
        told.push_back(forHost(*report));
    std::vector<Reason> reasons(reports.size());
    try {
        for (const auto& refusal : _parts.host.findings.reportPushes(organisation, told))
            reasons.at(refusal.index) = refusal.reason;
    } catch (const std::exception& problem) {
        reasons.assign(reports.size(), problem.what());
    }
    for (std::size_t i = 0; i < reports.size(); ++i)
        if (!reasons[i])
            reasons[i] = tellNotes(*reports[i]);
    return reasons;
}

Reporter::Reason Reporter::tellNotes(const Report& report) {
    if (!isCreated(report))
        return std::nullopt;
    try {
        for (const Note& note : decodeNotes(report.row.notes)) {
            host::TimelineEntry entry;
            entry.key = note.key;
            entry.text = note.text;
            entry.url = report.link->ticket.url;
            _parts.host.findings.appendTimeline(report.row.organisation, report.row.finding, entry);
        }
        return std::nullopt;
    } catch (const std::exception& problem) {
        return problem.what();
    }
}

// What left the queue while its state was being told, which may have come last.
void Reporter::takeBackGone(const std::string& organisation, const std::vector<const Report*>& reports) {
    std::vector<std::string> waiting; // what was created stays
    for (const Report* report : reports)
        if (!isCreated(*report))
            waiting.push_back(report->row.finding);
    const auto present = _reports.present(organisation, waiting);
    for (const Report* report : reports)
        if (!isCreated(*report) && present.count(report->row.finding) == 0)
            takeBack(*report);
}

void Reporter::takeBack(const Report& report) {
    try {
        const auto finding = _parts.host.findings.get(report.row.organisation, report.row.finding);
        if (finding)
            tellWithdrawn(_parts.host, *finding);
    } catch (const std::exception& problem) {
        _parts.host.log.warning("The host did not take that a finding waits for no ticket any more.",
                                {{"organisation", report.row.organisation},
                                 {"finding", report.row.finding},
                                 {"reason", problem.what()}});
    }
}

Reporter::Outcome Reporter::outcome(const Report& report, const Reason& reason) {
    const store::OutboxRow& row = report.row;
    if (!reason)
        return {row.organisation, row.finding, row.revision, -1};
    _parts.host.log.warning(
        "The host did not take the outcome of a push; it is told again.",
        {{"organisation", row.organisation}, {"finding", row.finding}, {"reason", *reason}});
    return {row.organisation, row.finding, row.revision, _parts.nowMs() + pauseMs(row.reportTries)};
}

} // namespace jira_plugin::push
