#include <cstring>
#include <limits>

#include "../boundary/service_tables.hpp"
#include "../boundary/text.hpp"
#include "../dispatch/call.hpp"
#include "../dispatch/invocation.hpp"
#include "core.hpp"

namespace aspm::host {

namespace {

/// Nothing may unwind into the plugin: what fails here has no better answer than `otherwise`.
template <typename T, typename Fn> T guarded(T otherwise, Fn fn) noexcept {
    try {
        return fn();
    } catch (...) {
        return otherwise;
    }
}

const void* getService(const aspm_host* host, const char* id) {
    return guarded<const void*>(nullptr, [&]() -> const void* {
        InstanceCore& core = InstanceCore::of(host->impl);
        if (id == nullptr)
            return nullptr;
        if (core.isStopped()) {
            core.report(std::string("get_service(\"") + id + "\") was called after stop.");
            return nullptr;
        }
        const void* table = core.tables().find(id);
        if (!core.manifest().listsService(id)) {
            if (table != nullptr)
                core.report(std::string("asked for the service ") + id +
                            ", which its manifest does not list; add \"" + id +
                            "\" to services.required or services.optional in manifest.json.");
            return nullptr;
        }
        if (core.phase() == Phase::Created && std::strcmp(id, ASPM_LOG_1) != 0) {
            core.report(std::string("asked for the service ") + id +
                        " during create; only " ASPM_LOG_1 " answers there, take the others in start.");
            return nullptr;
        }
        return table;
    });
}

void setError(aspm_call* handle, aspm_str message, aspm_str remedy, std::int64_t retryAfterMs) {
    guarded(0, [&] {
        if (auto call = Call::find(handle))
            call->setPluginError(
                {looseText(message), looseText(remedy), retryAfterMs < 0 ? 0 : retryAfterMs});
        else
            reportDeadCall(handle, "set_error");
        return 0;
    });
}

void getError(const aspm_call* handle, aspm_str* message, aspm_str* remedy, std::int64_t* retryAfterMs) {
    guarded(0, [&] {
        static const ErrorText none;
        auto call = Call::find(handle);
        if (!call)
            reportDeadCall(handle, "get_error");
        const ErrorText& error = call ? call->hostError() : none;
        if (message != nullptr)
            *message = view(error.message);
        if (remedy != nullptr)
            *remedy = view(error.remedy);
        if (retryAfterMs != nullptr)
            *retryAfterMs = error.retryAfterMs;
        return 0;
    });
}

std::int32_t isCancelled(const aspm_call* handle) {
    return guarded<std::int32_t>(1, [&] {
        auto call = Call::find(handle);
        return !call || call->isCancelled() ? 1 : 0;
    });
}

std::int64_t deadlineMs(const aspm_call* handle) {
    return guarded<std::int64_t>(0, [&]() -> std::int64_t {
        auto call = Call::find(handle);
        return call ? call->deadlineMs() : 0;
    });
}

aspm_call* beginCall(const aspm_host* host, std::int64_t timeoutMs) {
    return guarded<aspm_call*>(nullptr, [&]() -> aspm_call* {
        InstanceCore& core = InstanceCore::of(host->impl);
        if (core.isStopped()) {
            core.report("begin_call was called after stop.");
            return nullptr;
        }
        auto call = std::make_shared<Call>(core.shared_from_this(), "a call of the plugin's own", timeoutMs);
        call->setBegunByPlugin();
        if (core.phase() == Phase::Stopping)
            call->cancel();
        return call->open();
    });
}

void endCall(aspm_call* handle) {
    guarded(0, [&] {
        if (handle == nullptr)
            return 0;
        auto call = Call::find(handle);
        if (!call)
            reportDeadCall(handle, "end_call");
        else if (!call->begunByPlugin())
            call->core().report("end_call was given the call of " + call->what() + ", which the host began.");
        else
            call->close();
        return 0;
    });
}

aspm_completion* defer(aspm_call* handle) {
    return guarded<aspm_completion*>(nullptr, [&]() -> aspm_completion* {
        auto call = Call::find(handle);
        if (!call)
            reportDeadCall(handle, "defer");
        return call ? call->defer() : nullptr;
    });
}

aspm_status complete(aspm_completion* completion, aspm_status status) {
    return guarded<aspm_status>(ASPM_INTERNAL, [&] { return Invocation::complete(completion, status); });
}

} // namespace

aspm_host makeHostTable(InstanceCore& core) {
    aspm_host host{};
    host.struct_size = sizeof(host);
    host.abi_major = ASPM_ABI_MAJOR;
    host.abi_minor = ASPM_ABI_MINOR;
    host.impl = &core;
    host.name = core.options().name;
    host.version = core.options().version;
    host.get_service = getService;
    host.set_error = setError;
    host.get_error = getError;
    host.is_cancelled = isCancelled;
    host.deadline_ms = deadlineMs;
    host.begin_call = beginCall;
    host.end_call = endCall;
    host.defer = defer;
    host.complete = complete;
    return host;
}

} // namespace aspm::host
