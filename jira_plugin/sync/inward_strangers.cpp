#include "inward_strangers.hpp"

#include "inward_notes.hpp"
#include "store/hand_link_store.hpp"

namespace jira_plugin::sync {
namespace {

jira::Issue asFound(const jira::IssueState& state) {
    jira::Issue issue;
    issue.id = state.id;
    issue.key = state.key;
    issue.summary = state.summary;
    issue.projectId = state.projectId;
    issue.status = state.status.name;
    issue.statusCategory = state.status.category;
    issue.priority = state.priority.name;
    issue.assignee = state.assignee.name;
    issue.dueDate = state.dueDate;
    issue.labels = state.labels;
    return issue;
}

} // namespace

Strangers::Meeting Strangers::meet(const std::string& organisation, jira::Client& client,
                                   const jira::IssueState& issue) {
    if (_doubts.adopt(organisation, client, asFound(issue))) {
        _adopted();
        return Meeting::Adopted;
    }
    for (const std::string& label : issue.labels)
        for (const store::OutboxRow& row : _parts.outbox.labelled(organisation, label))
            if (const auto meeting = meetLabelled(client, issue, row); meeting != Meeting::Nothing)
                return meeting;
    return Meeting::Nothing;
}

Strangers::Meeting Strangers::meetLabelled(jira::Client& client, const jira::IssueState& issue,
                                           const store::OutboxRow& row) {
    // A ticket that the finding was parted from still carries its label, and is no copy.
    if (store::HandLinkStore(_parts.database)
            .isFormer(row.organisation, client.system(), row.finding, issue.id))
        return Meeting::Nothing;
    const auto link = _parts.links.find(row.organisation, row.finding);
    if (!link)
        return row.state == store::OutboxState::Sending ? Meeting::TooEarly : Meeting::Nothing;
    if (link->ticket.system != client.system())
        return Meeting::Nothing;
    if (link->ticket.id == issue.id)
        return Meeting::Adopted; // since this began
    tellOfClone(client, issue, *link);
    return Meeting::Nothing;
}

void Strangers::tellOfClone(jira::Client& client, const jira::IssueState& clone,
                            const store::TicketLink& link) {
    if (!_parts.host.findings.get(link.organisation, link.finding))
        return;
    _parts.host.findings.appendTimeline(link.organisation, link.finding,
                                        cloneNote(clone, client.browseUrl(clone.key), link.ticket.key));
}

} // namespace jira_plugin::sync
