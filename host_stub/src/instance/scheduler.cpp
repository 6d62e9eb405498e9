#include "scheduler.hpp"

#include <algorithm>
#include <chrono>

#include <aspm_host/host_threads.hpp>

#include "../boundary/text.hpp"
#include "../dispatch/invocation.hpp"
#include "core.hpp"

namespace aspm::host {

namespace {
constexpr std::int64_t leastRetryMs = 1000;
constexpr std::int64_t longestWaitMs = 1000;
} // namespace

Scheduler::Scheduler(InstanceCore& core, Submit submit) : _core(core), _submit(std::move(submit)) {
    if (core.options().runJobs)
        _thread = std::thread([this] { loop(); });
}

Scheduler::~Scheduler() {
    stop();
}

std::int64_t Scheduler::nowMs() const {
    return _core.services().clock->nowMs();
}

void Scheduler::every(const std::string& id, std::int64_t intervalMs, aspm_job_fn fn, aspm_instance* self) {
    std::int64_t due = nowMs() + intervalMs;
    if (auto* store = _core.services().schedule)
        if (auto last = store->lastRunMs(_core.id(), id))
            due = std::min(due, *last + intervalMs);
    add(id, {fn, self, intervalMs, due, 0});
}

void Scheduler::at(const std::string& id, std::int64_t atMs, aspm_job_fn fn, aspm_instance* self) {
    add(id, {fn, self, 0, atMs, 0});
}

void Scheduler::add(const std::string& id, Job job) {
    std::lock_guard<std::mutex> lock(_mutex);
    job.generation = ++_generations;
    _jobs[id] = job;
    _changed.notify_all();
}

void Scheduler::cancel(const std::string& id) {
    std::lock_guard<std::mutex> lock(_mutex);
    _jobs.erase(id);
}

void Scheduler::begin() {
    std::lock_guard<std::mutex> lock(_mutex);
    _begun = true;
    _changed.notify_all();
}

void Scheduler::stop() {
    {
        std::lock_guard<std::mutex> lock(_mutex);
        _stopped = true;
        _changed.notify_all();
    }
    if (_thread.joinable())
        _thread.join();
}

void Scheduler::wake() {
    std::lock_guard<std::mutex> lock(_mutex);
    _changed.notify_all();
}

void Scheduler::loop() {
    HostThread mark("aspm-jobs");
    std::unique_lock<std::mutex> lock(_mutex);
    while (!_stopped) {
        if (submitDue(lock))
            continue;
        std::int64_t now = nowMs();
        std::int64_t wait = longestWaitMs;
        for (const auto& [id, job] : _jobs)
            if (_running.count(id) == 0)
                wait = std::min(wait, job.dueMs - now);
        _changed.wait_for(lock, std::chrono::milliseconds(std::max<std::int64_t>(wait, 1)));
    }
}

bool Scheduler::submitDue(std::unique_lock<std::mutex>& lock) {
    if (_stopped || !_begun)
        return false;
    std::int64_t now = nowMs();
    for (const auto& [id, job] : _jobs) {
        if (job.dueMs > now || _running.count(id) != 0)
            continue;
        _running.insert(id);
        auto run = [job = job, id = id](aspm_call* call) { return job.fn(job.self, call, view(id)); };
        auto invocation =
            std::make_shared<Invocation>(_core.shared_from_this(), "the job \"" + id + "\"", 0, false, run);
        invocation->setOnEnd([this, id = id, generation = job.generation, now](const HookResult& result) {
            ended(id, generation, now, result);
        });
        std::string name = id;
        lock.unlock();
        bool taken = _submit(invocation);
        lock.lock();
        if (!taken) {
            _running.erase(name);
            return false;
        }
        return true;
    }
    return false;
}

void Scheduler::ended(const std::string& id, std::uint64_t generation, std::int64_t beganMs,
                      const HookResult& result) {
    if (!result.ok())
        _core.log(result.status == ASPM_TRANSIENT ? ASPM_LOG_WARNING : ASPM_LOG_ERROR,
                  "The job \"" + id + "\" ended as " + statusName(result.status) + ": " + result.message +
                      " " + result.remedy);
    if (auto* store = _core.services().schedule) {
        try {
            store->noteRun(_core.id(), id, beganMs);
        } catch (const std::exception& e) {
            _core.log(ASPM_LOG_WARNING, "The run of the job \"" + id + "\" could not be noted: " + e.what());
        }
    }
    std::lock_guard<std::mutex> lock(_mutex);
    _running.erase(id);
    if (_listeners > 0)
        _outcomes.push_back({id, result});
    auto found = _jobs.find(id);
    if (found != _jobs.end() && found->second.generation == generation) {
        Job& job = found->second;
        if (job.intervalMs > 0)
            job.dueMs = std::max(beganMs + job.intervalMs, job.dueMs);
        else if (result.status == ASPM_TRANSIENT)
            job.dueMs = nowMs() + std::max(result.retryAfterMs, leastRetryMs);
        else
            _jobs.erase(found);
    }
    _changed.notify_all();
}

std::vector<JobOutcome> Scheduler::runDue(std::int64_t timeoutMs) {
    auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    std::unique_lock<std::mutex> lock(_mutex);
    ++_listeners;
    std::size_t first = _outcomes.size();
    auto isIdle = [&] {
        while (submitDue(lock)) {
        }
        return _running.empty();
    };
    while (!_stopped && !isIdle())
        if (_changed.wait_until(lock, until) == std::cv_status::timeout)
            break;
    std::vector<JobOutcome> out(_outcomes.begin() + static_cast<std::ptrdiff_t>(first), _outcomes.end());
    if (--_listeners == 0)
        _outcomes.clear();
    return out;
}

std::vector<JobInfo> Scheduler::jobs() const {
    std::lock_guard<std::mutex> lock(_mutex);
    std::vector<JobInfo> out;
    if (_stopped)
        return out;
    for (const auto& [id, job] : _jobs)
        out.push_back({id, job.dueMs, job.intervalMs, _running.count(id) != 0});
    return out;
}

} // namespace aspm::host
