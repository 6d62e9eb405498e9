#include "reporter.hpp"

#include "notes.hpp"

#include <algorithm>

namespace jira_plugin::push {
namespace {

constexpr std::int64_t portion = 100;
constexpr std::int64_t longestPauseMs = 3'600'000;

std::int64_t pauseMs(std::int64_t tries) {
    return std::min<std::int64_t>(1000LL << std::clamp<std::int64_t>(tries, 0, 12), longestPauseMs);
}

} // namespace

bool Reporter::run() {
    const auto reports = _reports.due(_parts.nowMs(), portion);
    std::vector<store::ReportStore::Outcome> outcomes;
    for (const auto& report : reports) {
        store::ReportStore::Outcome outcome{report.row.organisation, report.row.finding, report.row.revision,
                                            -1};
        try {
            tell(report);
        } catch (const std::exception& problem) {
            outcome.againAtMs = _parts.nowMs() + pauseMs(report.row.reportTries);
            _parts.host.log.warning("The host did not take the outcome of a push; it is told again.",
                                    {{"organisation", report.row.organisation},
                                     {"finding", report.row.finding},
                                     {"reason", problem.what()}});
        }
        outcomes.push_back(std::move(outcome));
    }
    _parts.step("mark reported");
    if (!outcomes.empty())
        _reports.settle(outcomes);
    return !outcomes.empty();
}

void Reporter::tell(const store::ReportStore::Report& report) {
    const store::OutboxRow& row = report.row;
    const bool isCreated = row.state == store::OutboxState::Created && report.link;
    _parts.host.findings.reportPush(row.organisation, row.finding, store::toPushState(row.state), row.message,
                                    row.remedy, isCreated ? &report.link->ticket : nullptr);
    if (!isCreated)
        return;
    for (const Note& note : decodeNotes(row.notes)) {
        host::TimelineEntry entry;
        entry.key = note.key;
        entry.text = note.text;
        entry.url = report.link->ticket.url;
        _parts.host.findings.appendTimeline(row.organisation, row.finding, entry);
    }
}

} // namespace jira_plugin::push
