#pragma once

#include "outward_parts.hpp"
#include "push/work_loop.hpp"

#include <functional>
#include <string>

namespace jira_plugin::sync {

/// Takes what is in the queue of changes to Jira, on threads of its own: one sleeps until something is due,
/// the others live while an organisation has work. All functions may be called from any thread; none of them
/// waits for Jira except stop.
class OutwardWorker {
public:
    /// parts: borrowed, outlives this.
    explicit OutwardWorker(OutwardParts& parts);
    /// Stops when that has not been done.
    ~OutwardWorker();
    OutwardWorker(const OutwardWorker&) = delete;
    OutwardWorker& operator=(const OutwardWorker&) = delete;

    /// Once.
    void start() { _loop.start(); }
    /// Something was queued or became due, or an organisation was connected.
    void wake() { _loop.wake(); }
    /// Takes nothing new, waits up to grace for what is under way, then calls cut, which must make requests
    /// end at once, and joins every thread. After it nothing of the host is called. May be called twice.
    void stop(std::chrono::milliseconds grace = std::chrono::seconds(5),
              const std::function<void()>& cut = {});

private:
    std::int64_t plan();
    void lane(const std::string& organisation);

    OutwardParts& _parts;
    push::WorkLoop _loop; ///< last: its threads use everything above
};

} // namespace jira_plugin::sync
