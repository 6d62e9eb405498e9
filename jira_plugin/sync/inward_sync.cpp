#include "inward_sync.hpp"

#include "inward_verdict.hpp"

#include <algorithm>
#include <stdexcept>

namespace jira_plugin::sync {
namespace {

constexpr int mostTries = 8;

bool isSame(const jira::Named& a, const jira::Named& b) {
    return a.id == b.id && a.name == b.name;
}

bool isSame(const jira::IssueState& a, const jira::IssueState& b) {
    return a.key == b.key && a.summary == b.summary && a.projectId == b.projectId &&
           a.projectKey == b.projectKey && a.issueTypeId == b.issueTypeId && a.status.id == b.status.id &&
           a.status.name == b.status.name && a.status.category == b.status.category &&
           isSame(a.resolution, b.resolution) && isSame(a.priority, b.priority) &&
           isSame(a.assignee, b.assignee) && a.dueDate == b.dueDate && a.labels == b.labels &&
           a.updatedMs == b.updatedMs;
}

std::runtime_error keepsChanging(const std::string& what) {
    return std::runtime_error(what + " kept changing while its ticket was being applied.");
}

} // namespace

/// What is between two states of an issue.
struct InwardSync::Change {
    const IssueId& issue;
    const std::optional<KnownIssue>& before;
    const jira::IssueState& now;
    const Hint& hint;
    const Links& links;
    Turn turn = Turn::None;
    std::int64_t turns = 0;    ///< this one included
    std::int64_t revision = 0; ///< of what is known

