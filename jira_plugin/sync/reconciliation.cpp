#include "reconciliation.hpp"

#include "reconciliation_run.hpp"

#include "jira/errors.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

constexpr const char* leaseName = "reconciliation";
constexpr std::int64_t pauseMs = 60'000;
constexpr int mostFailures = 20;

} // namespace

bool Reconciliation::begin(const std::string& organisation, const std::string& reason,
                           const std::string& user) {
    auto row = _store.load(organisation).value_or(ReconciliationRow{organisation, "", "", {}, 0, {}});
    const bool isUnfinished =
        row.report.state == ReconciliationReport::State::Running && row.report.startedAtMs > 0;
    if (isUnfinished || _parts.leases.isTaken(organisation, leaseName, _parts.nowMs()))
        return false;
    row.report = {};
    row.report.reason = reason;
    row.report.by = user;
    row.report.startedAtMs = _parts.nowMs();
    row.cursor.clear();
    row.unread.clear();
    _store.save(row);
    return true;
}

std::int64_t Reconciliation::run(const std::string& organisation) {
    const auto lease = _parts.leases.take(organisation, leaseName, _parts.nowMs());
    auto row = _store.load(organisation);
    if (!lease || !row || row->report.state != ReconciliationReport::State::Running)
        return -1;
    try {
        Run(*this, *row, *lease).go();
        const std::lock_guard<std::mutex> lock(_mutex);
        _failures.erase(organisation);
        return -1;
    } catch (const Run::Interrupted&) {
        return -1;
    } catch (const jira::RetryLater& error) {
        return later(*row, error.retryAfterMs(), error.what());
    } catch (const jira::Error& error) {
        fail(_store.load(organisation).value_or(*row), error.what(), error.remedy());
    } catch (const std::exception& error) {
        return later(*row, 0, error.what());
    }
    return -1;
}

/// before: as it was when this try began. Only tries that got no further count as failures.
std::int64_t Reconciliation::later(const ReconciliationRow& before, std::int64_t afterMs,
                                   const std::string& cause) {
    const std::string& organisation = before.organisation;
    const auto row = _store.load(organisation);
    const bool hasMoved = row && (row->cursor != before.cursor || row->unread != before.unread);
    if (countFailure(organisation, hasMoved) > mostFailures && row) {
        fail(*row, cause, "Nothing to do: it is tried again tomorrow. To try at once, start it by hand.");
        return -1;
    }
    _parts.host.log.info("The comparison of tickets with Jira goes on later",
                         {{"organisation", organisation}, {"cause", cause}});
    return _parts.nowMs() + std::max(afterMs, pauseMs);
}

/// Answers how many there were in a row.
int Reconciliation::countFailure(const std::string& organisation, bool hasMoved) {
    const std::lock_guard<std::mutex> lock(_mutex);
    const int failures = hasMoved ? 0 : ++_failures[organisation];
    if (hasMoved || failures > mostFailures)
        _failures.erase(organisation);
    return failures;
}

void Reconciliation::fail(ReconciliationRow row, const std::string& problem, const std::string& remedy) {
    row.report.state = ReconciliationReport::State::Failed;
    row.report.finishedAtMs = _parts.nowMs();
    row.report.problem = problem;
    row.report.remedy = remedy;
    row.report.progress.clear();
    row.cursor.clear();
    row.unread.clear();
    _store.save(row);
    _parts.host.log.warning("The comparison of tickets with Jira failed",
                            {{"organisation", row.organisation}, {"cause", problem}});
}

std::optional<ReconciliationReport> Reconciliation::report(const std::string& organisation) {
    const auto row = _store.load(organisation);
    return row ? std::optional<ReconciliationReport>(row->report) : std::nullopt;
}

} // namespace jira_plugin::sync
