#include "outward_store.hpp"

#include "database.hpp"
#include "outward_rows.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

const char* const open = "t.state IN ('queued', 'waiting')";

std::optional<SeenFinding> findSeen(Session& session, const std::string& organisation,
                                    const std::string& finding) {
    SeenFinding seen;
    std::int64_t status = 0, severity = 0;
    Statement select(session);
    select << "SELECT revision, event, status, severity, due_date FROM finding_seen "
              "WHERE organisation = $1 AND finding = $2",
        bind(organisation), bind(finding), into(seen.revision), into(seen.event), into(status),
        into(severity), into(seen.dueDate);
    if (select.execute() == 0)
        return std::nullopt;
    seen.organisation = organisation;
    seen.finding = finding;
    seen.status = static_cast<host::FindingStatus>(status);
    seen.severity = static_cast<host::Severity>(severity);
    return seen;
}

void writeSeen(Session& session, const SeenFinding& seen) {
    session
        << "INSERT INTO finding_seen (organisation, finding, revision, event, status, severity, due_date) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation, finding) DO UPDATE SET "
           "revision = excluded.revision, event = excluded.event, status = excluded.status, "
           "severity = excluded.severity, due_date = excluded.due_date",
        bind(seen.organisation), bind(seen.finding), bind(seen.revision), bind(seen.event),
        bind(static_cast<std::int64_t>(seen.status)), bind(static_cast<std::int64_t>(seen.severity)),
        bind(seen.dueDate), now;
}

// A deletion leaves the revision as it was.
bool isNews(const std::optional<SeenFinding>& before, const SeenFinding& heard) {
    if (!before || heard.revision > before->revision)
        return true;
    return heard.revision == before->revision && heard.event != before->event;
}

void addTask(Session& session, const OutwardTask& task) {
    session << "INSERT INTO outward_task (organisation, id, finding, kind, occasion, old_value, new_value, "
               "snapshot, who, why, created_at_ms, generation, begun, state, due_at_ms, failures, "
               "lease_owner, lease_until_ms, cause, message, remedy) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
               "$9, $10, $11, 1, 0, 'queued', $12, 0, '', 0, '', '', '')",
        bind(task.organisation), bind(task.id), bind(task.finding), bind(task.kind), bind(task.occasion),
        bind(task.oldValue), bind(task.newValue), bind(task.snapshot), bind(task.who), bind(task.why),
        bind(task.createdAtMs), bind(task.dueAtMs), now;
}

// A lease stays: who has it learns at the end that the task has changed.
void changeTask(Session& session, const OutwardTask& task, const std::string& id,
                const std::string& oldValue) {
    session
        << "UPDATE outward_task SET occasion = $1, old_value = $2, new_value = $3, snapshot = $4, "
           "who = $5, why = $6, generation = generation + 1, begun = 0, state = 'queued', due_at_ms = $7, "
           "failures = 0, cause = '', message = '', remedy = '' WHERE organisation = $8 AND id = $9",
        bind(task.occasion), bind(oldValue), bind(task.newValue), bind(task.snapshot), bind(task.who),
        bind(task.why), bind(task.dueAtMs), bind(task.organisation), bind(id), now;
}

void put(Session& session, const OutwardTask& task) {
    std::string id, oldValue, newValue, leaseOwner;
    std::int64_t begun = 0;
    Statement select(session);
    select << "SELECT id, old_value, new_value, begun, lease_owner FROM outward_task "
              "WHERE organisation = $1 AND finding = $2 AND kind = $3",
        bind(task.organisation), bind(task.finding), bind(task.kind), into(id), into(oldValue),
        into(newValue), into(begun), into(leaseOwner);
    if (select.execute() == 0)
        return addTask(session, task);
    const bool mayBeTold = begun != 0 || !leaseOwner.empty();
    std::string told = mayBeTold ? newValue : oldValue;
    if (told.empty())
        told = task.oldValue;
    // A task without values follows from no change, and nothing takes it back.
    if (!mayBeTold && !task.newValue.empty() && told == task.newValue)
        session << "DELETE FROM outward_task WHERE organisation = $1 AND id = $2", bind(task.organisation),
            bind(id), now;
    else
        changeTask(session, task, id, told);
}

} // namespace

SeenFinding SeenFinding::of(const host::Finding& finding, const std::string& event) {
    SeenFinding seen;
    seen.organisation = finding.organisation;
    seen.finding = finding.id;
    seen.revision = finding.revision;
    seen.event = event;
    seen.status = finding.status;
    seen.severity = finding.severity;
    seen.dueDate = finding.dueDate;
    return seen;
}

std::optional<SeenFinding> OutwardStore::seen(const std::string& organisation, const std::string& finding) {
    return _database.read([&](Session& session) { return findSeen(session, organisation, finding); });
}

bool OutwardStore::see(Session& session, const SeenFinding& heard) {
    if (!isNews(findSeen(session, heard.organisation, heard.finding), heard))
        return false;
    writeSeen(session, heard);
    return true;
}

bool OutwardStore::take(const SeenFinding& heard, const std::vector<OutwardTask>& tasks) {
    return _database.transaction([&](Session& session) {
        if (!see(session, heard))
            return false;
        for (const OutwardTask& task : tasks)
            put(session, task);
        return true;
    });
}

