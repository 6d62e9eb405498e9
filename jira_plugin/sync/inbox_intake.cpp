#include "inbox_intake.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace jira_plugin::sync {

namespace {

// A flush costs as much for one row as for a hundred. So close to each other, they take the processor from
// those who wait for them.
constexpr std::chrono::milliseconds betweenFlushes{10};

} // namespace

void InboxIntake::start() {
    _thread = std::thread([this] { loop(); });
}

void InboxIntake::stop() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isStopping = true;
    }
    _changed.notify_one();
    if (_thread.joinable())
        _thread.join();
}

void InboxIntake::add(std::vector<InboxRow> rows, Done done) {
    bool isFirst = false;
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        if (_isStopping)
            throw std::runtime_error("The plugin is being stopped.");
        isFirst = _next.empty();
        _next.push_back({std::move(rows), std::move(done)});
    }
    if (isFirst)
        _changed.notify_one();
}

void InboxIntake::loop() {
    std::unique_lock<std::mutex> lock(_mutex);
    auto next = std::chrono::steady_clock::now();
    for (;;) {
        _changed.wait(lock, [&] { return _isStopping || !_next.empty(); });
        _changed.wait_until(lock, next, [&] { return _isStopping; });
        if (_next.empty())
            return;
        next = std::chrono::steady_clock::now() + betweenFlushes;
        Batch batch = std::exchange(_next, {});
        lock.unlock();
        write(std::move(batch));
        lock.lock();
    }
}

void InboxIntake::write(Batch batch) {
    std::exception_ptr problem;
    try {
        std::vector<InboxRow> rows;
        for (Arrival& arrival : batch)
            std::move(arrival.rows.begin(), arrival.rows.end(), std::back_inserter(rows));
        _store.add(rows);
        _stored(rows);
    } catch (...) {
        problem = std::current_exception();
    }
    for (const Arrival& arrival : batch)
        arrival.done(problem);
}

} // namespace jira_plugin::sync
