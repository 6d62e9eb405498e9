#include "call.hpp"

#include <limits>

#include "../instance/core.hpp"
#include "handle_table.hpp"

namespace aspm::host {

namespace {

HandleTable<Call>& calls() {
    static auto* table = new HandleTable<Call>;
    return *table;
}

std::uintptr_t number(const aspm_call* handle) {
    return reinterpret_cast<std::uintptr_t>(handle);
}

} // namespace

Call::Call(std::shared_ptr<InstanceCore> core, std::string what, std::int64_t timeoutMs)
    : _core(std::move(core)), _what(std::move(what)) {
    if (timeoutMs <= 0) {
        _deadline = Clock::time_point::max();
        _deadlineMs = std::numeric_limits<std::int64_t>::max();
        return;
    }
    using namespace std::chrono;
    // A plugin may ask for any number; a year is for ever.
    auto wait = milliseconds(std::min<std::int64_t>(timeoutMs, std::int64_t{365} * 24 * 3600 * 1000));
    _deadline = Clock::now() + wait;
    _deadlineMs = duration_cast<milliseconds>((system_clock::now() + wait).time_since_epoch()).count();
}

aspm_call* Call::open() {
    _handle = calls().add(_core->number(), shared_from_this());
    return reinterpret_cast<aspm_call*>(
        _handle); // NOLINT(performance-no-int-to-ptr): a number, never followed
}

void Call::close() {
    calls().remove(_handle, _what);
}

std::shared_ptr<Call> Call::find(const aspm_call* handle) {
    return calls().find(number(handle));
}

void Call::setPluginError(ErrorText error) {
    std::lock_guard<std::mutex> lock(_mutex);
    _pluginError = std::move(error);
}

ErrorText Call::pluginError() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _pluginError;
}

void Call::setHostError(ErrorText error) {
    std::lock_guard<std::mutex> lock(_mutex);
    _hostError = std::move(error);
}

std::vector<std::shared_ptr<Call>> openCalls(std::uint64_t instance) {
    return calls().allOf(instance);
}

void reportDeadCall(const aspm_call* handle, const char* function) {
    auto core = InstanceCore::byNumber(HandleTable<Call>::instanceOf(number(handle)));
    if (!core)
        return;
    std::string past = calls().pastName(number(handle));
    core->report(past.empty()
                     ? std::string(function) + " was given a call that is none."
                     : std::string(function) + " was given the call of " + past + " after it had ended.");
}

} // namespace aspm::host
