#include "link_store.hpp"

#include "database.hpp"
#include "row_batch.hpp"
#include "row_types.hpp"
#include "sql_text.hpp"
#include "storable_text.hpp"

#include <algorithm>

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

namespace {

constexpr std::size_t portion = 500;

std::string joined(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : " ") + label;
    return text;
}

} // namespace

std::optional<TicketLink> LinkStore::find(const std::string& organisation, const std::string& finding) {
    return _database.read([&](Poco::Data::Session& session) -> std::optional<TicketLink> {
        std::vector<TicketLink> links;
        session << "SELECT " << linkColumns
                << " FROM ticket_link l WHERE l.organisation = $1 AND l.finding = $2",
            bind(organisation), bind(finding), into(links), now;
        return links.empty() ? std::nullopt : std::optional<TicketLink>(links.front());
    });
}

std::vector<TicketLink> LinkStore::findByIssue(const std::string& organisation, const std::string& system,
                                               const std::string& issueId) {
    return _database.read([&](Poco::Data::Session& session) {
        std::vector<TicketLink> links;
        session << "SELECT " << linkColumns
                << " FROM ticket_link l WHERE l.organisation = $1 AND l.system = $2 AND l.issue_id = $3 "
                   "ORDER BY l.finding",
            bind(organisation), bind(system), bind(issueId), into(links), now;
        return links;
    });
}

std::set<std::string> LinkStore::linkedAmong(const std::string& organisation, const std::string& system,
                                             const std::vector<std::string>& issueIds) {
    return _database.read([&](Poco::Data::Session& session) {
        std::set<std::string> linked;
        for (std::size_t first = 0; first < issueIds.size(); first += portion) {
            const std::size_t count = std::min(portion, issueIds.size() - first);
            std::vector<std::string> found;
            Poco::Data::Statement statement(session);
            statement << "SELECT DISTINCT issue_id FROM ticket_link WHERE organisation = $1 AND system = $2 "
                         "AND issue_id IN ("
                      << placeholders(3, count) << ")";
            statement, bind(organisation), bind(system);
            for (std::size_t i = 0; i < count; ++i)
                statement, bind(issueIds[first + i]);
            statement, into(found), now;
            linked.insert(found.begin(), found.end());
        }
        return linked;
    });
}

std::int64_t LinkStore::countElsewhere(const std::string& organisation, const std::string& system) {
    return _database.read([&](Poco::Data::Session& session) {
        Poco::Int64 count = 0;
        session << "SELECT COUNT(*) FROM ticket_link WHERE organisation = $1 AND system <> $2",
            bind(organisation), bind(system), into(count), now;
        return static_cast<std::int64_t>(count);
    });
}

std::vector<TicketLink> LinkStore::elsewhere(const std::string& organisation, const std::string& system,
                                             const std::string& afterFinding, std::size_t most) {
    return _database.read([&](Poco::Data::Session& session) {
        std::vector<TicketLink> links;
        session << "SELECT " << linkColumns
                << " FROM ticket_link l WHERE l.organisation = $1 AND l.system <> $2 AND l.finding > $3 "
                   "ORDER BY l.finding LIMIT $4",
            bind(organisation), bind(system), bind(afterFinding), bind(static_cast<Poco::Int64>(most)),
            into(links), now;
        return links;
    });
}

void LinkStore::move(const std::vector<TicketLink>& links, std::int64_t nowMs) {
    _database.transaction([&](Poco::Data::Session& session) {
        for (const TicketLink& link : links) {
            const host::TicketRef& ticket = link.ticket;
            session << "UPDATE ticket_link SET system = $1, issue_id = $2, issue_key = $3, url = $4, "
                       "status = $5 WHERE organisation = $6 AND finding = $7",
                bind(ticket.system), bind(ticket.id), bind(ticket.key), bind(ticket.url), bind(ticket.status),
                bind(link.organisation), bind(link.finding), now;
            session << "UPDATE outbox SET report_due_ms = $1, report_tries = 0, revision = revision + 1 "
                       "WHERE organisation = $2 AND finding = $3 AND state = 'created'",
                bind(nowMs), bind(link.organisation), bind(link.finding), now;
        }
    });
}

void LinkStore::refresh(const std::vector<TicketLink>& links) {
    if (links.empty())
        return;
    _database.transaction(
        [&](Poco::Data::Session& session) {
            for (const TicketLink& link : links) {
                const host::TicketRef& ticket = link.ticket;
                session << "UPDATE ticket_link SET issue_key = $1, url = $2, status = $3, priority = $4, "
                           "assignee = $5, due_date = $6, labels = $7 WHERE organisation = $8 "
                           "AND finding = $9 AND system = $10 AND issue_id = $11",
                    bind(ticket.key), bind(ticket.url), bind(ticket.status), bind(ticket.priority),
                    bind(ticket.assignee), bind(ticket.dueDate), bind(joined(ticket.labels)),
                    bind(link.organisation), bind(link.finding), bind(ticket.system), bind(ticket.id), now;
            }
        },
        Flush::No);
}

void LinkStore::add(Poco::Data::Session& session, const std::vector<TicketLink>& links) {
    if (links.empty())
        return;
    std::vector<std::string> organisations, findings, systems, ids, keys, urls, statuses, priorities,
        assignees, dueDates, labels;
    std::vector<std::int64_t> created;
    for (const TicketLink& link : links) {
        const host::TicketRef& ticket = link.ticket;
        organisations.push_back(link.organisation);
        findings.push_back(link.finding);
        systems.push_back(ticket.system);
        ids.push_back(ticket.id);
        keys.push_back(storable(ticket.key));
        urls.push_back(storable(ticket.url));
        statuses.push_back(storable(ticket.status));
        priorities.push_back(storable(ticket.priority));
        assignees.push_back(storable(ticket.assignee));
        dueDates.push_back(storable(ticket.dueDate));
        labels.push_back(storable(joined(ticket.labels)));
        created.push_back(link.createdAtMs);
    }
    executeRows(session,
                "INSERT INTO ticket_link (organisation, finding, system, issue_id, issue_key, url, status, "
                "priority, assignee, due_date, labels, created_at_ms) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
                "ON CONFLICT (organisation, finding) DO NOTHING",
                organisations, findings, systems, ids, keys, urls, statuses, priorities, assignees, dueDates,
                labels, created);
}

} // namespace jira_plugin::store
