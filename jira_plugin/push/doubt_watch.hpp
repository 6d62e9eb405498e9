#pragma once

#include "metadata_cache.hpp"
#include "store/outbox_row.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace jira_plugin::push {

/// How long this process has been looking for each issue in doubt, by a clock that nobody sets: the host's
/// may jump over the whole settling time while Jira's search has had none of it. Safe from any thread.
class DoubtWatch {
public:
    explicit DoubtWatch(SteadyClock clock) : _clock(std::move(clock)) {}

    using Moment = std::chrono::steady_clock::time_point;
    Moment now() const { return _clock(); }

    /// A doubt that arose in this process.
    void begin(const std::string& organisation, const std::string& finding);
    /// Until a moment; 0 the first time for one that arose before this process.
    std::int64_t watchedMs(const store::OutboxRow& row, Moment until);
    void forget(const store::OutboxRow& row);

private:
    const SteadyClock _clock;
    std::mutex _mutex;
    std::map<std::pair<std::string, std::string>, Moment> _since; ///< by organisation and finding
};

} // namespace jira_plugin::push
