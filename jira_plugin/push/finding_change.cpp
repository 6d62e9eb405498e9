#include "push_service.hpp"
#include "snapshot.hpp"

#include "store/outbox_amend.hpp"

namespace jira_plugin::push {
namespace {

/// Why a finding in this state needs no ticket any more; NULL when it does.
const char* settledBecause(host::FindingStatus status) {
    switch (status) {
    case host::FindingStatus::Resolved:
        return "it was resolved";
    case host::FindingStatus::Accepted:
        return "its risk was accepted";
    case host::FindingStatus::FalsePositive:
        return "it was marked as a false positive";
    case host::FindingStatus::NotFound:
        return "the scanner no longer reports it";
    case host::FindingStatus::Open:
    case host::FindingStatus::AwaitingScan:
        return nullptr;
    }
    return nullptr;
}

} // namespace

void PushService::findingChanged(const host::Finding& finding, bool deleted) {
    store::OutboxAmend outbox(_parts.database);
    const char* settled = settledBecause(finding.status);
    if (!deleted && settled == nullptr) {
        outbox.refresh(finding.organisation, finding, encodeSnapshot(finding), _parts.nowMs());
        return;
    }
    if (!deleted && !outbox.isWithdrawable(finding.organisation, finding.id, _parts.nowMs()))
        return;
    // Before it leaves the queue: after a crash in between, the host tells of the change again, and what is
    // no longer in the queue would be news to nobody.
    if (!deleted)
        tellWithdrawn(finding, settled);
    outbox.withdraw(finding.organisation, finding.id, _parts.nowMs());
}

void PushService::tellWithdrawn(const host::Finding& finding, const std::string& settled) {
    const std::string message = "No ticket was created: " + settled + " while it waited for Jira.";
    _parts.host.findings.reportPush(finding.organisation, finding.id, host::PushState::None, message, {},
                                    nullptr);
    host::TimelineEntry entry;
    entry.key = "jira.push";
    entry.text = message;
    _parts.host.findings.appendTimeline(finding.organisation, finding.id, entry);
}

} // namespace jira_plugin::push
