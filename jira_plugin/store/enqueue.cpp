#include "enqueue.hpp"

#include "row_batch.hpp"
#include "row_types.hpp"
#include "sql_text.hpp"
#include "storable_text.hpp"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

// Only of what waits to be sent: the row may be another host's, and further on.
void putSnapshots(Session& session, std::vector<std::string>& organisations,
                  std::vector<std::string>& findings, std::vector<std::string>& snapshots) {
    executeRows(session,
                "INSERT INTO outbox_snapshot (organisation, finding, snapshot) SELECT o.organisation, "
                "o.finding, $1 FROM outbox o WHERE o.organisation = $2 AND o.finding = $3 AND o.state = "
                "'queued' ON CONFLICT (organisation, finding) DO UPDATE SET snapshot = excluded.snapshot",
                snapshots, organisations, findings);
}

} // namespace

std::map<std::string, OutboxRow> findRows(Session& session, const std::string& organisation,
                                          const std::vector<std::string>& findings) {
    std::map<std::string, OutboxRow> result;
    if (findings.empty())
        return result;
    std::vector<OutboxRow> rows;
    Statement select(session);
    select << "SELECT " << outboxColumns << " FROM outbox o WHERE o.organisation = $1 AND o.finding IN ("
           << placeholders(2, findings.size()) << ")",
        bind(organisation), into(rows);
    for (const std::string& finding : findings)
        select, bind(finding);
    select.execute();
    for (OutboxRow& row : rows)
        result.emplace(row.finding, std::move(row));
    return result;
}

void addRows(Session& session, const std::string& organisation, const std::vector<NewRow>& rows) {
    if (rows.empty())
        return;
    std::vector<std::string> organisations(rows.size(), organisation);
    std::vector<std::string> findings, projects, titles, labels, requesters, snapshots;
    std::vector<std::int64_t> severities, since, due, enqueued;
    for (const auto& [row, snapshot] : rows) {
        findings.push_back(row.finding);
        projects.push_back(row.project);
        titles.push_back(storable(row.title));
        labels.push_back(row.dedupeLabel);
        requesters.push_back(row.requestedBy);
        severities.push_back(static_cast<std::int64_t>(row.severity));
        since.push_back(row.stateSinceMs);
        due.push_back(row.dueAtMs);
        enqueued.push_back(row.enqueuedAtMs);
        snapshots.push_back(storable(snapshot));
    }
    // One that is there by now was taken by another host at the same time.
    executeRows(
        session,
        "INSERT INTO outbox (organisation, finding, project, severity, title, state, state_since_ms, "
        "revision, due_at_ms, lease_owner, lease_until_ms, dedupe_label, requested_by, enqueued_at_ms, "
        "attempts, sent_at_ms, sent_system, sent_project, sent_labelled, lookups, cause, message, remedy, "
        "notes, report_due_ms, report_tries) VALUES ($1, $2, $3, $4, $5, 'queued', $6, 1, $7, '', 0, $8, "
        "$9, $10, 0, 0, '', '', 0, 0, '', '', '', '', -1, 0) "
        "ON CONFLICT (organisation, finding) DO NOTHING",
        organisations, findings, projects, severities, titles, since, due, labels, requesters, enqueued);
    putSnapshots(session, organisations, findings, snapshots);
}

void renewRow(Session& session, const std::string& organisation, const NewRow& renewed) {
    const OutboxRow& row = renewed.row;
    std::vector<std::string> parked;
    session << "UPDATE outbox SET state = 'queued', state_since_ms = $1, revision = revision + 1, due_at_ms "
               "= $2, "
               "project = $3, severity = $4, title = $5, cause = '', message = '', remedy = '', notes = '', "
               "report_due_ms = -1 WHERE organisation = $6 AND finding = $7 AND state = 'parked' "
               "RETURNING finding",
        bind(row.stateSinceMs), bind(row.dueAtMs), bind(row.project),
        bind(static_cast<std::int64_t>(row.severity)), bind(storable(row.title)), bind(organisation),
        bind(row.finding), into(parked), now;
    if (parked.empty())
        return;
    std::vector<std::string> organisations{organisation}, findings{row.finding},
        snapshots{storable(renewed.snapshot)};
    putSnapshots(session, organisations, findings, snapshots);
}

} // namespace jira_plugin::store
