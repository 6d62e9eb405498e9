#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <aspm_host/plugin.hpp>

#include "../services/line_log.hpp"
#include "../store/event_store.hpp"

namespace aspm::host {

/// Tells one finding-status hook what happens to findings, one change after another, on a thread of its own.
/// A hook that answers TRANSIENT is told again later; meanwhile the others go on.
class ChangeTeller {
public:
    ChangeTeller(EventStore& events, ClockService& clock, LineLog& log, Plugin& plugin,
                 FindingStatusInfo hook);
    ~ChangeTeller();

    /// There may be something to tell.
    void wake();

    /// How many changes are still to be told.
    std::int64_t pending();

private:
    void loop();
    bool tellNext();

    EventStore& _events;
    ClockService& _clock;
    LineLog& _log;
    Plugin& _plugin;
    FindingStatusInfo _hook;
    std::mutex _mutex;
    std::condition_variable _changed;
    bool _news = true;
    bool _stopped = false;
    std::thread _thread;
};

} // namespace aspm::host
