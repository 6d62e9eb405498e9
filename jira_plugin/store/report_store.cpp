#include "report_store.hpp"

#include "clock_set_back.hpp"
#include "database.hpp"
#include "row_batch.hpp"
#include "row_types.hpp"
#include "sql_text.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

// How long a host has to tell the platform what it took.
constexpr std::int64_t takenMs = 60'000;

} // namespace

namespace {

// Any host may tell the platform, and one is enough: what it takes is not due for the others for a while.
void takeFromOthers(Session& session, const std::vector<OutboxRow>& rows, std::int64_t untilMs) {
    std::vector<std::string> organisations, findings;
    for (const OutboxRow& row : rows) {
        organisations.push_back(row.organisation);
        findings.push_back(row.finding);
    }
    std::vector<std::int64_t> until(rows.size(), untilMs);
    if (!rows.empty())
        executeRows(session, "UPDATE outbox SET report_due_ms = $1 WHERE organisation = $2 AND finding = $3",
                    until, organisations, findings);
}

} // namespace

std::vector<ReportStore::Report> ReportStore::due(std::int64_t nowMs, std::int64_t limit) {
    const auto take = [&](Session& session) {
        std::vector<OutboxRow> rows;
        std::vector<TicketLink> links;
        session << "SELECT " << outboxColumns << ", " << linkColumns
                << " FROM outbox o LEFT JOIN ticket_link l ON l.organisation = o.organisation "
                   "AND l.finding = o.finding WHERE o.report_due_ms >= 0 AND (o.report_due_ms <= $1 OR "
                   "o.state_since_ms > $2) "
                   "ORDER BY o.report_due_ms LIMIT $3"
                << _database.dialect().skipLockedRowsOf("o"),
            bind(nowMs), bind(nowMs + clockSetBackMs), bind(limit), into(rows), into(links), now;
        if (_database.isShared())
            takeFromOthers(session, rows, nowMs + takenMs);
        std::vector<Report> reports;
        for (std::size_t i = 0; i < rows.size(); ++i)
            reports.push_back({std::move(rows[i]), links[i].finding.empty()
                                                       ? std::nullopt
                                                       : std::optional<TicketLink>(std::move(links[i]))});
        return reports;
    };
    return _database.isShared() ? _database.transaction(take, Flush::No, Isolation::Rows)
                                : _database.read(take);
}

std::int64_t ReportStore::nextDueMs() {
    return _database.read([](Session& session) {
        std::int64_t due = -1;
        session << "SELECT COALESCE(MIN(report_due_ms), -1) FROM outbox WHERE report_due_ms >= 0", into(due),
            now;
        return due;
    });
}

std::set<std::string> ReportStore::present(const std::string& organisation,
                                           const std::vector<std::string>& findings) {
    if (findings.empty())
        return {};
    return _database.read([&](Session& session) {
        std::vector<std::string> found;
        Statement select(session);
        select << "SELECT finding FROM outbox WHERE organisation = $1 AND finding IN ("
               << placeholders(2, findings.size()) << ")",
            bind(organisation), into(found);
        for (const std::string& finding : findings)
            select, bind(finding);
        select.execute();
        return std::set<std::string>(found.begin(), found.end());
    });
}

// A host that tells late may tell after another one that told what came next: what has changed since is told
// once more, so that the platform hears the newest state last.
void ReportStore::settle(const std::vector<Outcome>& outcomes, std::int64_t nowMs) {
    if (outcomes.empty())
        return;
    std::vector<std::string> organisations, findings;
    std::vector<std::int64_t> again, revisions, due(outcomes.size(), nowMs);
    for (const Outcome& outcome : outcomes) {
        organisations.push_back(outcome.organisation);
        findings.push_back(outcome.finding);
        again.push_back(outcome.againAtMs);
        revisions.push_back(outcome.revision);
    }
    _database.transaction(
        [&](Session& session) {
            executeRows(session,
                        "UPDATE outbox SET report_due_ms = CASE WHEN revision = CAST($1 AS BIGINT) THEN "
                        "CAST($2 AS BIGINT) ELSE CAST($3 AS BIGINT) END, report_tries = report_tries + "
                        "CASE WHEN revision = CAST($4 AS BIGINT) THEN 1 ELSE 0 END "
                        "WHERE organisation = $5 AND finding = $6",
                        revisions, again, due, revisions, organisations, findings);
        },
        Flush::No, Isolation::Rows);
}

} // namespace jira_plugin::store
