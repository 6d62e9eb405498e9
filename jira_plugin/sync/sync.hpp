#pragma once

#include "contracts.hpp"
#include "inbox_intake.hpp"
#include "inbox_store.hpp"
#include "inbox_worker.hpp"
#include "inward_sync.hpp"
#include "known_issue_store.hpp"
#include "outward_side.hpp"
#include "own_writes.hpp"
#include "push/push_parts.hpp"
#include "push/push_worker.hpp"
#include "recent_webhooks.hpp"
#include "route.hpp"
#include "upkeep.hpp"

#include <functional>
#include <string>

namespace jira_plugin::sync {

/// Two-way sync as a whole: what runs, in the order in which it is acquired, and released in reverse. Safe
/// from any thread between start and stop.
class Sync {
public:
    /// All borrowed, outlive this. Nothing runs before start.
    Sync(push::PushParts& parts, push::PushWorker& pushes, SettingsSource& settings, UpkeepParts& upkeep);

    /// Throws store::StoreError; nothing runs then.
    void start();
    /// Takes nothing new and joins every thread. cut: makes requests that are under way end at once, called
    /// when waiting a little was not enough.
    void stop(const std::function<void()>& cut);

    /// As Route::take.
    void delivery(const DeliveryRequest& request, const Route::Reply& reply) { _route.take(request, reply); }
    /// Something happened to a finding at the host. Throws store::StoreError; the host then tells it again.
    void findingChanged(const host::FindingChange& change);
    void connectionChanged(const std::string& organisation);
    /// What other hosts had in hand when they died is taken over at once.
    void othersVanished() {
        _worker.wake();
        _outward.othersVanished();
    }
    /// Once a day.
    void maintain();

    Inward& inward() { return _inward; }
    OutwardSide& outward() { return _outward; }
    Upkeep& upkeep() { return _upkeep; }
    InboxStore& inbox() { return _inbox; }
    /// Deliveries were made due again.
    void inboxChanged() { _worker.wake(); }

private:
    void adopted();

    push::PushParts& _parts;
    push::PushWorker& _pushes;
    WebhookLookup _webhooks;
    RecordedWrites _ownWrites;
    KnownIssueStore _known;
    InwardSync _inward;
    OutwardSide _outward;
    Upkeep _upkeep;
    InboxStore _inbox;
    InboxWorker _worker;
    RecentWebhooks _recentWebhooks;
    InboxIntake _intake;
    Route _route;
};

} // namespace jira_plugin::sync