void OutwardStore::queue(const OutwardTask& task) {
    _database.transaction([&](Session& session) { put(session, task); });
}

OutwardStore::Claimed OutwardStore::claim(const std::string& organisation, const std::string& owner,
                                          std::int64_t nowMs, std::int64_t leaseUntilMs) {
    return _database.transaction(
        [&](Session& session) {
            Claimed claimed;
            Statement select(session);
            // A ticket whose first task waits, or is worked on, waits as a whole.
            select
                << "SELECT l.system, l.issue_id FROM outward_task t JOIN ticket_link l ON "
                   "l.organisation = t.organisation AND l.finding = t.finding WHERE t.organisation = $1 AND "
                << open
                << " AND t.due_at_ms <= $2 AND NOT EXISTS (SELECT 1 FROM ticket_link m JOIN outward_task o "
                   "ON o.organisation = m.organisation AND o.finding = m.finding WHERE m.organisation = "
                   "l.organisation AND m.system = l.system AND m.issue_id = l.issue_id AND o.state IN "
                   "('queued', 'waiting') AND (o.due_at_ms > $3 OR o.lease_owner <> '')) "
                   "ORDER BY t.due_at_ms LIMIT 1",
                bind(organisation), bind(nowMs), bind(nowMs), into(claimed.system), into(claimed.issueId);
            if (select.execute() == 0)
                return claimed;
            session
                << "UPDATE outward_task SET lease_owner = $1, lease_until_ms = $2 WHERE organisation = $3 "
                   "AND state IN ('queued', 'waiting') AND finding IN (SELECT finding FROM ticket_link "
                   "WHERE organisation = $4 AND system = $5 AND issue_id = $6)",
                bind(owner), bind(leaseUntilMs), bind(organisation), bind(organisation), bind(claimed.system),
                bind(claimed.issueId), now;
            session << "SELECT " << outwardColumns
                    << " FROM outward_task t WHERE t.organisation = $1 AND t.lease_owner = $2 "
                       "ORDER BY t.created_at_ms, t.id",
                bind(organisation), bind(owner), into(claimed.tasks), now;
            return claimed;
        },
        Flush::No);
}

void OutwardStore::finish(const OutwardTask& task) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM outward_task WHERE organisation = $1 AND id = $2 AND generation = $3",
            bind(task.organisation), bind(task.id), bind(task.generation), now;
    });
}

void OutwardStore::wait(const OutwardTask& task, std::int64_t dueAtMs, const std::string& message,
                        const std::string& remedy) {
    _database.transaction([&](Session& session) {
        session << "UPDATE outward_task SET state = 'waiting', due_at_ms = $1, failures = failures + 1, "
                   "message = $2, remedy = $3 WHERE organisation = $4 AND id = $5 AND generation = $6",
            bind(dueAtMs), bind(message), bind(remedy), bind(task.organisation), bind(task.id),
            bind(task.generation), now;
    });
}

void OutwardStore::park(const OutwardTask& task, const std::string& cause, const std::string& message,
                        const std::string& remedy) {
    _database.transaction([&](Session& session) {
        session << "UPDATE outward_task SET state = 'parked', cause = $1, message = $2, remedy = $3, "
                   "lease_owner = '' WHERE organisation = $4 AND id = $5 AND generation = $6",
            bind(cause), bind(message), bind(remedy), bind(task.organisation), bind(task.id),
            bind(task.generation), now;
    });
}

void OutwardStore::release(const std::string& organisation, const std::string& owner) {
    _database.transaction(
        [&](Session& session) {
            session << "UPDATE outward_task SET lease_owner = '', lease_until_ms = 0 WHERE organisation = $1 "
                       "AND lease_owner = $2",
                bind(organisation), bind(owner), now;
        },
        Flush::No);
}

void OutwardStore::sweep(const IsAbandoned& isAbandoned) {
    std::vector<std::string> organisations, owners;
    std::vector<std::int64_t> untils;
    _database.read([&](Session& session) {
        session << "SELECT DISTINCT organisation, lease_owner, lease_until_ms FROM outward_task "
                   "WHERE lease_owner <> ''",
            into(organisations), into(owners), into(untils), now;
        return true;
    });
    for (std::size_t i = 0; i < owners.size(); ++i)
        if (isAbandoned(owners[i], untils[i]))
            release(organisations[i], owners[i]);
}

std::vector<OutwardStore::Work> OutwardStore::work() {
    std::vector<std::string> organisations;
    std::vector<std::int64_t> dues;
    _database.read([&](Session& session) {
        // A ticket is due when the last of its tasks is, as claim sees it.
        session
            << "SELECT q.organisation, MIN(q.due) FROM (SELECT t.organisation AS organisation, "
               "MAX(t.due_at_ms) AS due, MAX(t.lease_owner) AS owner FROM outward_task t JOIN ticket_link l "
               "ON l.organisation = t.organisation AND l.finding = t.finding WHERE "
            << open
            << " GROUP BY t.organisation, l.system, l.issue_id) q WHERE q.owner = '' GROUP BY "
               "q.organisation",
            into(organisations), into(dues), now;
        return true;
    });
    std::vector<Work> result;
    for (std::size_t i = 0; i < organisations.size(); ++i)
        result.push_back({organisations[i], dues[i]});
    return result;
}

} // namespace jira_plugin::store
