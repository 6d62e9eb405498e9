#include "task_threads.hpp"

#include <vector>

namespace jira_plugin::push {

void TaskThreads::run(const std::string& name, std::function<void()> work) {
    const std::lock_guard<std::mutex> lock(_mutex);
    if (_stopped)
        return;
    Task& task = _tasks[name];
    if (task.thread.joinable() && !task.ended) {
        task.again = true;
        return;
    }
    if (task.thread.joinable())
        task.thread.join(); // it has ended: this does not wait
    task.again = false;
    task.ended = false;
    try {
        task.thread = std::thread([this, name, &task, work = std::move(work)] { loop(name, task, work); });
    } catch (...) {
        _tasks.erase(name);
        throw;
    }
    ++_running;
}

void TaskThreads::loop(const std::string& name, Task& task, const std::function<void()>& work) {
    for (;;) {
        work();
        const std::lock_guard<std::mutex> lock(_mutex);
        if (task.again && !_stopped) {
            task.again = false;
            continue;
        }
        task.ended = true;
        --_running;
        break;
    }
    _ended.notify_all();
    _whenEnded(name);
}

bool TaskThreads::isRunning(const std::string& name) {
    const std::lock_guard<std::mutex> lock(_mutex);
    const auto task = _tasks.find(name);
    return task != _tasks.end() && !task->second.ended;
}

void TaskThreads::reap() {
    const std::lock_guard<std::mutex> lock(_mutex);
    if (_stopped)
        return; // stop() joins them
    for (auto task = _tasks.begin(); task != _tasks.end();) {
        if (!task->second.ended) {
            ++task;
            continue;
        }
        task->second.thread.join();
        task = _tasks.erase(task);
    }
}

void TaskThreads::stop() {
    std::vector<std::thread*> threads;
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _stopped = true;
        for (auto& [name, task] : _tasks)
            threads.push_back(&task.thread);
    }
    for (std::thread* thread : threads)
        if (thread->joinable())
            thread->join();
    const std::lock_guard<std::mutex> lock(_mutex);
    _tasks.clear();
}

bool TaskThreads::waitIdle(std::chrono::milliseconds limit) {
    std::unique_lock<std::mutex> lock(_mutex);
    return _ended.wait_for(lock, limit, [&] { return _running == 0; });
}

} // namespace jira_plugin::push
