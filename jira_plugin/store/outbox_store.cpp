#include "outbox_store.hpp"

#include "database.hpp"
#include "link_store.hpp"
#include "row_types.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

// A state that began this long after now: the clock was set back since, and its due time means nothing.
constexpr std::int64_t clockSetBackMs = 60'000;

std::string text(OutboxState state) {
    return toString(state);
}

} // namespace

std::optional<OutboxRow> OutboxStore::find(const std::string& organisation, const std::string& finding) {
    return _database.read([&](Session& session) -> std::optional<OutboxRow> {
        std::vector<OutboxRow> rows;
        session << "SELECT " << outboxColumns
                << " FROM outbox o WHERE o.organisation = $1 AND o.finding = $2",
            bind(organisation), bind(finding), into(rows), now;
        return rows.empty() ? std::nullopt : std::optional<OutboxRow>(rows.front());
    });
}

std::vector<ClaimedRow> OutboxStore::claim(const std::string& organisation, const std::string& owner,
                                           std::int64_t nowMs, std::int64_t leaseUntilMs,
                                           std::int64_t limit) {
    return _database.transaction([&](Session& session) {
        std::vector<OutboxRow> rows;
        std::vector<std::string> snapshots;
        session << "SELECT " << outboxColumns
                << ", s.snapshot FROM outbox o JOIN outbox_snapshot s "
                   "ON s.organisation = o.organisation AND s.finding = o.finding "
                   "WHERE o.organisation = $1 AND o.state IN ('queued', 'waiting') "
                   "AND (o.due_at_ms <= $2 OR o.state_since_ms > $3) AND o.lease_until_ms <= $4 "
                   "ORDER BY o.severity DESC, o.enqueued_at_ms, o.finding LIMIT $5"
                << _database.dialect().skipLockedRows,
            bind(organisation), bind(nowMs), bind(nowMs + clockSetBackMs), bind(nowMs), bind(limit),
            into(rows), into(snapshots), now;

        std::string finding;
        Statement lease(session);
        lease << "UPDATE outbox SET lease_owner = $1, lease_until_ms = $2 WHERE organisation = $3 AND "
                 "finding = $4",
            bind(owner), bind(leaseUntilMs), bind(organisation), use(finding);
        std::vector<ClaimedRow> claimed;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            finding = rows[i].finding;
            lease.execute();
            rows[i].leaseOwner = owner;
            claimed.push_back({std::move(rows[i]), std::move(snapshots[i])});
        }
        return claimed;
    });
}

void OutboxStore::release(const std::string& organisation, const std::string& owner) {
    _database.transaction([&](Session& session) {
        session << "UPDATE outbox SET lease_owner = '', lease_until_ms = 0 WHERE organisation = $1 "
                   "AND state IN ('queued', 'waiting') AND lease_owner = $2",
            bind(organisation), bind(owner), now;
    });
}

std::set<std::string> OutboxStore::markSending(const std::string& organisation, const std::string& owner,
                                               const std::string& system, const std::vector<Sending>& rows,
                                               std::int64_t nowMs, std::int64_t leaseUntilMs) {
    return _database.transaction([&](Session& session) {
        std::set<std::string> marked;
        Sending row;
        std::int64_t labelled = 0;
        Statement update(session);
        update
            << "UPDATE outbox SET state = 'sending', state_since_ms = $1, revision = revision + 1, "
               "attempts = attempts + 1, sent_at_ms = $2, lookups = 0, sent_system = $3, sent_project = $4, "
               "sent_labelled = $5, lease_until_ms = $6 WHERE organisation = $7 AND finding = $8 "
               "AND revision = $9 AND lease_owner = $10 AND state IN ('queued', 'waiting', 'sending')",
            bind(nowMs), bind(nowMs), bind(system), use(row.jiraProject), use(labelled), bind(leaseUntilMs),
            bind(organisation), use(row.finding), use(row.revision), bind(owner);
        for (const Sending& each : rows) {
            row = each;
            labelled = each.labelled ? 1 : 0;
            if (update.execute() == 1)
                marked.insert(each.finding);
        }
        return marked;
    });
}

