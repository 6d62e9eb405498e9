#include "inbox_intake.hpp"

#include <iterator>
#include <utility>

namespace jira_plugin::sync {

// Who begins a batch writes it for all who join until the disk is free.
void InboxIntake::add(std::vector<InboxRow> rows) {
    std::unique_lock<std::mutex> lock(_mutex);
    const bool isFirst = !_next;
    if (isFirst)
        _next = std::make_shared<Batch>();
    const std::shared_ptr<Batch> mine = _next;
    if (isFirst) {
        mine->rows = std::move(rows); // cannot fail: a batch that was begun is written
        _free.wait(lock, [&] { return !_isWriting; });
        _isWriting = true;
        _next.reset();
        lock.unlock();
        write(*mine);
        lock.lock();
        _isWriting = false;
        mine->isDone = true;
        _free.notify_one();
        mine->done.notify_all();
    } else {
        mine->rows.insert(mine->rows.end(), std::make_move_iterator(rows.begin()),
                          std::make_move_iterator(rows.end()));
        mine->done.wait(lock, [&] { return mine->isDone; });
    }
    if (mine->problem)
        std::rethrow_exception(mine->problem);
}

void InboxIntake::write(Batch& batch) {
    try {
        _store.add(batch.rows);
        _stored();
    } catch (...) {
        batch.problem = std::current_exception();
    }
}

} // namespace jira_plugin::sync
