#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include <aspm_host/http.hpp>

#include "call.hpp"
#include "semaphore.hpp"

namespace aspm::host {

/// One hook on its way through the plugin: queued, run on a worker, perhaps completed later, waited for by
/// whoever asked. Inputs and outputs live in what `run` captured, until nobody can use them any more.
class Invocation : public Call {
public:
    using Run = std::function<aspm_status(aspm_call*)>;

    Invocation(std::shared_ptr<InstanceCore> core, std::string what, std::int64_t timeoutMs, bool deferrable,
               Run run);

    /// Hears the result once, on the thread that ends the invocation; must not call back into it.
    void setOnEnd(std::function<void(const HookResult&)> fn) { _onEnd = std::move(fn); }

    /// On a worker: calls into the plugin and contains what comes out.
    void execute();

    /// Waits for the end, at most until the deadline; for one thread. onNews runs, on this thread, after
    /// every notify().
    HookResult wait(const std::function<void()>& onNews = {});

    /// Wakes the one who waits. Any thread.
    void notify();

    /// Ends it without the plugin: nobody will run it any more.
    void refuse(HookResult result);

    bool timedOut() const;

    aspm_completion* defer() override;

    /// Behind aspm_host.complete.
    static aspm_status complete(aspm_completion* handle, aspm_status status);

    /// Deferred hooks of an instance that nobody completed.
    static std::vector<std::shared_ptr<Invocation>> openDeferred(std::uint64_t instance);
    void dropDeferred();

private:
    enum class State { Queued, Running, Deferred, Done, GivenUp };

    void finish(aspm_status status, std::unique_lock<std::mutex>& lock);
    /// False: the deadline came first.
    bool waitForChange();
    void giveUp(std::unique_lock<std::mutex>& lock);
    aspm_status contained(aspm_call* handle);
    HookResult resultOf(aspm_status status) const;
    void closeCompletion();

    bool _deferrable;
    Run _run;
    std::function<void(const HookResult&)> _onEnd;
    std::int64_t _timeoutMs;
    mutable std::mutex _mutex;
    Semaphore _changed;
    State _state = State::Queued;
    bool _news = false;
    bool _timedOut = false;
    bool _wasDeferred = false;
    bool _completed = false;
    std::uintptr_t _completion = 0;
    HookResult _result;
};

} // namespace aspm::host
