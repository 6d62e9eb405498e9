#include "worker_pool.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include <aspm_host/host_threads.hpp>

namespace aspm::host {

struct WorkerPool::State {
    mutable std::mutex mutex;
    Semaphore work; ///< one for each in the queue; each of the threads takes one more to end
    std::condition_variable idle;
    std::deque<std::shared_ptr<Invocation>> queue;
    std::vector<std::shared_ptr<Invocation>> running;
    unsigned ready = 0;
    bool closed = false;
};

WorkerPool::WorkerPool(unsigned threads) : _state(std::make_shared<State>()) {
    for (unsigned i = 0; i < threads; ++i)
        _threads.emplace_back([state = _state] { work(state); });
    // The host looks at the list of threads soon: all of ours must be marked by then.
    std::unique_lock<std::mutex> lock(_state->mutex);
    _state->idle.wait(lock, [&] { return _state->ready == threads; });
}

WorkerPool::~WorkerPool() {
    close({});
    join();
}

std::shared_ptr<Invocation> WorkerPool::next(State& state) {
    for (;;) {
        state.work.wait();
        const std::lock_guard<std::mutex> lock(state.mutex);
        if (!state.queue.empty()) {
            state.running.push_back(std::move(state.queue.front()));
            state.queue.pop_front();
            return state.running.back();
        }
        if (state.closed)
            return nullptr;
    }
}

void WorkerPool::work(const std::shared_ptr<State>& state) {
    HostThread mark("aspm-hook");
    {
        const std::lock_guard<std::mutex> lock(state->mutex);
        ++state->ready;
        state->idle.notify_all();
    }
    while (const auto invocation = next(*state)) {
        invocation->execute();
        const std::lock_guard<std::mutex> lock(state->mutex);
        state->running.erase(std::find(state->running.begin(), state->running.end(), invocation));
        if (state->running.empty())
            state->idle.notify_all();
    }
}

bool WorkerPool::submit(std::shared_ptr<Invocation> invocation) {
    {
        std::lock_guard<std::mutex> lock(_state->mutex);
        if (_state->closed)
            return false;
        _state->queue.push_back(std::move(invocation));
    }
    _state->work.post();
    return true;
}

void WorkerPool::close(const HookResult& refusal) {
    std::deque<std::shared_ptr<Invocation>> queued;
    {
        std::lock_guard<std::mutex> lock(_state->mutex);
        _state->closed = true;
        queued.swap(_state->queue);
    }
    for (std::size_t i = 0; i < _threads.size(); ++i)
        _state->work.post();
    for (const auto& invocation : queued)
        invocation->refuse(refusal);
}

bool WorkerPool::waitIdle(std::int64_t ms) {
    std::unique_lock<std::mutex> lock(_state->mutex);
    return _state->idle.wait_for(lock, std::chrono::milliseconds(ms),
                                 [&] { return _state->running.empty(); });
}

std::vector<std::string> WorkerPool::running() const {
    std::lock_guard<std::mutex> lock(_state->mutex);
    std::vector<std::string> out;
    for (const auto& invocation : _state->running)
        out.push_back(invocation->what());
    return out;
}

bool WorkerPool::join() {
    bool stuck = !waitIdle(0);
    for (std::thread& thread : _threads) {
        if (!thread.joinable())
            continue;
        if (stuck)
            thread.detach();
        else
            thread.join();
    }
    return !stuck;
}

} // namespace aspm::host
