#pragma once

#include "inbox_store.hpp"

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace jira_plugin::sync {

/// Puts deliveries into the inbox, on a thread of its own: what arrives while a flush to disk is under way,
/// or a moment after it, shares the next one, and nobody's thread waits for the disk. Safe from any thread.
class InboxIntake {
public:
    /// What became of rows: no exception, they are durable; else what the store threw. Must not throw.
    using Done = std::function<void(const std::exception_ptr& problem)>;

    /// store: borrowed. stored: called after each flush with what it stored; must not throw.
    InboxIntake(InboxStore& store, std::function<void(const std::vector<InboxRow>&)> stored)
        : _store(store), _stored(std::move(stored)) {}
    ~InboxIntake() { stop(); }
    InboxIntake(const InboxIntake&) = delete;
    InboxIntake& operator=(const InboxIntake&) = delete;

    /// Once.
    void start();
    /// Stores what was added, and joins the thread. May be called twice.
    void stop();

    /// done: called once, on the thread of the intake. When this throws, it is not called.
    void add(std::vector<InboxRow> rows, Done done);

private:
    struct Arrival {
        std::vector<InboxRow> rows;
        Done done;
    };
    /// What one flush takes.
    using Batch = std::vector<Arrival>;
    void loop();
    void write(Batch batch);

    InboxStore& _store;
    const std::function<void(const std::vector<InboxRow>&)> _stored;
    std::mutex _mutex;
    std::condition_variable _changed;
    Batch _next; ///< collects what arrives meanwhile
    bool _isStopping = false;
    std::thread _thread;
};

} // namespace jira_plugin::sync
