#include "manual_link.hpp"

#include "field_plan.hpp"
#include "inward_notes.hpp"
#include "push/dedupe_label.hpp"
#include "push/snapshot.hpp"
#include "store/hand_link_store.hpp"
#include "store/own_write_store.hpp"
#include "ticket_reference.hpp"

#include "jira/issue_state.hpp"

namespace jira_plugin::sync {
namespace {

using Kind = LinkProblem::Kind;

host::Finding findingOf(push::PushParts& parts, const std::string& organisation, const std::string& finding) {
    if (auto found = parts.host.findings.get(organisation, finding))
        return *std::move(found);
    throw LinkProblem(Kind::NoFinding, "There is no finding " + finding + " in this organisation.",
                      "Look whether it was deleted.");
}

store::NewRow rowOf(push::PushParts& parts, const host::Finding& finding, const ManualLinks::Actor& actor) {
    store::NewRow row;
    row.row.organisation = finding.organisation;
    row.row.finding = finding.id;
    row.row.project = finding.project;
    row.row.severity = finding.severity;
    row.row.title = finding.title;
    row.row.stateSinceMs = row.row.dueAtMs = row.row.enqueuedAtMs = parts.nowMs();
    row.row.dedupeLabel = push::dedupeLabel(parts.installationMarker, finding.organisation, finding.id);
    row.row.requestedBy = actor.user;
    row.snapshot = push::encodeSnapshot(finding);
    return row;
}

std::string referenceIn(const jira::Client& client, const std::string& keyOrUrl) {
    const TicketReference reference = readTicketReference(keyOrUrl, client.browseUrl(""));
    switch (reference.kind) {
    case TicketReference::Kind::Key:
        return reference.key;
    case TicketReference::Kind::OtherSite:
        throw LinkProblem(Kind::OtherSite,
                          "This address is at " + reference.site + ", and the Jira that is connected is at " +
                              reference.ownSite + ".",
                          "Link the finding to a ticket in the Jira that is connected.");
    case TicketReference::Kind::Unreadable:
        break;
    }
    throw LinkProblem(
        Kind::BadReference, "This is neither the key of a ticket nor the address of one.",
        "Enter a key such as PAY-123, or the address that the browser shows on the ticket's page.");
}

/// By key, and then in full by its id, which survives a move.
jira::IssueState ticketOf(jira::Client& client, const std::string& key) {
    if (const auto issue = client.issue(key)) {
        auto fetched = client.issueStates().fetch({issue->id});
        if (!fetched.issues.empty())
            return std::move(fetched.issues.front());
    }
    throw LinkProblem(Kind::NoTicket,
                      "Jira has no ticket " + key + ", or the account that is connected may not see it.",
                      "Check the key, and whether the account has access to the project.");
}

/// What the host shows of a ticket.
host::TicketRef shown(const jira::IssueState& issue, const jira::Client& client) {
    host::TicketRef ticket;
    ticket.system = client.system();
    ticket.id = issue.id;
    ticket.key = issue.key;
    ticket.url = client.browseUrl(issue.key);
    ticket.status = issue.status.name;
    ticket.priority = issue.priority.name;
    ticket.assignee = issue.assignee.name;
    ticket.dueDate = issue.dueDate;
    ticket.labels = issue.labels;
    return ticket;
}

/// The finding is parted from a ticket: whether that one is gone is none of its problems any more.
void detach(push::PushParts& parts, const store::TicketLink& link) {
    parts.host.findings.detachTicket(link.organisation, link.finding);
    parts.host.findings.removeTimeline(link.organisation, link.finding, goneKey(link.ticket.id));
}

void tell(push::PushParts& parts, const host::Finding& finding, const ManualLinks::Actor& actor,
          const char* action, const std::string& text, const host::TicketRef& ticket) {
    host::TimelineEntry entry;
    entry.author = actor.name;
    entry.text = text;
    entry.url = ticket.url;
    try {
        parts.host.audit.record(finding.organisation, actor.user, action, finding.id, "");
        parts.host.findings.appendTimeline(finding.organisation, finding.id, entry);
    } catch (const std::exception& problem) {
        parts.host.log.warning("The host was not told of a link by hand.",
                               {{"finding", finding.id}, {"reason", problem.what()}});
    }
}

void demandDone(store::HandLinkStore::Outcome outcome) {
    switch (outcome) {
    case store::HandLinkStore::Outcome::AlreadyLinked:
        throw LinkProblem(Kind::AlreadyLinked, "The finding has a ticket already.",
                          "Unlink it first; the ticket itself stays in Jira as it is.");
    case store::HandLinkStore::Outcome::UnderWay:
        throw LinkProblem(Kind::StillUnderWay, "A ticket of this finding is being created right now.",
                          "Wait until it is there, then unlink it and link the other one.");
    case store::HandLinkStore::Outcome::Done:
        break;
    }
}

std::string by(const ManualLinks::Actor& actor) {
    return actor.name.empty() ? "" : " by " + actor.name;
}

} // namespace

ManualLinks::ManualLinks(push::PushParts& parts, Inward& inward, std::function<void()> queued)
    : _parts(parts), _inward(inward), _queued(std::move(queued)) {}

ManualLinks::Linked ManualLinks::link(const std::string& organisation, const std::string& finding,
                                      const std::string& keyOrUrl, const Actor& actor) {
    const host::Finding about = findingOf(_parts, organisation, finding);
    const auto client = _parts.connections.client(organisation);
    const std::string key = referenceIn(*client, keyOrUrl);
    const jira::IssueState issue = ticketOf(*client, key);
    store::HandLink asked;
    store::TicketLink& link = asked.link;
    link.organisation = organisation;
    link.finding = finding;
    link.ticket = shown(issue, *client);
    link.createdAtMs = _parts.nowMs();
    asked.row = rowOf(_parts, about, actor);
    asked.seen = store::SeenFinding::of(about, "link");
    asked.fields = othersFields();
    const auto before = _parts.links.find(organisation, finding);
    store::HandLinkStore hands(_parts.database);
    demandDone(hands.mayLink(asked));
    const IssueId id{organisation, link.ticket.system, issue.id};
    // What is being written to it is brought into line when that ends.
    if (!store::OwnWriteStore(_parts.database).isOpen(organisation, id.system, id.id)) {
        // What people did there still counts for the findings that are linked already.
        Hint hint;
        hint.atMs = issue.updatedMs;
        _inward.apply(id, issue, hint);
        // What the ticket is now is where its story with this one begins: it does not change because of it.
        _inward.remember(id, issue);
    }
    demandDone(hands.link(asked, _parts.nowMs()));
    Linked linked{link.ticket, {}};
    for (const auto& other : _parts.links.findByIssue(organisation, link.ticket.system, link.ticket.id))
        if (other.finding != finding)
            linked.others.push_back(other.finding);
    if (before)
        return linked;
    _parts.host.findings.attachTicket(organisation, finding, link.ticket);
    tell(_parts, about, actor, "jira.link", "Linked to " + issue.key + by(actor) + ".", link.ticket);
    _queued();
    return linked;
}

host::TicketRef ManualLinks::unlink(const std::string& organisation, const std::string& finding,
                                    const Actor& actor) {
    const auto link = store::HandLinkStore(_parts.database).unlink(organisation, finding, _parts.nowMs());
    if (!link)
        throw LinkProblem(Kind::NotLinked, "The finding has no ticket.", "There is nothing to unlink.");
    if (const auto about = _parts.host.findings.get(organisation, finding)) {
        detach(_parts, *link);
        tell(_parts, *about, actor, "jira.unlink",
             "Unlinked from " + link->ticket.key + by(actor) + ". The ticket stays in Jira as it is.",
             link->ticket);
    }
    return link->ticket;
}

void ManualLinks::createAgain(const std::string& organisation, const std::string& finding,
                              const Actor& actor) {
    const host::Finding about = findingOf(_parts, organisation, finding);
    if (!_parts.mappings.project(organisation, about.project))
        throw LinkProblem(Kind::NotMapped,
                          "The project " + about.projectKey + " is not mapped to a Jira project.",
                          "Map it under Settings > Integrations > Jira > Project Mapping.");
    const auto before = _parts.links.find(organisation, finding);
    const auto outcome =
        store::HandLinkStore(_parts.database).queueAgain(rowOf(_parts, about, actor), _parts.nowMs());
    if (outcome == store::HandLinkStore::Outcome::UnderWay)
        throw LinkProblem(
            Kind::StillUnderWay,
            "Jira's answer to the creation of a ticket was lost: there may be one already.",
            "Look for it in Jira. Link it if it is there; retry the finding under Activity if not.");
    if (before) {
        detach(_parts, *before);
        tell(_parts, about, actor, "jira.create_again",
             "A new ticket was asked for in place of " + before->ticket.key + by(actor) + ".",
             before->ticket);
    }
    _queued();
}

} // namespace jira_plugin::sync
