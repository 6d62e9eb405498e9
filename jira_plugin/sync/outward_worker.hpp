#pragma once

#include "outward_parts.hpp"
#include "push/task_threads.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

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
    void start();
    /// Something was queued or became due, or an organisation was connected.
    void wake();
    /// Takes nothing new, waits up to grace for what is under way, then calls cut, which must make requests
    /// end at once, and joins every thread. After it nothing of the host is called. May be called twice.
    void stop(std::chrono::milliseconds grace = std::chrono::seconds(5),
              const std::function<void()>& cut = {});

private:
    void loop();
    std::int64_t plan();
    void lane(const std::string& organisation);
    void sleepUntil(std::int64_t dueMs);
    void guarded(const char* what, const std::function<void()>& work);
    bool isStopping();

    OutwardParts& _parts;
    std::mutex _mutex;
    std::condition_variable _woken;
    bool _isWoken = false;
    bool _isStopping = false;
    bool _isTroubled = false; ///< something failed: pause before the next plan
    std::thread _thread;
    push::TaskThreads _tasks; ///< last: its threads use everything above
};

} // namespace jira_plugin::sync
