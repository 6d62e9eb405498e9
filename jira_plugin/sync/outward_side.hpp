#pragma once

#include "manual_link.hpp"
#include "outward.hpp"
#include "outward_desk.hpp"
#include "outward_parts.hpp"
#include "outward_worker.hpp"
#include "push/push_worker.hpp"

#include <functional>

namespace jira_plugin::sync {

/// All of the way to Jira, in the order in which it is acquired. Safe from any thread between start and stop.
class OutwardSide {
public:
    /// All borrowed, outlive this. Nothing runs before start.
    OutwardSide(push::PushParts& parts, push::PushWorker& pushes, SettingsSource& settings, Inward& inward);

    void start() { _worker.start(); }
    /// Joins every thread. cut: makes requests that are under way end at once, called when waiting a little
    /// was not enough.
    void stop(const std::function<void()>& cut);
    /// What waited for the connection is due.
    void connectionChanged() { _worker.wake(); }
    /// What waited for its ticket is due.
    void ticketsCame() { _worker.wake(); }
    /// Other hosts died with tasks in hand.
    void othersVanished() { _worker.wake(); }

    Outward& outward() { return _outward; }
    ManualLinks& links() { return _links; }
    OutwardDesk& desk() { return _desk; }

private:
    OutwardParts _parts;
    OutwardWorker _worker;
    QueuedOutward _outward;
    ManualLinks _links;
    OutwardDesk _desk;
};

} // namespace jira_plugin::sync
