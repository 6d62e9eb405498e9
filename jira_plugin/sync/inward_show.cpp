#include "inward_sync.hpp"

#include "connection/encoding.hpp"

#include <algorithm>
#include <map>
#include <set>

/// What findings show of their tickets: the fields beside them, the comments on the timeline.
namespace jira_plugin::sync {
namespace {

/// In one order: Jira keeps its own.
std::string joined(std::vector<std::string> labels) {
    std::sort(labels.begin(), labels.end());
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : " ") + label;
    return text;
}

struct Shown {
    const char* what;
    std::string inJira;
    std::string here;
    bool isNew = false; ///< nobody knew it before: nothing was missed
};

std::vector<Shown> differences(const host::TicketRef& here, const jira::IssueState& now) {
    const Shown all[] = {{"status", now.status.name, here.status, here.status.empty()},
                         {"priority", now.priority.name, here.priority},
                         {"assignee", now.assignee.name, here.assignee},
                         {"due date", now.dueDate, here.dueDate},
                         {"labels", joined(now.labels), joined(here.labels)}};
    std::vector<Shown> different;
    std::copy_if(std::begin(all), std::end(all), std::back_inserter(different),
                 [](const Shown& shown) { return shown.inJira != shown.here; });
    return different;
}

std::string commentKey(const std::string& id) {
    return "jira.comment." + id;
}

// Without the URL, which changes with the key of the issue: the old one leads there, too.
std::string digestOf(const jira::Comment& comment) {
    std::string text;
    for (const std::string& part : {comment.authorName, comment.text, std::to_string(comment.createdMs)})
        text += std::to_string(part.size()) + ":" + part;
    return connection::sha256Hex(text);
}

host::TimelineEntry entryOf(const jira::Comment& comment, const std::string& ticketUrl) {
    host::TimelineEntry entry;
    entry.kind = host::TimelineEntry::Kind::Comment;
    entry.key = commentKey(comment.id);
    entry.author = comment.authorName;
    entry.text = comment.text;
    entry.url = ticketUrl.empty() ? "" : ticketUrl + "?focusedCommentId=" + comment.id;
    entry.atMs = comment.createdMs;
    return entry;
}

} // namespace

std::vector<Drift> InwardSync::showTicket(const IssueId& issue, const jira::IssueState& now,
                                          const Links& links) {
    std::vector<Drift> drifts;
    Links changed;
    for (const store::TicketLink& link : links) {
        const auto different = differences(link.ticket, now);
        const bool isMoved = link.ticket.key != now.key;
        if (different.empty() && !isMoved)
            continue;
        for (const Shown& shown : different)
            if (!shown.isNew)
                drifts.push_back(
                    {link.finding, now.key, shown.what, shown.inJira, shown.here, "The finding shows it."});
        store::TicketLink fresh = link;
        host::TicketRef& ticket = fresh.ticket;
        ticket.key = now.key;
        if (isMoved)
            ticket.url = urlOf(issue, now.key);
        ticket.status = now.status.name;
        ticket.priority = now.priority.name;
        ticket.assignee = now.assignee.name;
        ticket.dueDate = now.dueDate;
        ticket.labels = now.labels;
        _findings.attachTicket(link.organisation, link.finding, ticket);
        changed.push_back(std::move(fresh));
    }
    _links.refresh(changed);
    return drifts;
}

std::vector<Drift> InwardSync::applyComments(const IssueId& issue, const Hint&) {
    const auto held = _comments.lock(issue); // also while reading: what was read last counts
    const Links links = _links.findByIssue(issue.organisation, issue.system, issue.id);
    if (links.empty())
        return {};
    auto comments = _parts.connections.client(issue.organisation)->comments().comments(issue.id);
    comments.erase(std::remove_if(comments.begin(), comments.end(),
                                  [&](const jira::Comment& comment) {
                                      return !comment.marker.empty() ||
                                             _parts.ownWrites.isOurComment(issue, comment.id);
                                  }),
                   comments.end());
    std::vector<Drift> drifts;
    for (const store::TicketLink& link : links) {
        const auto theirs = showComments(issue, link, comments);
        drifts.insert(drifts.end(), theirs.begin(), theirs.end());
    }
    return drifts;
}

std::vector<Drift> InwardSync::showComments(const IssueId& issue, const store::TicketLink& link,
                                            const std::vector<jira::Comment>& comments) {
    const auto finding = _findings.get(link.organisation, link.finding);
    if (!finding)
        return {};
    const bool showsRestricted =
        _parts.settings.of(finding->organisation, finding->project).showRestrictedComments;
    auto shown = _known.shownComments(issue, link.finding);
    std::map<std::string, std::string> fresh;
    std::vector<Drift> drifts;
    const auto told = [&](const std::string& inJira, const std::string& here, const char* done) {
        drifts.push_back({link.finding, link.ticket.key, "comment", inJira, here, done});
    };
    for (const jira::Comment& comment : comments) {
        if (!comment.restrictedTo.empty() && !showsRestricted)
            continue; // one that was open before is taken away below
        const std::string digest = digestOf(comment);
        const auto before = shown.find(comment.id);
        const bool isNew = before == shown.end();
        const bool isEdited = !isNew && before->second != digest;
        if (!isNew)
            shown.erase(before);
        if (!isNew && !isEdited)
            continue;
        _findings.appendTimeline(link.organisation, link.finding, entryOf(comment, link.ticket.url));
        fresh[comment.id] = digest;
        told(isNew ? "written" : "edited", isNew ? "missing" : "as it was", "The timeline shows it.");
    }
    _known.setShownComments(issue, link.finding, fresh);
    for (const auto& [id, digest] : shown) {
        _findings.removeTimeline(link.organisation, link.finding, commentKey(id));
        _known.removeShownComment(issue, link.finding, id);
        told("deleted or restricted", "shown", "The timeline does not show it any more.");
    }
    return drifts;
}

} // namespace jira_plugin::sync
