#include "inbox_intake.hpp"

#include <iterator>
#include <stdexcept>
#include <utility>

namespace jira_plugin::sync {

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
        isFirst = _next.waiting.empty();
        _next.rows.reserve(_next.rows.size() + rows.size());
        _next.waiting.push_back(std::move(done));
        _next.rows.insert(_next.rows.end(), std::make_move_iterator(rows.begin()),
                          std::make_move_iterator(rows.end()));
    }
    if (isFirst)
        _changed.notify_one();
}

void InboxIntake::loop() {
    std::unique_lock<std::mutex> lock(_mutex);
    for (;;) {
        _changed.wait(lock, [&] { return _isStopping || !_next.waiting.empty(); });
        if (_next.waiting.empty())
            return;
        const Batch batch = std::exchange(_next, {});
        lock.unlock();
        write(batch);
        lock.lock();
    }
}

void InboxIntake::write(const Batch& batch) {
    std::exception_ptr problem;
    try {
        _store.add(batch.rows);
        _stored();
    } catch (...) {
        problem = std::current_exception();
    }
    for (const Done& done : batch.waiting)
        done(problem);
}

} // namespace jira_plugin::sync
