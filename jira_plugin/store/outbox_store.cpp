#include "outbox_store.hpp"

#include "clock_set_back.hpp"
#include "database.hpp"
#include "row_types.hpp"
#include "sql_text.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

void lease(Session& session, const std::string& organisation, const std::string& owner, std::int64_t untilMs,
           const std::vector<OutboxRow>& rows) {
    if (rows.empty())
        return;
    Statement update(session);
    update
        << "UPDATE outbox SET lease_owner = $1, lease_until_ms = $2 WHERE organisation = $3 AND finding IN ("
        << placeholders(4, rows.size()) << ")",
        bind(owner), bind(untilMs), bind(organisation);
    for (const OutboxRow& row : rows)
        update, bind(row.finding);
    update.execute();
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

std::vector<OutboxRow> OutboxStore::labelled(const std::string& organisation, const std::string& label) {
    return _database.read([&](Session& session) {
        std::vector<OutboxRow> rows;
        session << "SELECT " << outboxColumns
                << " FROM outbox o WHERE o.organisation = $1 AND o.dedupe_label = $2 ORDER BY o.finding",
            bind(organisation), bind(label), into(rows), now;
        return rows;
    });
}

bool OutboxStore::awaitsAnswers(const std::string& organisation) {
    return _database.read([&](Session& session) {
        std::vector<std::string> found;
        session << "SELECT finding FROM outbox WHERE organisation = $1 AND state IN ('sending', 'in_doubt') "
                   "LIMIT 1",
            bind(organisation), into(found), now;
        return !found.empty();
    });
}

std::vector<ClaimedRow> OutboxStore::claim(const std::string& organisation, const std::string& owner,
                                           std::int64_t nowMs, std::int64_t leaseUntilMs,
                                           std::int64_t limit) {
    return _database.transaction(
        [&](Session& session) {
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

            lease(session, organisation, owner, leaseUntilMs, rows);
            std::vector<ClaimedRow> claimed;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                rows[i].leaseOwner = owner;
                claimed.push_back({std::move(rows[i]), std::move(snapshots[i])});
            }
            return claimed;
        },
        Flush::No, Isolation::Rows);
}

void OutboxStore::release(const std::string& organisation, const std::string& owner) {
    _database.transaction(
        [&](Session& session) {
            session << "UPDATE outbox SET lease_owner = '', lease_until_ms = 0 WHERE organisation = $1 "
                       "AND state IN ('queued', 'waiting') AND lease_owner = $2",
                bind(organisation), bind(owner), now;
        },
        Flush::No, Isolation::Rows);
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
