#pragma once

#include "host/services.hpp"
#include "task_threads.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace jira_plugin::push {

/// A thread that plans what is due, starts it as tasks, and sleeps until something is due next. What fails is
/// logged, and planned again after a pause. All functions may be called from any thread.
class WorkLoop {
public:
    struct Names {
        std::string wakeJob;    ///< of the host's scheduler, whose clock may run ahead of this thread's
        std::string plan;       ///< for the log: "The plan of pushes"
        std::string quiet = {}; ///< the task whose end is no reason to plan again
    };
    /// Starts what is due with run(); answers when something is due next, -1 for never. May throw.
    using Plan = std::function<std::int64_t()>;

    /// host: borrowed, outlives this.
    WorkLoop(const host::Services& host, Names names, Plan plan);
    /// Stops when that has not been done.
    ~WorkLoop() { stop(std::chrono::milliseconds(0), {}); }
    WorkLoop(const WorkLoop&) = delete;
    WorkLoop& operator=(const WorkLoop&) = delete;

    /// Once.
    void start();
    /// Something came or became due.
    void wake();
    /// As TaskThreads::run, for work that may throw. what: for the log, "A batch of tickets".
    void run(const std::string& task, const std::string& what, std::function<void()> work);
    /// Such a task is under way; its end is a reason to plan again, unless it is the quiet one.
    bool isRunning(const std::string& task) { return _tasks.isRunning(task); }
    bool isStopping();
    /// Plans nothing new; waits up to grace for tasks, then calls cut, which must make requests end at once,
    /// and joins every thread. May be called twice.
    void stop(std::chrono::milliseconds grace, const std::function<void()>& cut);

private:
    void loop();
    void sleepUntil(std::int64_t dueMs);
    void guarded(const std::string& what, const std::function<void()>& work);

    const host::Services& _host;
    const Names _names;
    const Plan _plan;
    std::mutex _mutex;
    std::condition_variable _woken;
    bool _isWoken = false;
    bool _isStopping = false;
    bool _isTroubled = false; ///< something failed: pause before the next plan
    std::thread _thread;
    TaskThreads _tasks; ///< last: its threads use everything above
};

} // namespace jira_plugin::push
