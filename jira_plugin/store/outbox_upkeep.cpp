#include "outbox_store.hpp"

#include "database.hpp"
#include "row_batch.hpp"
#include "row_types.hpp"

#include <Poco/Data/Statement.h>

/// The parts of the outbox store that put rows back: after a crash, when a cause is gone, when a person asks.
namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

std::optional<ClaimedRow> OutboxStore::findWithSnapshot(const std::string& organisation,
                                                        const std::string& finding) {
    const auto row = find(organisation, finding);
    if (!row)
        return std::nullopt;
    return _database.read([&](Session& session) -> std::optional<ClaimedRow> {
        std::string snapshot;
        session << "SELECT snapshot FROM outbox_snapshot WHERE organisation = $1 AND finding = $2",
            bind(organisation), bind(finding), into(snapshot), now;
        return ClaimedRow{*row, snapshot};
    });
}

namespace {

struct Lease {
    std::string organisation;
    std::string owner;
    std::int64_t untilMs = 0;
};

std::vector<Lease> leases(Session& session) {
    std::vector<std::string> organisations, owners;
    std::vector<std::int64_t> until;
    session << "SELECT organisation, lease_owner, MAX(lease_until_ms) FROM outbox "
               "WHERE state IN ('queued', 'waiting', 'sending', 'in_doubt') AND lease_owner <> '' "
               "GROUP BY organisation, lease_owner",
        into(organisations), into(owners), into(until), now;
    std::vector<Lease> result;
    for (std::size_t i = 0; i < owners.size(); ++i)
        result.push_back({organisations[i], owners[i], until[i]});
    return result;
}

} // namespace

std::int64_t OutboxStore::sweep(const IsAbandoned& isAbandoned, std::int64_t nowMs,
                                const std::string& message, const std::string& remedy) {
    const auto held = _database.read([](Session& session) { return leases(session); });
    if (held.empty())
        return 0;
    // Read after the leases: whoever holds one of them gave a sign of life before.
    const auto alive = _database.read([this](Session& session) { return _database.alive(session); });
    std::vector<Lease> abandoned;
    for (const Lease& lease : held)
        if (isAbandoned(lease.owner, lease.untilMs, alive))
            abandoned.push_back(lease);
    if (abandoned.empty())
        return 0;
    // A process that others share the database with may have sent until it was taken for dead, which is now.
    const std::string sentAt = _database.isShared() ? "$1" : "sent_at_ms";
    const auto free = [&](Session& session) {
        std::int64_t doubtful = 0;
        for (const Lease& lease : abandoned) {
            Statement doubt(session);
            doubt << "UPDATE outbox SET state = 'in_doubt', state_since_ms = $1, revision = revision + 1, "
                     "due_at_ms = $2, lookups = 0, lease_owner = '', lease_until_ms = 0, cause = "
                     "'doubt/crash', "
                     "message = $3, remedy = $4, report_due_ms = $5, report_tries = 0, sent_at_ms = "
                  << sentAt << " WHERE organisation = $6 AND lease_owner = $7 AND state = 'sending'",
                bind(nowMs), bind(nowMs), bind(message), bind(remedy), bind(nowMs), bind(lease.organisation),
                bind(lease.owner);
            doubtful += static_cast<std::int64_t>(doubt.execute());
            session << "UPDATE outbox SET lease_owner = '', lease_until_ms = 0 WHERE organisation = $1 "
                       "AND lease_owner = $2 AND state IN ('queued', 'waiting')",
                bind(lease.organisation), bind(lease.owner), now;
        }
        return doubtful;
    };
    return _database.transaction(free, Flush::Yes, Isolation::Rows);
}

