#include "invocation.hpp"

#include <cxxabi.h>

#include "../instance/core.hpp"
#include "handle_table.hpp"

namespace aspm::host {

namespace {

HandleTable<Invocation>& completions() {
    static auto* table = new HandleTable<Invocation>;
    return *table;
}

std::string seconds(std::int64_t ms) {
    return ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms";
}

} // namespace

Invocation::Invocation(std::shared_ptr<InstanceCore> core, std::string what, std::int64_t timeoutMs,
                       bool deferrable, Run run)
    : Call(std::move(core), std::move(what), timeoutMs), _deferrable(deferrable), _run(std::move(run)),
      _timeoutMs(timeoutMs) {}

void Invocation::execute() {
    {
        std::lock_guard<std::mutex> lock(_mutex);
        if (_state != State::Queued)
            return;
        _state = State::Running;
    }
    aspm_status status = contained(open());
    std::unique_lock<std::mutex> lock(_mutex);
    if (_wasDeferred && status == ASPM_PENDING) {
        if (_state == State::Running && !_completed)
            _state = State::Deferred;
        return; // complete() closes it, or has done so
    }
    if (_wasDeferred) {
        closeCompletion();
        if (_completed)
            return;
    } else if (status == ASPM_PENDING) {
        core().report(what() + " returned PENDING without having asked for defer.");
        status = ASPM_INTERNAL;
    }
    finish(status, lock);
}

aspm_status Invocation::contained(aspm_call* handle) {
    try {
        return _run(handle);
    } catch (abi::__forced_unwind&) {
        throw; // the thread is being cancelled; it must go on unwinding
    } catch (const std::exception& e) {
        core().noteThrow(what() + " threw an exception (" + e.what() + ")");
    } catch (...) {
        core().noteThrow(what() + " threw something that is no std::exception");
    }
    setPluginError({"The plugin failed inside " + what() + ".", "Report it to the plugin's developer.", 0});
    return ASPM_INTERNAL;
}

HookResult Invocation::resultOf(aspm_status status) const {
    HookResult result;
    bool known = status >= ASPM_OK && status <= ASPM_INTERNAL && status != ASPM_PENDING;
    result.status = known ? status : ASPM_INTERNAL;
    if (status == ASPM_OK)
        return result;
    ErrorText error = pluginError();
    if (error.message.empty())
        error = hostError();
    if (error.message.empty())
        error.message = "The plugin answered " + std::string(statusName(status)) + " and did not say why.";
    result.message = error.message;
    result.remedy = error.remedy;
    result.retryAfterMs = error.retryAfterMs;
    return result;
}

void Invocation::finish(aspm_status status, std::unique_lock<std::mutex>& lock) {
    // The plugin saw the deadline pass before the thread that waits did: it is the deadline all the same.
    if (status == ASPM_CANCELLED && _state != State::GivenUp && Clock::now() >= deadline())
        giveUp(lock);
    if (status < ASPM_OK || status > ASPM_INTERNAL)
        core().report(what() + " ended with the status " + std::to_string(status) +
                      ", which is not in the contract's list; it counts as INTERNAL.");
    if (_state != State::GivenUp) {
        _result = resultOf(status);
        _state = State::Done;
    }
    if (_onEnd)
        _onEnd(_result);
    close();
    lock.unlock(); // who waits would wake up only to wait for the lock
    _changed.post();
}

bool Invocation::waitForChange() {
    if (deadline() != Clock::time_point::max())
        return _changed.waitUntil(deadline());
    _changed.wait();
    return true;
}

HookResult Invocation::wait(const std::function<void()>& onNews) {
    std::unique_lock<std::mutex> lock(_mutex);
    for (;;) {
        if (_news) {
            _news = false;
            lock.unlock();
            if (onNews)
                onNews();
            lock.lock();
            continue;
        }
        if (_state == State::Done || _state == State::GivenUp)
            return _result;
        lock.unlock();
        const bool isInTime = waitForChange();
        lock.lock();
        if (!isInTime && _state != State::Done && !_news)
            giveUp(lock);
    }
}

void Invocation::giveUp(std::unique_lock<std::mutex>&) {
    if (_state == State::Queued) {
        _result.status = ASPM_TRANSIENT;
        _result.message = "The plugin was busy with other work for " + seconds(_timeoutMs) + ".";
        _result.remedy = "Try again in a moment.";
    } else {
        cancel();
        _result.status = ASPM_INTERNAL;
        _result.message = "The plugin gave no answer within " + seconds(_timeoutMs) + ".";
        _result.remedy = "Try again; if it stays so, report it to the plugin's developer.";
        core().report(what() +
                      (_wasDeferred ? " was deferred and not completed within " : " did not return within ") +
                      seconds(_timeoutMs) + "; the host stopped waiting.");
    }
    _timedOut = true;
    _state = State::GivenUp;
}

void Invocation::notify() {
    std::lock_guard<std::mutex> lock(_mutex);
    _news = true;
    _changed.post();
}

void Invocation::refuse(HookResult result) {
    std::lock_guard<std::mutex> lock(_mutex);
    if (_state != State::Queued)
        return;
    _state = State::Done;
    _result = std::move(result);
    if (_onEnd)
        _onEnd(_result);
    _changed.post();
}

bool Invocation::timedOut() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _timedOut;
}

aspm_completion* Invocation::defer() {
    std::lock_guard<std::mutex> lock(_mutex);
    if (!_deferrable || _wasDeferred)
        return nullptr;
    _wasDeferred = true;
    _completion =
        completions().add(core().number(), std::static_pointer_cast<Invocation>(shared_from_this()));
    return reinterpret_cast<aspm_completion*>(_completion); // NOLINT(performance-no-int-to-ptr)
}

void Invocation::closeCompletion() {
    completions().remove(_completion, what());
}

aspm_status Invocation::complete(aspm_completion* handle, aspm_status status) {
    auto number = reinterpret_cast<std::uintptr_t>(handle);
    auto invocation = completions().find(number);
    if (!invocation) {
        auto core = InstanceCore::byNumber(HandleTable<Invocation>::instanceOf(number));
        std::string past = completions().pastName(number);
        if (core)
            core->report(past.empty() ? "complete was given a completion that is none."
                                      : past + " was completed twice; only the first one counts.");
        return ASPM_STATE;
    }
    std::unique_lock<std::mutex> lock(invocation->_mutex);
    if (invocation->_completed)
        return ASPM_STATE;
    invocation->_completed = true;
    invocation->closeCompletion();
    bool late = invocation->_state == State::GivenUp;
    if (status == ASPM_PENDING) {
        invocation->core().report(invocation->what() + " was completed with PENDING; it counts as INTERNAL.");
        status = ASPM_INTERNAL;
    }
    invocation->finish(status, lock);
    return late ? ASPM_STATE : ASPM_OK;
}

std::vector<std::shared_ptr<Invocation>> Invocation::openDeferred(std::uint64_t instance) {
    return completions().allOf(instance);
}

void Invocation::dropDeferred() {
    std::unique_lock<std::mutex> lock(_mutex);
    if (_completed)
        return;
    _completed = true;
    closeCompletion();
    if (_state != State::GivenUp)
        setPluginError({"The plugin was stopped before it had completed " + what() + ".", "Try again.", 0});
    core().report(what() + " was deferred and never completed; the host ended it.");
    finish(ASPM_INTERNAL, lock);
}

} // namespace aspm::host
