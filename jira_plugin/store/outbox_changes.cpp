#include "outbox_store.hpp"

#include "database.hpp"
#include "link_store.hpp"
#include "row_batch.hpp"
#include "row_types.hpp"
#include "sql_text.hpp"
#include "storable_text.hpp"

#include <map>

#include <Poco/Data/Statement.h>

/// The part of the outbox store that a batch writes: its intent and its outcomes. A batch is written with a
/// handful of statements, each of which the engine compiles once: its values are bound as whole columns.
namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

struct Standing {
    std::int64_t revision = 0;
    OutboxState state = OutboxState::Queued;
    std::string leaseOwner;
};

// Where rows stand, held against others until the transaction ends. All that a batch decides by are these
// rows.
template <class Rows>
std::map<std::string, Standing> standings(Session& session, const std::string& lockRows,
                                          const std::string& organisation, const Rows& rows) {
    std::vector<std::string> findings, states, owners;
    std::vector<std::int64_t> revisions;
    Statement select(session);
    select
        << "SELECT finding, revision, state, lease_owner FROM outbox WHERE organisation = $1 AND finding IN ("
        << placeholders(2, rows.size()) << ") ORDER BY finding" << lockRows, // in one order: no deadlocks
        bind(organisation), into(findings), into(revisions), into(states), into(owners);
    for (const auto& row : rows)
        select, bind(row.finding);
    select.execute();
    std::map<std::string, Standing> result;
    for (std::size_t i = 0; i < findings.size(); ++i)
        result[findings[i]] = {revisions[i], outboxStateFromString(states[i]), owners[i]};
    return result;
}

/// Changes as columns.
struct ChangeColumns {
    explicit ChangeColumns(const std::string& organisation_) : organisation(organisation_) {}

    void add(const OutboxChange& change, std::int64_t nowMs) {
        organisations.push_back(organisation);
        findings.push_back(change.finding);
        states.emplace_back(toString(change.state));
        since.push_back(nowMs);
        due.push_back(change.dueAtMs);
        lookups.push_back(change.lookups);
        causes.push_back(change.cause);
        messages.push_back(storable(change.message));
        remedies.push_back(storable(change.remedy));
        notes.push_back(storable(change.notes));
        reportDue.push_back(change.report ? nowMs : -1);
        underWay.push_back(change.state == OutboxState::InDoubt ? nowMs : 0);
        if (change.state == OutboxState::Created) {
            createdOrganisations.push_back(organisation);
            created.push_back(change.finding);
        }
        if (change.link) {
            links.push_back(*change.link);
            set.push_back(change.set);
        }
    }

    void write(Session& session) {
        if (findings.empty())
            return;
        executeRows(
            session,
            "UPDATE outbox SET state = $1, state_since_ms = $2, revision = revision + 1, due_at_ms = $3, "
            "lookups = $4, cause = $5, message = $6, remedy = $7, notes = $8, report_due_ms = $9, "
            "report_tries = 0, lease_owner = '', lease_until_ms = 0, "
            "sent_at_ms = CASE WHEN sent_at_ms < $10 THEN $11 ELSE sent_at_ms END "
            "WHERE organisation = $12 AND finding = $13",
            states, since, due, lookups, causes, messages, remedies, notes, reportDue, underWay, underWay,
            organisations, findings);
        if (!created.empty())
            executeRows(session, "DELETE FROM outbox_snapshot WHERE organisation = $1 AND finding = $2",
                        createdOrganisations, created);
        LinkStore::add(session, links);
        for (std::size_t i = 0; i < links.size(); ++i)
            FieldStore::put(session, organisation, links[i].ticket.system, links[i].ticket.id, set[i]);
    }

    const std::string organisation;
    std::vector<std::string> organisations, findings, states, causes, messages, remedies, notes;
    std::vector<std::string> createdOrganisations, created;
    std::vector<std::int64_t> since, due, lookups, reportDue;
    std::vector<std::int64_t> underWay; ///< until when the request may have been; 0: no request was lost
    std::vector<TicketLink> links;
    std::vector<SetFields> set; ///< of each link
};

} // namespace

std::set<std::string> OutboxStore::markSending(const std::string& organisation, const std::string& owner,
                                               const std::string& system, const std::vector<Sending>& rows,
                                               std::int64_t nowMs, std::int64_t leaseUntilMs) {
    if (rows.empty())
        return {};
    const auto mark = [&](Session& session) {
        const auto standing = standings(session, _database.dialect().lockRows, organisation, rows);
        std::set<std::string> marked;
        std::vector<std::string> findings, projects;
        std::vector<std::int64_t> labelled;
        for (const Sending& row : rows) {
            const auto found = standing.find(row.finding);
            if (found == standing.end() || found->second.revision != row.revision ||
                found->second.leaseOwner != owner)
                continue;
            marked.insert(row.finding);
            findings.push_back(row.finding);
            projects.push_back(row.jiraProject);
            labelled.push_back(row.labelled ? 1 : 0);
        }
        if (findings.empty())
            return marked;
        std::vector<std::string> organisations(findings.size(), organisation);
        std::vector<std::string> systems(findings.size(), system);
        std::vector<std::int64_t> times(findings.size(), nowMs), leases(findings.size(), leaseUntilMs);
        executeRows(
            session,
            "UPDATE outbox SET state = 'sending', state_since_ms = $1, revision = revision + 1, "
            "attempts = attempts + 1, sent_at_ms = $2, lookups = 0, sent_system = $3, sent_project = $4, "
            "sent_labelled = $5, lease_until_ms = $6 WHERE organisation = $7 AND finding = $8",
            times, times, systems, projects, labelled, leases, organisations, findings);
        return marked;
    };
    return _database.transaction(mark, Flush::Yes, Isolation::Rows);
}

std::set<std::string> OutboxStore::apply(const std::string& organisation,
                                         const std::vector<OutboxChange>& changes, std::int64_t nowMs) {
    if (changes.empty())
        return {};
    const auto write = [&](Session& session) {
        const auto standing = standings(session, _database.dialect().lockRows, organisation, changes);
        std::set<std::string> written;
        ChangeColumns columns(organisation);
        for (const OutboxChange& change : changes) {
            const auto row = standing.find(change.finding);
            if (row == standing.end() || row->second.state == OutboxState::Created)
                continue;
            if (change.state != OutboxState::Created && row->second.revision != change.revision)
                continue;
            written.insert(change.finding);
            columns.add(change, nowMs);
        }
        columns.write(session);
        return written;
    };
    return _database.transaction(write, Flush::Yes, Isolation::Rows);
}

} // namespace jira_plugin::store
