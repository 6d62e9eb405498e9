#include "inbox_store.hpp"

#include "store/clock_set_back.hpp"
#include "store/database.hpp"
#include "store/row_batch.hpp"
#include "store/sql_text.hpp"

#include <algorithm>

#include <Poco/Data/Statement.h>

namespace jira_plugin::sync {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

// Jira tells of a ticket of ours while its answer to us is still under way: with the link there it is no
// news.
constexpr std::int64_t creationPauseMs = 2'000;
// Values of one IN list; SQLite and PostgreSQL take many more.
constexpr std::size_t portion = 500;

std::string hintsOf(const InboxRow& row) {
    std::string hints;
    const auto say = [&](bool is, const char* word) {
        if (is)
            hints += (hints.empty() ? "" : " ") + std::string(word);
    };
    say(row.changesStatus, "status");
    say(row.concernsComments, "comments");
    say(row.isCreation, "created");
    say(row.isDeletion, "deleted");
    say(row.carriesMark, "marked");
    return hints;
}

void readHints(const std::string& hints, InboxRow& row) {
    const auto says = [&](const char* word) { return hints.find(word) != std::string::npos; };
    row.changesStatus = says("status");
    row.concernsComments = says("comments");
    row.isCreation = says("created");
    row.isDeletion = says("deleted");
    row.carriesMark = says("marked");
}

/// Runs an update of the form "... WHERE organisation = $n AND delivery IN (...)" in portions. head: the text
/// before WHERE with `values` values, which bindValues binds.
template <class Bind>
void forDeliveries(Session& session, const std::string& head, std::size_t values, const Bind& bindValues,
                   const std::string& organisation, const InboxStore::Deliveries& deliveries) {
    for (std::size_t first = 0; first < deliveries.size(); first += portion) {
        const std::size_t count = std::min(portion, deliveries.size() - first);
        Statement statement(session);
        statement << head << " WHERE organisation = $" << values + 1 << " AND delivery IN ("
                  << store::placeholders(values + 2, count) << ")";
        bindValues(statement);
        statement, bind(organisation);
        for (std::size_t i = 0; i < count; ++i)
            statement, bind(deliveries[first + i]);
        statement.execute();
    }
}

constexpr const char* freed = "lease_owner = '', lease_until_ms = 0";

// What there is to do is asked at each arrival, and a burst may leave very much: so by questions that an
// index answers at its first rows. Only when nothing can be taken, what waits is looked through.

/// The next in order that has something to do; empty: none.
std::string nextOrganisation(Session& session, const std::string& after) {
    std::string organisation;
    session << "SELECT organisation FROM inbox WHERE state = 'due' AND organisation > $1 "
               "ORDER BY organisation LIMIT 1",
        bind(after), into(organisation), now;
    return organisation;
}

/// Whether something is free that fits: of what is due, or of what waits for a time that means nothing.
bool isFree(Session& session, const std::string& organisation, std::int64_t nowMs, const std::string& fits,
            std::int64_t limitMs) {
    std::int64_t count = 0;
    session << "SELECT COUNT(*) FROM (SELECT 1 FROM inbox i WHERE i.organisation = $1 AND i.state = 'due' "
               "AND i.lease_until_ms <= $2 AND NOT EXISTS (SELECT 1 FROM inbox o "
               "WHERE o.organisation = i.organisation AND o.issue_id = i.issue_id AND o.lease_owner <> '' "
               "AND o.lease_until_ms > $3) AND "
            << fits << " LIMIT 1) free",
        bind(organisation), bind(nowMs), bind(nowMs), bind(limitMs), into(count), now;
    return count > 0;
}

bool isDue(Session& session, const std::string& organisation, std::int64_t nowMs) {
    return isFree(session, organisation, nowMs, "i.due_at_ms <= $4", nowMs) ||
           isFree(session, organisation, nowMs, "i.received_at_ms > $4", nowMs + store::clockSetBackMs);
}

/// -1: nothing waits.
std::int64_t nextDueMs(Session& session, const std::string& organisation, std::int64_t nowMs) {
    std::int64_t due = -1, leaseEnd = -1;
    session << "SELECT due_at_ms FROM inbox WHERE organisation = $1 AND state = 'due' AND due_at_ms > $2 "
               "ORDER BY due_at_ms LIMIT 1",
        bind(organisation), bind(nowMs), into(due), now;
    session << "SELECT COALESCE(MIN(lease_until_ms), -1) FROM inbox WHERE organisation = $1 "
               "AND lease_owner <> '' AND lease_until_ms > $2",
        bind(organisation), bind(nowMs), into(leaseEnd), now;
    return due < 0 || leaseEnd < 0 ? std::max(due, leaseEnd) : std::min(due, leaseEnd);
}

} // namespace

