#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

namespace aspm::host {

/// The one thread on which a plugin's lifecycle functions run. It lives as long as the instance, so that what
/// a plugin leaves in thread-local storage goes with it and does not pin the library.
class ControlThread {
public:
    ControlThread();
    ~ControlThread();
    ControlThread(const ControlThread&) = delete;
    ControlThread& operator=(const ControlThread&) = delete;

    /// Runs work there and waits. False: it had not returned after ms; it goes on, and the thread is lost.
    /// work must own what it touches.
    bool run(std::function<void()> work, std::int64_t ms);

private:
    struct State;
    std::shared_ptr<State> _state;
    std::thread _thread;
};

} // namespace aspm::host
