#pragma once

#include "doubt_resolver.hpp"
#include "push_parts.hpp"
#include "reporter.hpp"
#include "send_permits.hpp"
#include "work_loop.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace jira_plugin::push {

/// Takes what is in the outbox to Jira, on threads of its own. One thread sleeps until something is due; the
/// others live while there is work: batches of each organisation, look-ups of what is in doubt, reports to
/// the host. All functions may be called from any thread; none of them waits for Jira except stop.
class PushWorker {
public:
    /// parts: borrowed, outlives this.
    explicit PushWorker(PushParts& parts);
    /// Stops when that has not been done.
    ~PushWorker();
    PushWorker(const PushWorker&) = delete;
    PushWorker& operator=(const PushWorker&) = delete;

    /// Once. Throws store::StoreError.
    void start();

    /// Hears of it whenever a batch or a look-up has ended: findings may have got their tickets. Set before
    /// start; called from any thread.
    void onProgress(std::function<void()> listener) { _progressed = std::move(listener); }

    /// Something was put into the outbox, or became due.
    void wake();

    /// The organisation was connected or reconnected: forgets what was known of its Jira, and what waited for
    /// the connection is due.
    void connectionChanged(const std::string& organisation);

    /// Takes nothing new; waits up to `grace` for requests that are under way, then calls cut, which must
    /// make them end at once (what they carried is in doubt), and joins every thread. After it nothing of the
    /// host is called. May be called twice.
    void stop(std::chrono::milliseconds grace = std::chrono::seconds(5),
              const std::function<void()>& cut = {});

private:
    std::int64_t plan();
    std::int64_t planOrganisation(const store::OrganisationWork& work);
    void startLanes(const std::string& organisation, std::int64_t due);
    void lane(const std::string& organisation);
    void resolve(const std::string& organisation);
    void progressed();
    void startReporter();
    void report();
    void sweep();

    PushParts& _parts;
    SendPermits _permits;
    DoubtResolver _doubt;
    Reporter _reporter;
    std::function<void()> _progressed;
    WorkLoop _loop; ///< last: its threads use everything above
};

} // namespace jira_plugin::push
