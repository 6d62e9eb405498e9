#pragma once

#include "inbox_store.hpp"

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace jira_plugin::sync {

/// Puts deliveries into the inbox. What arrives while a flush to disk is under way shares the next one, so
/// that a burst costs few of them and a single delivery waits for nobody. Safe from any thread.
class InboxIntake {
public:
    /// store: borrowed. stored: called after each flush, on a thread that added something; must not throw.
    InboxIntake(InboxStore& store, std::function<void()> stored)
        : _store(store), _stored(std::move(stored)) {}

    /// Durable when it returns. Throws what the store throws, to all who shared the flush.
    void add(std::vector<InboxRow> rows);

private:
    /// What one flush takes.
    struct Batch {
        std::vector<InboxRow> rows;
        bool isDone = false;
        std::condition_variable done;
        std::exception_ptr problem;
    };
    void write(Batch& batch);

    InboxStore& _store;
    const std::function<void()> _stored;
    std::mutex _mutex;
    std::condition_variable _free; ///< the disk is
    std::shared_ptr<Batch> _next;  ///< collects what arrives meanwhile
    bool _isWriting = false;
};

} // namespace jira_plugin::sync
