#include "push_service.hpp"
#include "snapshot.hpp"
#include "withdrawal.hpp"

#include "store/outbox_amend.hpp"

namespace jira_plugin::push {

void PushService::findingChanged(const host::Finding& finding, bool deleted) {
    store::OutboxAmend outbox(_parts.database);
    if (!deleted && settledBecause(finding.status) == nullptr) {
        outbox.refresh(finding.organisation, finding, encodeSnapshot(finding), _parts.nowMs());
        return;
    }
    if (!deleted && !outbox.isWithdrawable(finding.organisation, finding.id, _parts.nowMs()))
        return;
    // Before it leaves the queue: after a crash in between, the host tells of the change again, and what is
    // no longer in the queue would be news to nobody. And after it: that it waits may be told until then.
    if (!deleted)
        tellWithdrawn(_parts.host, finding);
    const bool isGone = outbox.withdraw(finding.organisation, finding.id, _parts.nowMs());
    if (isGone && !deleted)
        tellWithdrawn(_parts.host, finding);
}

} // namespace jira_plugin::push
