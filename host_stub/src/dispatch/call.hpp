#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <aspm/plugin.h>

namespace aspm::host {

class InstanceCore;

struct ErrorText {
    std::string message;
    std::string remedy;
    std::int64_t retryAfterMs = 0;
};

/// One invocation across the boundary: what stands behind an aspm_call.
class Call : public std::enable_shared_from_this<Call> {
public:
    using Clock = std::chrono::steady_clock;

    /// what: for people, e.g. `the ticket-push hook "jira"`. timeoutMs <= 0: no deadline.
    Call(std::shared_ptr<InstanceCore> core, std::string what, std::int64_t timeoutMs);
    virtual ~Call() = default;

    /// Makes the handle that the plugin gets; close ends it. The handle keeps the call alive.
    aspm_call* open();
    void close();

    static std::shared_ptr<Call> find(const aspm_call* handle);

    InstanceCore& core() const { return *_core; }
    const std::string& what() const { return _what; }
    bool begunByPlugin() const { return _begunByPlugin; }
    void setBegunByPlugin() { _begunByPlugin = true; }

    void cancel() { _cancelled = true; }
    bool isCancelled() const { return _cancelled || Clock::now() >= _deadline; }
    Clock::time_point deadline() const { return _deadline; }
    std::int64_t deadlineMs() const { return _deadlineMs; }

    /// What the plugin said through set_error.
    void setPluginError(ErrorText error);
    ErrorText pluginError() const;

    /// What the last failed host function said. The text stays where it is until the next one.
    void setHostError(ErrorText error);
    const ErrorText& hostError() const { return _hostError; }

    /// Answer of aspm_host.defer; only hooks have another one.
    virtual aspm_completion* defer() { return nullptr; }

protected:
    std::uintptr_t handle() const { return _handle; }

private:
    std::shared_ptr<InstanceCore> _core;
    std::string _what;
    Clock::time_point _deadline;
    std::int64_t _deadlineMs;
    std::atomic<bool> _cancelled{false};
    bool _begunByPlugin = false;
    std::uintptr_t _handle = 0;
    mutable std::mutex _mutex;
    ErrorText _pluginError;
    ErrorText _hostError;
};

/// All open calls of one instance.
std::vector<std::shared_ptr<Call>> openCalls(std::uint64_t instance);

/// Reports the use of a call that has ended, or never was one, to the plugin that it belonged to.
void reportDeadCall(const aspm_call* handle, const char* function);

} // namespace aspm::host
