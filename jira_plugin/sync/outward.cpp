#include "outward.hpp"

#include "field_wishes.hpp"
#include "jira/errors.hpp"
#include "known_issue_store.hpp"
#include "push/snapshot.hpp"
#include "store/random.hpp"

namespace jira_plugin::sync {
namespace {

const char* const isQueued = "It is queued to be written to Jira.";

} // namespace

void QueuedOutward::findingChanged(const host::FindingChange& change) {
    if (!mayHaveTicket(change.finding.organisation, change.finding.id))
        return;
    std::vector<store::OutwardTask> tasks;
    for (const Arisen& arisen : occasionsOf(change))
        tasks.push_back(taskOf(change, arisen));
    if (_parts.tasks.take(store::SeenFinding::of(change.finding, change.event), tasks) && !tasks.empty())
        _wake();
}

/// What waits for its ticket to be created is sent as it is then, and needs nothing; what is on its way does.
bool QueuedOutward::mayHaveTicket(const std::string& organisation, const std::string& finding) {
    // The row before the link: a ticket that is created in between shows in the second of them.
    const auto row = _parts.push.outbox.find(organisation, finding);
    if (row && (!row->leaseOwner.empty() || row->state == store::OutboxState::Sending ||
                row->state == store::OutboxState::InDoubt || row->cause.rfind("doubt/", 0) == 0))
        return true;
    return _parts.push.links.find(organisation, finding).has_value();
}

store::OutwardTask QueuedOutward::taskOf(const host::FindingChange& change, const Arisen& arisen) const {
    store::OutwardTask task;
    task.organisation = change.finding.organisation;
    task.id = store::randomHex(8);
    task.finding = change.finding.id;
    task.kind = toString(arisen.kind);
    task.occasion = arisen.occasion ? toString(*arisen.occasion) : "";
    task.oldValue = arisen.oldValue;
    task.newValue = arisen.newValue;
    task.snapshot = push::encodeSnapshot(change.finding);
    task.who = change.actorName.empty() || change.actor == "scan" || change.actor == "policy"
                   ? change.actor
                   : change.actorName;
    task.why = change.reason;
    task.createdAtMs = task.dueAtMs = _parts.nowMs();
    return task;
}

std::vector<Drift> QueuedOutward::align(const host::Finding& finding, const IssueId& issue,
                                        const jira::IssueState& now) {
    std::vector<Drift> drifts;
    const auto link = _parts.push.links.find(finding.organisation, finding.id);
    if (!link || link->ticket.system != issue.system || link->ticket.id != issue.id ||
        _parts.writes.isOpen(issue.organisation, issue.system, issue.id))
        return drifts;
    // A search may answer with what the ticket was before our last change of it.
    if (const auto known = KnownIssueStore(_parts.push.database).find(issue);
        known && now.updatedMs < known->state.updatedMs)
        return drifts;
    if (auto drift = alignStatus(finding, issue, now))
        drifts.push_back(*std::move(drift));
    for (Drift& drift : alignFields(finding, issue, now))
        drifts.push_back(std::move(drift));
    if (!drifts.empty())
        _wake();
    return drifts;
}

/// A ticket that is not where its finding is, is moved only for a change that nobody told us of: people may
/// have their reasons for everything else.
std::optional<Drift> QueuedOutward::alignStatus(const host::Finding& finding, const IssueId& issue,
                                                const jira::IssueState& now) {
    const auto seen = _parts.tasks.seen(finding.organisation, finding.id);
    host::FindingChange missed;
    missed.finding = finding;
    missed.statusChanged = true;
    missed.oldStatus = seen ? seen->status : host::FindingStatus::Open;
    missed.event = "reconciliation";
    if (seen && finding.revision <= seen->revision)
        return std::nullopt;
    const auto arisen = occasionsOf(missed);
    if (arisen.empty() || closes(*arisen.front().occasion) == now.isDone())
        return std::nullopt;
    const auto settings = _parts.settings.of(finding.organisation, finding.project);
    if (settings.reaction(*arisen.front().occasion) != Reaction::TransitionAndComment)
        return std::nullopt;
    if (closes(*arisen.front().occasion))
        for (const auto& link : _parts.push.links.findByIssue(issue.organisation, issue.system, issue.id))
            if (const auto other = _parts.push.host.findings.get(finding.organisation, link.finding);
                link.finding != finding.id && other && !isSettled(other->status))
                return std::nullopt;
    if (!_parts.tasks.take(store::SeenFinding::of(finding, missed.event), {taskOf(missed, arisen.front())}))
        return std::nullopt;
    return Drift{finding.id, now.key, "status", now.status.name, host::toString(finding.status), isQueued};
}

std::vector<Drift> QueuedOutward::alignFields(const host::Finding& finding, const IssueId& issue,
                                              const jira::IssueState& now) {
    std::vector<Drift> drifts;
    if (!isLeading(_parts, issue, finding.id))
        return drifts;
    const auto client = _parts.push.connections.client(finding.organisation);
    const auto skip = [&](const std::exception& reason) {
        _parts.push.host.log.debug("The fields of a ticket were not compared.",
                                   {{"ticket", now.key}, {"reason", reason.what()}});
    };
    FieldPlan plan;
    try {
        plan = planFor(_parts, *client, issue, now, finding, std::nullopt);
    } catch (const jira::Refusal& refusal) { // a type of ticket that nobody may create has no fields
        skip(refusal);
    } catch (const std::invalid_argument& problem) { // this machine does not know the time zone of due dates
        skip(problem);
    }
    for (const FieldDifference& each : plan.written)
        drifts.push_back({finding.id, now.key, toString(each.field), each.inJira, each.wanted, isQueued});
    if (drifts.empty())
        return drifts;
    host::FindingChange change;
    change.finding = finding;
    _parts.tasks.queue(taskOf(change, {Arisen::Kind::Fields, std::nullopt, "", ""}));
    return drifts;
}

} // namespace jira_plugin::sync
