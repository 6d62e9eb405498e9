#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <aspm/service/scheduler.h>

#include <aspm_host/plugin.hpp>

namespace aspm::host {

class InstanceCore;
class Invocation;

/// The jobs of one instance: decides by the host's clock when each is due and hands it to the workers.
class Scheduler {
public:
    using Submit = std::function<bool(std::shared_ptr<Invocation>)>;

    Scheduler(InstanceCore& core, Submit submit);
    ~Scheduler();

    void every(const std::string& job, std::int64_t intervalMs, aspm_job_fn fn, aspm_instance* self);
    void at(const std::string& job, std::int64_t atMs, aspm_job_fn fn, aspm_instance* self);
    void cancel(const std::string& job);

    /// Jobs may begin from now on.
    void begin();

    /// Begins no job any more.
    void stop();

    /// Looks at the clock again: it was set.
    void wake();

    /// Runs what is due, and what that makes due, and waits for it. Outcomes in the order they ended.
    std::vector<JobOutcome> runDue(std::int64_t timeoutMs);

    std::vector<JobInfo> jobs() const;

private:
    struct Job {
        aspm_job_fn fn = nullptr;
        aspm_instance* self = nullptr;
        std::int64_t intervalMs = 0; ///< 0: once
        std::int64_t dueMs = 0;
        std::uint64_t generation = 0;
    };

    void add(const std::string& id, Job job);
    void loop();
    bool submitDue(std::unique_lock<std::mutex>& lock);
    void ended(const std::string& id, std::uint64_t generation, std::int64_t beganMs,
               const HookResult& result);
    std::int64_t nowMs() const;

    InstanceCore& _core;
    Submit _submit;
    mutable std::mutex _mutex;
    std::condition_variable _changed;
    std::map<std::string, Job> _jobs;
    std::set<std::string> _running;
    std::vector<JobOutcome> _outcomes;
    std::size_t _listeners = 0;
    std::uint64_t _generations = 0;
    bool _begun = false;
    bool _stopped = false;
    std::thread _thread;
};

} // namespace aspm::host
