#include "batch.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace jira_plugin::diagnosis {
namespace {

/// Results on their way from the threads to the caller.
class Basket {
public:
    void put(CheckResult result) {
        const std::lock_guard<std::mutex> lock(_mutex);
        _results.push_back(std::move(result));
        _changed.notify_one();
    }
    void workerEnded() {
        const std::lock_guard<std::mutex> lock(_mutex);
        ++_ended;
        _changed.notify_one();
    }
    /// Nothing once all workers have ended and nothing is left.
    std::optional<CheckResult> next(std::size_t workers) {
        std::unique_lock<std::mutex> lock(_mutex);
        _changed.wait(lock, [&] { return !_results.empty() || _ended == workers; });
        if (_results.empty())
            return std::nullopt;
        CheckResult result = std::move(_results.front());
        _results.pop_front();
        return result;
    }
    /// The next job; nothing when there is none, or none may begin.
    std::optional<std::size_t> begin(std::size_t count, const std::function<bool()>& mayGoOn) {
        const std::lock_guard<std::mutex> lock(_mutex);
        if (_stopped || _begun == count || !mayGoOn())
            return std::nullopt;
        return _begun++;
    }
    void stop() {
        const std::lock_guard<std::mutex> lock(_mutex);
        _stopped = true;
    }
    std::size_t begun() const { return _begun; }

private:
    std::mutex _mutex;
    std::condition_variable _changed;
    std::deque<CheckResult> _results;
    std::size_t _begun = 0;
    std::size_t _ended = 0;
    bool _stopped = false;
};

} // namespace

std::size_t runBatch(std::size_t count, std::size_t threads,
                     const std::function<void(std::size_t, const Emit&)>& work, const Take& take,
                     const std::function<bool()>& mayGoOn) {
    Basket basket;
    const Emit emit = [&](CheckResult result) { basket.put(std::move(result)); };
    std::vector<std::thread> workers;
    const auto loop = [&] {
        while (const auto job = basket.begin(count, mayGoOn))
            work(*job, emit);
        basket.workerEnded();
    };
    const std::size_t wanted = std::min(count, threads);
    for (std::size_t i = 0; i < wanted; ++i)
        workers.emplace_back(loop);
    bool isWanted = true;
    while (const auto result = basket.next(workers.size())) {
        isWanted = isWanted && take(*result);
        if (!isWanted)
            basket.stop();
    }
    for (auto& worker : workers)
        worker.join();
    return basket.begun();
}

} // namespace jira_plugin::diagnosis
