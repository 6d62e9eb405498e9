#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

namespace jira_plugin::push {

/// How many requests may be on their way to one organisation's Jira. One batch more than that is rendered
/// meanwhile, so that a free connection never waits for a draft. Safe from any thread.
class SendPermits {
public:
    explicit SendPermits(int perOrganisation) : _perOrganisation(perOrganisation) {}

    /// Waits for a permit; false when stopped.
    bool acquire(const std::string& organisation);
    void release(const std::string& organisation);
    /// Ends all waiting, now and later.
    void stop();
    bool isStopped() const;

private:
    const int _perOrganisation;
    mutable std::mutex _mutex;
    std::condition_variable _changed;
    std::map<std::string, int> _used;
    bool _stopped = false;
};

/// A permit for a scope.
class SendPermit {
public:
    SendPermit(SendPermits& permits, const std::string& organisation)
        : _permits(permits), _organisation(organisation), _held(permits.acquire(organisation)) {}
    ~SendPermit() {
        if (_held)
            _permits.release(_organisation);
    }
    SendPermit(const SendPermit&) = delete;
    SendPermit& operator=(const SendPermit&) = delete;
    bool isHeld() const { return _held; }

private:
    SendPermits& _permits;
    const std::string _organisation;
    const bool _held;
};

} // namespace jira_plugin::push