std::set<std::string> OutboxStore::apply(const std::string& organisation,
                                         const std::vector<OutboxChange>& changes, std::int64_t nowMs) {
    return _database.transaction([&](Session& session) {
        std::set<std::string> written;
        OutboxChange change;
        std::string state;
        std::int64_t exists = 0;
        std::int64_t reportDue = 0;
        Statement update(session);
        update
            << "UPDATE outbox SET state = $1, state_since_ms = $2, revision = revision + 1, due_at_ms = $3, "
               "lookups = $4, cause = $5, message = $6, remedy = $7, notes = $8, report_due_ms = $9, "
               "report_tries = 0, lease_owner = '', lease_until_ms = 0 "
               "WHERE organisation = $10 AND finding = $11 AND state <> 'created' "
               "AND (revision = $12 OR 1 = $13)",
            use(state), bind(nowMs), use(change.dueAtMs), use(change.lookups), use(change.cause),
            use(change.message), use(change.remedy), use(change.notes), use(reportDue), bind(organisation),
            use(change.finding), use(change.revision), use(exists);
        Statement forget(session);
        forget << "DELETE FROM outbox_snapshot WHERE organisation = $1 AND finding = $2", bind(organisation),
            use(change.finding);
        for (const OutboxChange& each : changes) {
            change = each;
            state = text(each.state);
            exists = each.state == OutboxState::Created ? 1 : 0;
            reportDue = each.report ? nowMs : -1;
            if (update.execute() != 1)
                continue;
            written.insert(each.finding);
            if (each.link)
                LinkStore::add(session, *each.link);
            if (exists == 1)
                forget.execute();
        }
        return written;
    });
}

std::vector<OutboxRow> OutboxStore::inDoubt(const std::string& organisation, std::int64_t nowMs,
                                            std::int64_t limit) {
    return _database.read([&](Session& session) {
        std::vector<OutboxRow> rows;
        session
            << "SELECT " << outboxColumns
            << " FROM outbox o WHERE o.organisation = $1 AND o.state = 'in_doubt' "
               "AND (o.due_at_ms <= $2 OR o.state_since_ms > $3) ORDER BY o.due_at_ms, o.finding LIMIT $4",
            bind(organisation), bind(nowMs), bind(nowMs + clockSetBackMs), bind(limit), into(rows), now;
        return rows;
    });
}

std::vector<OrganisationWork> OutboxStore::work(std::int64_t nowMs) {
    return _database.read([&](Session& session) {
        std::vector<std::string> organisations;
        std::vector<std::int64_t> due, next, doubt;
        session << "SELECT organisation, "
                   "CAST(SUM(CASE WHEN state IN ('queued', 'waiting') AND lease_until_ms <= $1 "
                   "AND (due_at_ms <= $2 OR state_since_ms > $3) THEN 1 ELSE 0 END) AS BIGINT), "
                   "COALESCE(MIN(CASE WHEN state IN ('queued', 'waiting') AND due_at_ms > $4 THEN due_at_ms "
                   "END), -1), "
                   "COALESCE(MIN(CASE WHEN state = 'in_doubt' THEN due_at_ms END), -1) "
                   "FROM outbox WHERE state IN ('queued', 'waiting', 'sending', 'in_doubt') "
                   "GROUP BY organisation ORDER BY organisation",
            bind(nowMs), bind(nowMs), bind(nowMs + clockSetBackMs), bind(nowMs), into(organisations),
            into(due), into(next), into(doubt), now;
        std::vector<OrganisationWork> work;
        for (std::size_t i = 0; i < organisations.size(); ++i)
            work.push_back({organisations[i], due[i], next[i], doubt[i]});
        return work;
    });
}

} // namespace jira_plugin::store
