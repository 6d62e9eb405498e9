#include "enqueue.hpp"

#include "row_types.hpp"

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

Enqueue::Enqueue(Poco::Data::Session& session, std::string organisation)
    : _session(session), _organisation(std::move(organisation)), _find(session), _insert(session),
      _insertSnapshot(session) {
    _find << "SELECT " << outboxColumns << " FROM outbox o WHERE o.organisation = $1 AND o.finding = $2",
        bind(_organisation), use(_row.finding), into(_found);
    _insert
        << "INSERT INTO outbox (organisation, finding, project, severity, title, state, state_since_ms, "
           "revision, due_at_ms, lease_owner, lease_until_ms, dedupe_label, requested_by, enqueued_at_ms, "
           "attempts, sent_at_ms, sent_system, sent_project, sent_labelled, lookups, cause, message, remedy, "
           "notes, report_due_ms, report_tries) VALUES ($1, $2, $3, $4, $5, 'queued', $6, 1, $7, '', 0, $8, "
           "$9, $10, 0, 0, '', '', 0, 0, '', '', '', '', -1, 0)",
        bind(_organisation), use(_row.finding), use(_row.project), use(_severity), use(_row.title),
        use(_row.stateSinceMs), use(_row.dueAtMs), use(_row.dedupeLabel), use(_row.requestedBy),
        use(_row.enqueuedAtMs);
    _insertSnapshot << "INSERT INTO outbox_snapshot (organisation, finding, snapshot) VALUES ($1, $2, $3) "
                       "ON CONFLICT (organisation, finding) DO UPDATE SET snapshot = excluded.snapshot",
        bind(_organisation), use(_row.finding), use(_snapshot);
}

std::optional<OutboxRow> Enqueue::find(const std::string& finding) {
    _row.finding = finding;
    _found.clear();
    _find.execute();
    return _found.empty() ? std::nullopt : std::optional<OutboxRow>(std::move(_found.front()));
}

void Enqueue::add(const OutboxRow& row, const std::string& snapshot) {
    _row = row;
    _severity = static_cast<std::int64_t>(row.severity);
    _snapshot = snapshot;
    _insert.execute();
    _insertSnapshot.execute();
}

void Enqueue::renew(const OutboxRow& row, const std::string& snapshot) {
    _row = row;
    _snapshot = snapshot;
    _insertSnapshot.execute();
    _session << "UPDATE outbox SET state = 'queued', state_since_ms = $1, revision = revision + 1, due_at_ms "
                "= $2, "
                "project = $3, severity = $4, title = $5, cause = '', message = '', remedy = '', notes = '', "
                "report_due_ms = -1 WHERE organisation = $6 AND finding = $7 AND state = 'parked'",
        bind(row.stateSinceMs), bind(row.dueAtMs), bind(row.project),
        bind(static_cast<std::int64_t>(row.severity)), bind(row.title), bind(_organisation),
        bind(row.finding), now;
}

} // namespace jira_plugin::store