void InboxStore::add(const std::vector<InboxRow>& rows) {
    if (rows.empty())
        return;
    std::vector<std::string> organisations, deliveries, systems, issues, events, hints, actors;
    std::vector<std::int64_t> happened, updated, received, due;
    for (const InboxRow& row : rows) {
        organisations.push_back(row.organisation);
        deliveries.push_back(row.delivery);
        systems.push_back(row.system);
        issues.push_back(row.issueId);
        events.push_back(row.event);
        hints.push_back(hintsOf(row));
        actors.push_back(row.actor);
        happened.push_back(row.happenedAtMs);
        updated.push_back(row.issueUpdatedMs);
        received.push_back(row.receivedAtMs);
        due.push_back(row.receivedAtMs + (row.isCreation ? creationPauseMs : 0));
    }
    _database.transaction([&](Session& session) {
        store::executeRows(
            session,
            "INSERT INTO inbox (organisation, delivery, system, issue_id, event, hints, actor, "
            "happened_at_ms, issue_updated_ms, received_at_ms, state, due_at_ms, tries, lease_owner, "
            "lease_until_ms, "
            "cause, message, remedy) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'due', $11, 0, '', 0, '', '', '') "
            "ON CONFLICT (organisation, delivery) DO NOTHING",
            organisations, deliveries, systems, issues, events, hints, actors, happened, updated, received,
            due);
    });
}

std::vector<InboxRow> InboxStore::claim(const std::string& organisation, const std::string& owner,
                                        std::int64_t nowMs, std::int64_t leaseUntilMs, std::int64_t most) {
    return _database.transaction(
        [&](Session& session) {
            std::vector<std::string> deliveries, systems, issues, events, hints, actors;
            std::vector<std::int64_t> happened, updated, received, tries;
            session << "SELECT i.delivery, i.system, i.issue_id, i.event, i.hints, i.actor, "
                       "i.happened_at_ms, i.issue_updated_ms, i.received_at_ms, i.tries FROM inbox i "
                       "WHERE i.organisation = $1 AND i.state = 'due' "
                       "AND (i.due_at_ms <= $2 OR i.received_at_ms > $3) AND i.lease_until_ms <= $4 "
                       "AND NOT EXISTS (SELECT 1 FROM inbox o WHERE o.organisation = i.organisation "
                       "AND o.issue_id = i.issue_id AND o.lease_owner <> '' AND o.lease_until_ms > $5) "
                       "ORDER BY i.due_at_ms, i.delivery LIMIT $6"
                    << _database.dialect().skipLockedRows,
                bind(organisation), bind(nowMs), bind(nowMs + store::clockSetBackMs), bind(nowMs),
                bind(nowMs), bind(most), into(deliveries), into(systems), into(issues), into(events),
                into(hints), into(actors), into(happened), into(updated), into(received), into(tries), now;
            forDeliveries(
                session, "UPDATE inbox SET lease_owner = $1, lease_until_ms = $2", 2,
                [&](Statement& statement) { statement, bind(owner), bind(leaseUntilMs); }, organisation,
                deliveries);
            std::vector<InboxRow> rows(deliveries.size());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                InboxRow& row = rows[i];
                row.organisation = organisation;
                row.delivery = deliveries[i];
                row.system = systems[i];
                row.issueId = issues[i];
                row.event = events[i];
                readHints(hints[i], row);
                row.actor = actors[i];
                row.happenedAtMs = happened[i];
                row.issueUpdatedMs = updated[i];
                row.receivedAtMs = received[i];
                row.tries = tries[i];
            }
            return rows;
        },
        store::Flush::No);
}

