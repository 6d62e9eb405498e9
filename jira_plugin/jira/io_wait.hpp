#pragma once

#include <chrono>

namespace jira_plugin::jira {

/// Wakes every wait at once and for good: an event descriptor that stays readable after raise().
class StopSignal {
public:
    StopSignal(); ///< throws std::runtime_error when the process has no descriptor left
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    void raise();
    bool isRaised() const;
    int descriptor() const { return _descriptor; }

private:
    int _descriptor;
};

using Deadline = std::chrono::steady_clock::time_point;

enum class Readiness { Ready, TimedOut, Stopped };

/// Waits until the socket can be read (or written), the deadline passes or the signal is raised.
Readiness waitFor(int socket, bool forWriting, Deadline deadline, const StopSignal& stop);

/// True when something waits to be read, or the peer has closed: either way a connection that should be idle
/// is not usable any more.
bool hasInput(int socket);

/// Keeps SIGPIPE from the process while this thread writes to sockets that OpenSSL writes without
/// MSG_NOSIGNAL. A signal that was pending before stays pending.
class SigpipeGuard {
public:
    SigpipeGuard();
    ~SigpipeGuard();
    SigpipeGuard(const SigpipeGuard&) = delete;
    SigpipeGuard& operator=(const SigpipeGuard&) = delete;

private:
    bool _wasPending = false;
    bool _wasBlocked = false;
};

} // namespace jira_plugin::jira
