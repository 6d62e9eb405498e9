#include "work_loop.hpp"

#include <algorithm>

namespace jira_plugin::push {
namespace {

// Also without a word from anybody, leases of other hosts expire and clocks move.
constexpr std::chrono::milliseconds longestSleep{30'000};
constexpr std::chrono::milliseconds troublePause{5'000};

} // namespace

WorkLoop::WorkLoop(const host::Services& host, Names names, Plan plan)
    : _host(host), _names(std::move(names)), _plan(std::move(plan)), _tasks([this](const std::string& task) {
          if (task != _names.quiet)
              wake();
      }) {}

void WorkLoop::start() {
    _thread = std::thread([this] { loop(); });
}

void WorkLoop::wake() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isWoken = true;
    }
    _woken.notify_all();
}

void WorkLoop::run(const std::string& task, const std::string& what, std::function<void()> work) {
    _tasks.run(task, [this, what, work = std::move(work)] { guarded(what, work); });
}

bool WorkLoop::isStopping() {
    const std::lock_guard<std::mutex> lock(_mutex);
    return _isStopping;
}

void WorkLoop::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isStopping = true;
    }
    _woken.notify_all();
    if (_thread.joinable()) {
        _thread.join();
        guarded("Cancelling the host's wake-up call", [this] { _host.scheduler.cancel(_names.wakeJob); });
    }
    if (!_tasks.waitIdle(grace) && cut)
        cut();
    _tasks.stop();
}

void WorkLoop::loop() {
    while (!isStopping()) {
        std::int64_t dueMs = -1;
        guarded(_names.plan, [&] {
            _tasks.reap();
            dueMs = _plan();
        });
        sleepUntil(dueMs);
    }
}

void WorkLoop::sleepUntil(std::int64_t dueMs) {
    auto sleep = longestSleep;
    if (dueMs >= 0) {
        sleep = std::clamp(std::chrono::milliseconds(dueMs - _host.clock.nowMs()),
                           std::chrono::milliseconds(1), longestSleep);
        guarded("The wake-up call of the host",
                [&] { _host.scheduler.at(_names.wakeJob, dueMs, [this] { wake(); }); });
    }
    std::unique_lock<std::mutex> lock(_mutex);
    if (_isTroubled) {
        _isTroubled = false;
        _woken.wait_for(lock, troublePause, [&] { return _isStopping; });
    } else {
        _woken.wait_for(lock, sleep, [&] { return _isWoken || _isStopping; });
    }
    _isWoken = false;
}

void WorkLoop::guarded(const std::string& what, const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& problem) {
        _host.log.error(what + " failed and is tried again.", {{"reason", problem.what()}});
        {
            const std::lock_guard<std::mutex> lock(_mutex);
            _isTroubled = true;
        }
        wake();
    }
}

} // namespace jira_plugin::push
