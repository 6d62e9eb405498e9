#include "hand_link_store.hpp"

#include "database.hpp"
#include "link_store.hpp"
#include "own_write_store.hpp"
#include "row_types.hpp"
#include "sql_text.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

std::optional<OutboxRow> rowOf(Session& session, const NewRow& row) {
    const auto rows = findRows(session, row.row.organisation, {row.row.finding});
    const auto found = rows.find(row.row.finding);
    return found == rows.end() ? std::nullopt : std::optional<OutboxRow>(found->second);
}

std::optional<TicketLink> linkOf(Session& session, const std::string& organisation,
                                 const std::string& finding) {
    std::vector<TicketLink> links;
    session << "SELECT " << linkColumns << " FROM ticket_link l WHERE l.organisation = $1 AND l.finding = $2",
        bind(organisation), bind(finding), into(links), now;
    return links.empty() ? std::nullopt : std::optional<TicketLink>(links.front());
}

void markCreated(Session& session, const TicketLink& link, std::int64_t nowMs) {
    session << "UPDATE outbox SET state = 'created', state_since_ms = $1, revision = revision + 1, "
               "lease_owner = '', lease_until_ms = 0, cause = '', message = '', remedy = '', notes = '', "
               "report_due_ms = $2, report_tries = 0 WHERE organisation = $3 AND finding = $4",
        bind(nowMs), bind(nowMs), bind(link.organisation), bind(link.finding), now;
    session << "DELETE FROM outbox_snapshot WHERE organisation = $1 AND finding = $2",
        bind(link.organisation), bind(link.finding), now;
}

// A ticket that we created ourselves and that another finding is linked to as well keeps what is known of it.
void noteFields(Session& session, const TicketLink& link, const SetFields& fields) {
    std::int64_t known = 0;
    session << "SELECT COUNT(*) FROM issue_field WHERE organisation = $1 AND system = $2 AND issue_id = $3",
        bind(link.organisation), bind(link.ticket.system), bind(link.ticket.id), into(known), now;
    if (known == 0)
        FieldStore::put(session, link.organisation, link.ticket.system, link.ticket.id, fields);
}

void part(Session& session, const TicketLink& link, std::int64_t nowMs) {
    session << "INSERT INTO former_link (organisation, finding, system, issue_id, issue_key, parted_at_ms) "
               "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation, finding, system, issue_id) DO "
               "UPDATE SET issue_key = excluded.issue_key, parted_at_ms = excluded.parted_at_ms",
        bind(link.organisation), bind(link.finding), bind(link.ticket.system), bind(link.ticket.id),
        bind(link.ticket.key), bind(nowMs), now;
    for (const char* table : {"ticket_link", "outbox", "outbox_snapshot", "outward_task", "finding_seen"})
        session << "DELETE FROM " << table << " WHERE organisation = $1 AND finding = $2",
            bind(link.organisation), bind(link.finding), now;
    OwnWriteStore::abandon(session, link.organisation, link.finding);
}

void queue(Session& session, const NewRow& row) {
    addRows(session, row.row.organisation, {row});
}

HandLinkStore::Outcome outcomeOf(const HandLink& asked, const std::optional<TicketLink>& before,
                                 const std::optional<OutboxRow>& pushed) {
    using Outcome = HandLinkStore::Outcome;
    if (before)
        return before->ticket.system == asked.link.ticket.system && before->ticket.id == asked.link.ticket.id
                   ? Outcome::Done
                   : Outcome::AlreadyLinked;
    if (pushed && (pushed->state == OutboxState::Sending || pushed->state == OutboxState::InDoubt))
        return Outcome::UnderWay;
    return Outcome::Done;
}

} // namespace

HandLinkStore::Outcome HandLinkStore::mayLink(const HandLink& asked) {
    return _database.read([&](Session& session) {
        return outcomeOf(asked, linkOf(session, asked.link.organisation, asked.link.finding),
                         rowOf(session, asked.row));
    });
}

HandLinkStore::Outcome HandLinkStore::link(const HandLink& asked, std::int64_t nowMs) {
    const TicketLink& link = asked.link;
    return _database.transaction([&](Session& session) {
        const auto before = linkOf(session, link.organisation, link.finding);
        const auto pushed = rowOf(session, asked.row);
        const Outcome outcome = outcomeOf(asked, before, pushed);
        if (before || outcome != Outcome::Done)
            return outcome;
        if (!pushed)
            queue(session, asked.row);
        markCreated(session, link, nowMs);
        OutwardStore::see(session, asked.seen);
        LinkStore::add(session, {link});
        noteFields(session, link, asked.fields);
        // A person who says that it is the finding's ticket takes back that it is a former one.
        session << "DELETE FROM former_link WHERE organisation = $1 AND finding = $2 AND system = $3 AND "
                   "issue_id = $4",
            bind(link.organisation), bind(link.finding), bind(link.ticket.system), bind(link.ticket.id), now;
        return Outcome::Done;
    });
}

std::optional<TicketLink> HandLinkStore::unlink(const std::string& organisation, const std::string& finding,
                                                std::int64_t nowMs) {
    return _database.transaction([&](Session& session) {
        const auto link = linkOf(session, organisation, finding);
        if (link)
            part(session, *link, nowMs);
        return link;
    });
}

HandLinkStore::Outcome HandLinkStore::queueAgain(const NewRow& row, std::int64_t nowMs) {
    return _database.transaction([&](Session& session) {
        const auto link = linkOf(session, row.row.organisation, row.row.finding);
        if (link)
            part(session, *link, nowMs);
        const auto pushed = link ? std::nullopt : rowOf(session, row);
        if (!pushed) {
            queue(session, row);
            return Outcome::Done;
        }
        // Doubt that was parked may have become a ticket: only a person who has looked retries it.
        if (pushed->state == OutboxState::Parked && pushed->cause.rfind("doubt/", 0) == 0)
            return Outcome::UnderWay;
        if (pushed->state == OutboxState::Parked)
            renewRow(session, row.row.organisation, row);
        return Outcome::Done;
    });
}

std::set<std::string> HandLinkStore::formers(const std::string& organisation, const std::string& system,
                                             const std::vector<std::string>& findings) {
    std::set<std::string> result;
    if (findings.empty())
        return result;
    std::vector<std::string> found, issues;
    _database.read([&](Session& session) {
        Statement select(session);
        select << "SELECT finding, issue_id FROM former_link WHERE organisation = $1 AND system = $2 AND "
                  "finding IN ("
               << placeholders(3, findings.size()) << ")",
            bind(organisation), bind(system), into(found), into(issues);
        for (const std::string& finding : findings)
            select, bind(finding);
        select.execute();
        return true;
    });
    for (std::size_t i = 0; i < found.size(); ++i)
        result.insert(formerKey(found[i], issues[i]));
    return result;
}

} // namespace jira_plugin::store
