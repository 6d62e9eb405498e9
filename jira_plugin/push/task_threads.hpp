#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace jira_plugin::push {

/// Threads that exist while there is something to do: one per name at most. Safe from any thread.
class TaskThreads {
public:
    /// whenEnded: called with the task's name on its thread after it has ended; must not throw.
    explicit TaskThreads(std::function<void(const std::string&)> whenEnded)
        : _whenEnded(std::move(whenEnded)) {}
    ~TaskThreads() { stop(); }
    TaskThreads(const TaskThreads&) = delete;
    TaskThreads& operator=(const TaskThreads&) = delete;

    /// Runs work on a thread of its own. While one of that name runs, it runs once more afterwards instead.
    /// work must not throw. Does nothing after stop.
    void run(const std::string& name, std::function<void()> work);

    /// Whether one of that name has not ended yet.
    bool isRunning(const std::string& name);

    /// Joins what has ended.
    void reap();
    /// Joins everything; nothing starts any more.
    void stop();
    /// Waits until no task runs, at most this long; whether that came true.
    bool waitIdle(std::chrono::milliseconds limit);

private:
    struct Task {
        std::thread thread;
        bool again = false;
        bool ended = false;
    };
    void loop(const std::string& name, Task& task, const std::function<void()>& work);

    const std::function<void(const std::string&)> _whenEnded;
    std::mutex _mutex;
    std::condition_variable _ended;
    std::map<std::string, Task> _tasks;
    std::size_t _running = 0;
    bool _stopped = false;
};

} // namespace jira_plugin::push
