#include "link_store.hpp"

#include "database.hpp"
#include "row_types.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

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

bool LinkStore::add(Poco::Data::Session& session, const TicketLink& link) {
    std::string labels;
    for (const std::string& label : link.ticket.labels)
        labels += (labels.empty() ? "" : " ") + label;
    std::vector<std::string> added;
    const host::TicketRef& ticket = link.ticket;
    session << "INSERT INTO ticket_link (organisation, finding, system, issue_id, issue_key, url, status, "
               "priority, assignee, due_date, labels, created_at_ms) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
               "ON CONFLICT (organisation, finding) DO NOTHING RETURNING finding",
        bind(link.organisation), bind(link.finding), bind(ticket.system), bind(ticket.id), bind(ticket.key),
        bind(ticket.url), bind(ticket.status), bind(ticket.priority), bind(ticket.assignee),
        bind(ticket.dueDate), bind(labels), bind(link.createdAtMs), into(added), now;
    return !added.empty();
}

} // namespace jira_plugin::store