    bool isReturn() const { return before && before->gone; }
};

InwardSync::InwardSync(const Parts& parts)
    : _parts(parts), _findings(parts.host.findings), _links(parts.database), _known(parts.database) {}

std::string InwardSync::urlOf(const IssueId& issue, const std::string& key) {
    return _parts.connections.client(issue.organisation)->browseUrl(key);
}

std::vector<Drift> InwardSync::apply(const IssueId& issue, const jira::IssueState& now, const Hint& hint) {
    const auto held = _states.lock(issue);
    for (int i = 0; i < mostTries; ++i) {
        const Links links = _links.findByIssue(issue.organisation, issue.system, issue.id);
        if (links.empty())
            return {};
        const auto before = _known.find(issue);
        if (before && now.updatedMs < before->state.updatedMs)
            return {};
        Change change{issue, before, now, hint, links};
        change.revision = before ? before->revision : 0;
        change.turns = before ? before->turns : 0;
        const bool isEdge = now.isDone() != (before && before->state.isDone());
        if (isEdge || (before && before->isTurning))
            change.turn = now.isDone() ? Turn::Closed : Turn::Reopened;
        if (isEdge && !announceTurn(change))
            continue;
        auto drifts = bringIntoLine(change);
        if (change.turn == Turn::None && before && !before->gone && isSame(before->state, now))
            return drifts;
        if (_known.write(issue, {now, std::nullopt, change.turns, false, change.revision}))
            return drifts;
    }
    throw keepsChanging(now.key);
}

// Before the findings hear of it: when a crash comes between and the ticket has turned back by then, nothing
// in Jira would tell that some of them were told. Of the rest the old is kept, which the effects are told by.
bool InwardSync::announceTurn(Change& change) {
    KnownIssue known = change.before.value_or(KnownIssue{change.now, {}, 0, false, 0});
    known.state.status = change.now.status;
    known.state.updatedMs = change.now.updatedMs;
    known.turns = ++change.turns;
    known.isTurning = true;
    ++change.revision;
    return _known.write(change.issue, known);
}

std::vector<Drift> InwardSync::bringIntoLine(const Change& change) {
    std::vector<Drift> drifts;
    for (const store::TicketLink& link : change.links) {
        if (change.isReturn())
            tellReturn(change, link);
        tellMove(change, link, drifts);
        if (change.turn != Turn::None)
            turn(change, link, drifts);
    }
    const auto shown = showTicket(change.issue, change.now, change.links);
    drifts.insert(drifts.end(), shown.begin(), shown.end());
    return drifts;
}

void InwardSync::tellReturn(const Change& change, const store::TicketLink& link) {
    if (!_findings.get(link.organisation, link.finding))
        return;
    _findings.removeTimeline(link.organisation, link.finding, goneKey(change.issue.id));
    _findings.appendTimeline(link.organisation, link.finding, backNote(change.now, change.hint));
}

// By the link, so that a finding that missed it is told.
void InwardSync::tellMove(const Change& change, const store::TicketLink& link, std::vector<Drift>& drifts) {
    if (link.ticket.key == change.now.key || !_findings.get(link.organisation, link.finding))
        return;
    const bool isRename = change.before && change.before->state.projectId == change.now.projectId;
    auto note = movedNote(link.ticket.key, isRename, change.now, change.hint);
    note.url = urlOf(change.issue, change.now.key);
    _findings.appendTimeline(link.organisation, link.finding, note);
    drifts.push_back({link.finding, change.now.key, "key", change.now.key, link.ticket.key,
                      "The link follows the ticket."});
}

std::optional<host::FindingStatus> InwardSync::wanted(const Change& change, const host::Finding& finding) {
    if (change.turn == Turn::Closed)
        return whenClosed(_parts.settings.of(finding.organisation, finding.project), change.now.resolution,
                          finding.status);
    const bool isVerdict = _known.verdict(finding.organisation, finding.id) == finding.status;
    return whenReopened(finding.status, isVerdict, change.links.size() > 1);
}

// What the ticket made of it is written first: after a crash in between, the same is set again.
bool InwardSync::set(const Change& change, const host::Finding& finding, host::FindingStatus status) {
    const bool isClosing = change.turn == Turn::Closed;
    if (isClosing)
        _known.setVerdict(finding.organisation, finding.id, status);
    const bool isSet = _findings.setStatus(finding.organisation, finding.id, status,
                                           turnText(change.turn, change.now, change.hint), finding.revision);
    if (isSet != isClosing)
        _known.setVerdict(finding.organisation, finding.id, std::nullopt);
    return isSet;
}

void InwardSync::turn(const Change& change, const store::TicketLink& link, std::vector<Drift>& drifts) {
    for (int i = 0; i < mostTries; ++i) {
        const auto finding = _findings.get(link.organisation, link.finding);
        if (!finding)
            return;
        const auto status = wanted(change, *finding);
        if (status && !set(change, *finding, *status))
            continue; // it changed meanwhile: decide by what it is now
        const std::string outcome = outcomeText(change.turn, status, finding->status);
        auto note = turnNote(change.turn, change.now, change.hint, change.turns, outcome);
        note.url = link.ticket.url;
        _findings.appendTimeline(link.organisation, link.finding, note);
        drifts.push_back({link.finding, change.now.key, "status", change.now.status.name,
                          host::toString(finding->status), outcome});
        return;
    }
    throw keepsChanging("The finding " + link.finding);
}

std::vector<Drift> InwardSync::applyGone(const IssueId& issue, Gone how, const Hint& hint) {
    const auto held = _states.lock(issue);
    for (int i = 0; i < mostTries; ++i) {
        const Links links = _links.findByIssue(issue.organisation, issue.system, issue.id);
        if (links.empty())
            return {};
        auto known = _known.find(issue).value_or(KnownIssue{});
        // That it was deleted is known for certain, that it cannot be read is said of a deleted one, too.
        if (known.gone == how || known.gone == Gone::Deleted)
            return {};
        if (known.revision == 0)
            known.state.key = links.front().ticket.key;
        std::vector<Drift> drifts;
        for (const store::TicketLink& link : links) {
            showGone(link, how, known.state.key, hint);
            drifts.push_back({link.finding, known.state.key, "ticket",
                              how == Gone::Deleted ? "deleted" : "cannot be read", link.ticket.status,
                              "The finding says so and stays as it is."});
        }
        known.gone = how;
        if (_known.write(issue, known))
            return drifts;
    }
    throw keepsChanging("The ticket " + issue.id);
}

void InwardSync::showGone(const store::TicketLink& link, Gone how, const std::string& key, const Hint& hint) {
    if (!_findings.get(link.organisation, link.finding))
        return;
    _findings.appendTimeline(link.organisation, link.finding, goneNote(how, link.ticket.id, key, hint));
    store::TicketLink shown = link;
    shown.ticket.status = how == Gone::Deleted ? "Deleted in Jira" : "Not visible in Jira";
    _findings.attachTicket(link.organisation, link.finding, shown.ticket);
    _links.refresh({shown});
}

void InwardSync::remember(const IssueId& issue, const jira::IssueState& now) {
    const auto held = _states.lock(issue);
    for (int i = 0; i < mostTries; ++i) {
        const auto before = _known.find(issue);
        if (before && now.updatedMs < before->state.updatedMs)
            return;
        showTicket(issue, now, _links.findByIssue(issue.organisation, issue.system, issue.id));
        KnownIssue known{now, std::nullopt, 0, false, 0};
        if (before) {
            known.turns = before->turns;
            known.isTurning = before->isTurning && now.isDone() == before->state.isDone();
            known.revision = before->revision;
        }
        if (_known.write(issue, known))
            return;
    }
    throw keepsChanging(now.key);
}

} // namespace jira_plugin::sync
