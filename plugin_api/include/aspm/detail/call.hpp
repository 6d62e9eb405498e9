#pragma once

#include <exception>
#include <new>
#include <type_traits>

#include "../plugin.h"
#include "error.hpp"

namespace aspm {

class Deferred;

/// One invocation: its deadline, its cancellation and its error text. Hooks receive one; OwnCall begins one
/// of the plugin's own. Not copyable, one thread at a time (isCancelled and deadlineMs: any thread).
class Call {
public:
    Call(const aspm_host* host, aspm_call* call) noexcept : _host(host), _call(call) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    aspm_call* raw() const noexcept { return _call; }
    const aspm_host* host() const noexcept { return _host; }

    /// True once nobody waits for the outcome any more.
    bool isCancelled() const noexcept { return _host->is_cancelled(_call) != 0; }

    /// Throws CancelledError once nobody waits any more; for the middle of long work.
    void throwIfCancelled() const {
        if (isCancelled()) {
            throw CancelledError("The host no longer waits for this call.");
        }
    }

    /// In ms since the epoch of the machine's clock; INT64_MAX: never.
    std::int64_t deadlineMs() const noexcept { return _host->deadline_ms(_call); }

    /// Throws what a host function said on this call, unless status is ASPM_OK. what: the attempt, for the
    /// case that the host gave no text.
    void check(aspm_status status, std::string_view what) const {
        if (status == ASPM_OK) {
            return;
        }
        aspm_str message{nullptr, 0};
        aspm_str remedy{nullptr, 0};
        std::int64_t retryAfterMs = 0;
        _host->get_error(_call, &message, &remedy, &retryAfterMs);
        std::string text = copy(message);
        if (text.empty()) {
            text = std::string(what) + " failed in the host (" + statusName(status) + ").";
        }
        throwError(status, std::move(text), copy(remedy), retryAfterMs);
    }

    /// Attaches the text of a failure; the last one counts.
    void setError(std::string_view message, std::string_view remedy = {},
                  std::int64_t retryAfterMs = 0) const noexcept {
        _host->set_error(_call, str(message), str(remedy), retryAfterMs);
    }

    /// Within a hook: the answer comes later, through what is returned. The outcome of the hook then belongs
    /// to the Deferred; return from the hook and use this Call no more. Throws StateError where a call cannot
    /// be deferred (lifecycle functions, jobs, calls of the plugin's own, twice).
    Deferred defer();

    bool isDeferred() const noexcept { return _isDeferred; }

private:
    const aspm_host* _host;
    aspm_call* _call;
    bool _isDeferred = false;
};

/// A call of the plugin's own, for its threads. Ends with the object; end it before stop returns.
class OwnCall : public Call {
public:
    /// timeoutMs <= 0: no deadline. Throws StateError when the host gives none (stopped, or out of memory).
    explicit OwnCall(const aspm_host* host, std::int64_t timeoutMs = 0)
        : Call(host, begin(host, timeoutMs)) {}
    ~OwnCall() { host()->end_call(raw()); }

private:
    static aspm_call* begin(const aspm_host* host, std::int64_t timeoutMs) {
        if (aspm_call* call = host->begin_call(host, timeoutMs)) {
            return call;
        }
        throw StateError("The host gives no call: the plugin is stopped, or the host is out of memory.");
    }
};

/// The outcome of a deferred hook. Complete it once, from any thread; dropped, it completes as ASPM_INTERNAL,
/// so nobody waits for ever. The hook's call and output objects stay valid until then, its inputs do not.
class Deferred {
public:
    Deferred(const aspm_host* host, aspm_call* call, aspm_completion* completion) noexcept
        : _host(host), _call(call), _completion(completion) {}
    Deferred(Deferred&& other) noexcept
        : _host(other._host), _call(other._call), _completion(std::exchange(other._completion, nullptr)) {}
    Deferred& operator=(Deferred&& other) noexcept {
        if (this != &other) {
            drop();
            _host = other._host;
            _call = other._call;
            _completion = std::exchange(other._completion, nullptr);
        }
        return *this;
    }
    ~Deferred() { drop(); }

    /// The hook's call, for host services until completion.
    Call call() const noexcept { return Call(_host, _call); }

    /// Succeeds. False: the host had given up waiting, nothing happened.
    bool complete() noexcept { return finish(ASPM_OK); }

    /// Fails as the error says. False: as above.
    bool fail(const Error& error) noexcept {
        if (_completion == nullptr) {
            return false;
        }
        call().setError(error.message(), error.remedy(), error.retryAfterMs());
        return finish(error.status() == ASPM_OK || error.status() == ASPM_PENDING ? ASPM_INTERNAL
                                                                                  : error.status());
    }

private:
    bool finish(aspm_status status) noexcept {
        aspm_completion* completion = std::exchange(_completion, nullptr);
        return completion != nullptr && _host->complete(completion, status) == ASPM_OK;
    }

    void drop() noexcept {
        if (_completion != nullptr) {
            call().setError("The plugin dropped a deferred hook without completing it.");
            finish(ASPM_INTERNAL);
        }
    }

    const aspm_host* _host;
    aspm_call* _call;
    aspm_completion* _completion;
};

inline Deferred Call::defer() {
    aspm_completion* completion = _host->defer(_call);
    if (completion == nullptr) {
        throw StateError("This call cannot be deferred, or was deferred already.");
    }
    _isDeferred = true;
    return Deferred(_host, _call, completion);
}

/// Runs fn and turns whatever it throws into a status, with the text attached to the call. fn returns nothing
/// (ASPM_OK) or a status. describe turns exceptions of other libraries into an Error, e.g. Poco's, whose
/// what() is only the name of the class.
template <class Fn, class Describe>
aspm_status guard(const aspm_host* host, aspm_call* call, Fn&& fn, Describe&& describe) noexcept {
    const auto fail = [&](const Error& error) {
        host->set_error(call, str(error.message()), str(error.remedy()), error.retryAfterMs());
        const bool isFailure = error.status() > ASPM_PENDING && error.status() <= ASPM_INTERNAL;
        return isFailure ? error.status() : ASPM_INTERNAL;
    };
    const auto failWith = [&](std::string_view text) {
        host->set_error(call, str(text), aspm_str{nullptr, 0}, 0);
        return ASPM_INTERNAL;
    };
    try {
        try {
            if constexpr (std::is_void_v<std::invoke_result_t<Fn>>) {
                fn();
                return ASPM_OK;
            } else {
                return fn();
            }
        } catch (const Error& error) {
            return fail(error);
        } catch (const std::bad_alloc&) {
            return failWith("The plugin ran out of memory.");
        } catch (const std::exception& error) {
            return fail(describe(error));
        }
    } catch (...) { // no std::exception at all, or describing the error failed in turn
        return failWith("The plugin threw something that cannot be described.");
    }
}

template <class Fn> aspm_status guard(const aspm_host* host, aspm_call* call, Fn&& fn) noexcept {
    return guard(host, call, std::forward<Fn>(fn),
                 [](const std::exception& error) { return Error(ASPM_INTERNAL, error.what()); });
}

} // namespace aspm
