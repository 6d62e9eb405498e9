#include "io_wait.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <stdexcept>

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace jira_plugin::jira {

StopSignal::StopSignal() : _descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (_descriptor < 0) {
        throw std::runtime_error("The process has no file descriptor left for the connection to Jira.");
    }
}

StopSignal::~StopSignal() {
    ::close(_descriptor);
}

void StopSignal::raise() {
    const std::uint64_t one = 1;
    // Can only fail when the counter is full, and then the signal is raised already.
    [[maybe_unused]] const auto written = ::write(_descriptor, &one, sizeof one);
}

bool StopSignal::isRaised() const {
    return hasInput(_descriptor);
}

Readiness waitFor(int socket, bool forWriting, Deadline deadline, const StopSignal& stop) {
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return Readiness::TimedOut;
        }
        pollfd waits[2] = {{socket, static_cast<short>(forWriting ? POLLOUT : POLLIN), 0},
                           {stop.descriptor(), POLLIN, 0}};
        const int found = ::poll(waits, 2, static_cast<int>(left.count()));
        if (found > 0 && waits[1].revents != 0) {
            return Readiness::Stopped;
        }
        if (found > 0) {
            return Readiness::Ready; // also for an error or a hang-up, which the next read or write reports
        }
        if (found < 0 && errno != EINTR) {
            throw std::runtime_error("The system refused to wait for the connection to Jira.");
        }
    }
}

bool hasInput(int socket) {
    pollfd wait = {socket, POLLIN, 0};
    return ::poll(&wait, 1, 0) != 0;
}

SigpipeGuard::SigpipeGuard() {
    sigset_t pending;
    sigemptyset(&pending);
    ::sigpending(&pending);
    _wasPending = sigismember(&pending, SIGPIPE) == 1;
    sigset_t pipe, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    _wasBlocked = sigismember(&before, SIGPIPE) == 1;
}

SigpipeGuard::~SigpipeGuard() {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    if (!_wasPending) {
        const timespec none = {0, 0};
        while (::sigtimedwait(&pipe, nullptr, &none) < 0 && errno == EINTR) {
        }
    }
    if (!_wasBlocked) {
        ::pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
    }
}

} // namespace jira_plugin::jira
