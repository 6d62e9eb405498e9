#include "control_thread.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include <aspm_host/host_threads.hpp>

namespace aspm::host {

struct ControlThread::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::function<void()> work;
    bool marked = false;
    bool busy = false;
    bool end = false;
};

ControlThread::ControlThread() : _state(std::make_shared<State>()) {
    _thread = std::thread([state = _state] {
        HostThread mark("aspm-control");
        std::unique_lock<std::mutex> lock(state->mutex);
        state->marked = true;
        state->changed.notify_all();
        for (;;) {
            state->changed.wait(lock, [&] { return state->work || state->end; });
            if (!state->work)
                return;
            auto work = std::move(state->work);
            state->work = nullptr;
            lock.unlock();
            work();
            work = nullptr;
            lock.lock();
            state->busy = false;
            state->changed.notify_all();
        }
    });
    std::unique_lock<std::mutex> lock(_state->mutex);
    _state->changed.wait(lock, [&] { return _state->marked; });
}

bool ControlThread::run(std::function<void()> work, std::int64_t ms) {
    std::unique_lock<std::mutex> lock(_state->mutex);
    if (_state->busy)
        return false;
    _state->busy = true;
    _state->work = std::move(work);
    _state->changed.notify_all();
    return _state->changed.wait_for(lock, std::chrono::milliseconds(ms), [&] { return !_state->busy; });
}

ControlThread::~ControlThread() {
    bool stuck = false;
    {
        std::lock_guard<std::mutex> lock(_state->mutex);
        _state->end = true;
        stuck = _state->busy;
        _state->changed.notify_all();
    }
    if (stuck)
        _thread.detach();
    else
        _thread.join();
}

} // namespace aspm::host
