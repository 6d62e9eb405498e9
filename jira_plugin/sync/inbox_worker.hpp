#pragma once

#include "burst.hpp"
#include "inbox_round.hpp"
#include "push/work_loop.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// Applies what is in the inbox, on threads of its own: one that sleeps until something is due, and one for
/// each organisation while it has work. All functions may be called from any thread.
class InboxWorker {
public:
    /// All borrowed, outlive this. adopted: called when a ticket in doubt was adopted.
    InboxWorker(push::PushParts& parts, InboxStore& inbox, Inward& inward, OwnWrites& ownWrites,
                std::function<void()> adopted);
    /// Stops when that has not been done.
    ~InboxWorker();
    InboxWorker(const InboxWorker&) = delete;
    InboxWorker& operator=(const InboxWorker&) = delete;

    /// Once. Throws store::StoreError.
    void start();
    /// Something may have become due.
    void wake() { _loop.wake(); }
    /// These were stored. Many at once are a burst: while it goes on, applying leaves the processors and the
    /// store to storing, most of the time.
    void arrived(const std::vector<InboxRow>& rows);
    /// The organisation's Jira can be asked again, or another one is connected: what waited is due.
    void connectionChanged(const std::string& organisation);
    /// Takes nothing new; waits up to `grace` for requests that are under way, then calls cut, which must
    /// make them end at once, and joins every thread. What was not applied stays due. May be called twice.
    void stop(std::chrono::milliseconds grace = std::chrono::seconds(2),
              const std::function<void()>& cut = {});

private:
    void sweep();
    std::vector<std::string> idle();
    std::int64_t plan();
    void work(const std::string& organisation);

    push::PushParts& _parts;
    InboxStore& _inbox;
    InboxRound _round;
    Burst _burst;
    push::WorkLoop _loop; ///< last: its threads use everything above
};

} // namespace jira_plugin::sync