void InboxStore::release(const std::string& organisation, const std::string& owner) {
    _database.transaction(
        [&](Session& session) {
            session << "UPDATE inbox SET " << freed
                    << " WHERE organisation = $1 AND lease_owner = $2 AND lease_owner <> ''",
                bind(organisation), bind(owner), now;
        },
        store::Flush::No);
}

void InboxStore::sweep(const IsAbandoned& isAbandoned) {
    std::vector<std::string> organisations, owners;
    std::vector<std::int64_t> untils;
    _database.read([&](Session& session) {
        session << "SELECT DISTINCT organisation, lease_owner, lease_until_ms FROM inbox "
                   "WHERE lease_owner <> ''",
            into(organisations), into(owners), into(untils), now;
        return true;
    });
    for (std::size_t i = 0; i < owners.size(); ++i)
        if (isAbandoned(owners[i], untils[i]))
            release(organisations[i], owners[i]);
}

// Not flushed: what a power cut takes back is applied once more, to no effect.
void InboxStore::finish(const std::string& organisation, const Deliveries& deliveries) {
    if (deliveries.empty())
        return;
    _database.transaction(
        [&](Session& session) {
            forDeliveries(
                session,
                std::string("UPDATE inbox SET state = 'done', cause = '', message = '', remedy = '', ") +
                    freed,
                0, [](Statement&) {}, organisation, deliveries);
        },
        store::Flush::No);
}

void InboxStore::drop(const std::string& organisation, const Deliveries& deliveries) {
    if (deliveries.empty())
        return;
    _database.transaction(
        [&](Session& session) {
            forDeliveries(
                session, "DELETE FROM inbox", 0, [](Statement&) {}, organisation, deliveries);
        },
        store::Flush::No);
}

void InboxStore::postpone(const std::string& organisation, const Deliveries& deliveries, std::int64_t dueAtMs,
                          bool failed) {
    if (deliveries.empty())
        return;
    const std::int64_t tries = failed ? 1 : 0;
    _database.transaction(
        [&](Session& session) {
            forDeliveries(
                session, std::string("UPDATE inbox SET due_at_ms = $1, tries = tries + $2, ") + freed, 2,
                [&](Statement& statement) { statement, bind(dueAtMs), bind(tries); }, organisation,
                deliveries);
        },
        store::Flush::No);
}

void InboxStore::park(const std::string& organisation, const Deliveries& deliveries, const std::string& cause,
                      const std::string& message, const std::string& remedy) {
    if (deliveries.empty())
        return;
    _database.transaction([&](Session& session) {
        forDeliveries(
            session,
            std::string("UPDATE inbox SET state = 'parked', cause = $1, message = $2, remedy = $3, ") + freed,
            3, [&](Statement& statement) { statement, bind(cause), bind(message), bind(remedy); },
            organisation, deliveries);
    });
}

std::vector<std::string> InboxStore::organisations() {
    return _database.read([](Session& session) {
        std::vector<std::string> all;
        for (std::string each = nextOrganisation(session, ""); !each.empty();
             each = nextOrganisation(session, each))
            all.push_back(each);
        return all;
    });
}

InboxWork InboxStore::work(const std::string& organisation, std::int64_t nowMs) {
    return _database.read([&](Session& session) {
        return InboxWork{isDue(session, organisation, nowMs), nextDueMs(session, organisation, nowMs)};
    });
}

} // namespace jira_plugin::sync