void OutboxStore::hold(const std::string& organisation, const std::string& cause, const std::string& message,
                       const std::string& remedy, std::int64_t untilMs, std::int64_t nowMs) {
    _database.transaction(
        [&](Session& session) {
            session << "UPDATE outbox SET state = 'waiting', state_since_ms = $1, revision = revision + 1, "
                       "due_at_ms = $2, cause = $3, message = $4, remedy = $5, report_due_ms = $6, "
                       "report_tries = 0 "
                       "WHERE organisation = $7 AND state = 'queued' AND lease_owner = ''",
                bind(nowMs), bind(untilMs), bind(cause), bind(message), bind(remedy), bind(nowMs),
                bind(organisation), now;
        },
        Flush::Yes, Isolation::Rows);
}

void OutboxStore::wake(const std::string& organisation, const std::string& cause, std::int64_t nowMs) {
    _database.transaction(
        [&](Session& session) {
            session << "UPDATE outbox SET state = 'queued', state_since_ms = $1, revision = revision + 1, "
                       "due_at_ms = $2, cause = '', message = '', remedy = '', report_due_ms = $3, "
                       "report_tries = 0 "
                       "WHERE organisation = $4 AND state = 'waiting' AND cause = $5",
                bind(nowMs), bind(nowMs), bind(nowMs), bind(organisation), bind(cause), now;
        },
        Flush::Yes, Isolation::Rows);
}

void OutboxStore::postpone(const std::string& organisation, const std::vector<Postponement>& rows) {
    if (rows.empty())
        return;
    std::vector<std::string> organisations(rows.size(), organisation), findings;
    std::vector<std::int64_t> due, sent, revisions;
    for (const Postponement& row : rows) {
        findings.push_back(row.finding);
        due.push_back(row.dueAtMs);
        sent.push_back(row.sentAtMs);
        revisions.push_back(row.revision);
    }
    _database.transaction(
        [&](Session& session) {
            executeRows(session,
                        "UPDATE outbox SET due_at_ms = $1, sent_at_ms = $2, lookups = lookups + 1 "
                        "WHERE organisation = $3 AND finding = $4 AND revision = $5 AND state = 'in_doubt'",
                        due, sent, organisations, findings, revisions);
        },
        Flush::No, Isolation::Rows);
}

namespace {

// The restriction as SQL: constants of this function and numbered values, in the order of their use.
std::string restriction(const OutboxStore::Requeue& which, std::vector<std::string>& values) {
    std::string sql;
    const auto next = [&](const std::string& value) {
        values.push_back(value);
        return "$" + std::to_string(4 + values.size());
    };
    if (!which.project.empty())
        sql += " AND project = " + next(which.project);
    if (!which.cause.empty())
        sql += " AND cause = " + next(which.cause);
    std::string any;
    for (const std::string& prefix : which.causePrefixes)
        any += (any.empty() ? "" : " OR ") + ("cause LIKE " + next(prefix + "%"));
    if (!any.empty())
        sql += " AND (" + any + ")";
    return sql;
}

} // namespace

std::int64_t OutboxStore::requeue(const std::string& organisation, const Requeue& which, std::int64_t nowMs) {
    std::vector<std::string> values;
    const std::string sql =
        "UPDATE outbox SET state = 'queued', state_since_ms = $1, revision = revision + 1, due_at_ms = $2, "
        "cause = '', message = '', remedy = '', notes = '', report_due_ms = $3, report_tries = 0 "
        "WHERE organisation = $4 AND state = 'parked'" +
        restriction(which, values);
    const auto work = [&](Session& session) {
        const auto run = [&](const std::string* finding) {
            Statement update(session);
            update << sql
                   << (finding ? " AND finding = $" + std::to_string(5 + values.size()) : std::string()),
                bind(nowMs), bind(nowMs), bind(nowMs), bind(organisation);
            for (const std::string& value : values)
                update, bind(value);
            if (finding)
                update, bind(*finding);
            return static_cast<std::int64_t>(update.execute());
        };
        if (which.findings.empty())
            return run(nullptr);
        std::int64_t count = 0;
        for (const std::string& finding : which.findings)
            count += run(&finding);
        return count;
    };
    return _database.transaction(work, Flush::Yes, Isolation::Rows);
}

} // namespace jira_plugin::store
