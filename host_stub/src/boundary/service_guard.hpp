#pragma once

#include <functional>

#include "../dispatch/call.hpp"
#include "../instance/core.hpp"
#include "text.hpp"

namespace aspm::host {

/// The one guard around every service function with a call: refuses what comes after stop or with a dead
/// call, runs fn, and turns what it throws into a status and the call's error text.
/// function: e.g. "findings.get". fn: void().
template <typename Fn>
aspm_status serve(void* impl, const aspm_call* handle, const char* function, Fn fn) noexcept {
    try {
        InstanceCore& core = InstanceCore::of(impl);
        auto call = Call::find(handle);
        if (core.isStopped()) {
            core.report(std::string(function) + " was called after stop.");
            if (call)
                call->setHostError({"The plugin is stopped.", "Call no host function after stop.", 0});
            return ASPM_STATE;
        }
        if (!call) {
            reportDeadCall(handle, function);
            return ASPM_STATE;
        }
        try {
            fn();
            call->setHostError({});
            return ASPM_OK;
        } catch (const ServiceError& e) {
            call->setHostError({e.message(), e.remedy(), e.retryAfterMs()});
            return e.status();
        } catch (const std::exception& e) {
            core.log(ASPM_LOG_ERROR, std::string(function) + " failed: " + e.what());
            call->setHostError({"The host failed: " + std::string(e.what()) + ".", "See the host's log.", 0});
            return ASPM_INTERNAL;
        }
    } catch (...) {
        return ASPM_INTERNAL;
    }
}

/// Runs a function that the plugin handed over. What it throws is reported and counts as an answer of 0.
template <typename Fn> std::int32_t callBack(void* impl, const char* function, Fn fn) {
    try {
        return fn();
    } catch (const std::exception& e) {
        InstanceCore::of(impl).noteThrow("The function given to " + std::string(function) +
                                         " threw an exception (" + e.what() + ")");
    } catch (...) {
        InstanceCore::of(impl).noteThrow("The function given to " + std::string(function) +
                                         " threw an exception");
    }
    return 0;
}

/// Refuses a callback that is not there.
template <typename Fn> void requireFunction(Fn fn) {
    if (fn == nullptr)
        throw ServiceError(ASPM_ARGUMENT, "The function that takes the result is missing.");
}

} // namespace aspm::host
