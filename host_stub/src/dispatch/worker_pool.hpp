#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "invocation.hpp"

namespace aspm::host {

/// The threads on which one plugin's hooks run: as many as the plugin may have at a time. They belong to the
/// plugin alone, so that a hook that hangs holds up nobody else.
class WorkerPool {
public:
    explicit WorkerPool(unsigned threads);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False once close() was called.
    bool submit(std::shared_ptr<Invocation> invocation);

    /// Takes no more work and refuses what is queued.
    void close(const HookResult& refusal);

    /// Waits until no hook runs. False: some still do after ms.
    bool waitIdle(std::int64_t ms);

    /// What runs now, for messages.
    std::vector<std::string> running() const;

    /// Ends the threads; those that are stuck in a hook are left behind. True: all ended.
    bool join();

private:
    struct State;
    /// Waits for it; none once the pool is closed.
    static std::shared_ptr<Invocation> next(State& state);
    static void work(const std::shared_ptr<State>& state);

    std::shared_ptr<State> _state;
    std::vector<std::thread> _threads;
};

} // namespace aspm::host
