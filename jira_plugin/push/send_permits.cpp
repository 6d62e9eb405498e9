#include "send_permits.hpp"

namespace jira_plugin::push {

bool SendPermits::acquire(const std::string& organisation) {
    std::unique_lock<std::mutex> lock(_mutex);
    _changed.wait(lock, [&] { return _stopped || _used[organisation] < _perOrganisation; });
    if (_stopped)
        return false;
    ++_used[organisation];
    return true;
}

void SendPermits::release(const std::string& organisation) {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        if (--_used[organisation] == 0)
            _used.erase(organisation);
    }
    _changed.notify_all();
}

void SendPermits::stop() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _stopped = true;
    }
    _changed.notify_all();
}

bool SendPermits::isStopped() const {
    const std::lock_guard<std::mutex> lock(_mutex);
    return _stopped;
}

} // namespace jira_plugin::push
