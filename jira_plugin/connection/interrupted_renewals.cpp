#include "interrupted_renewals.hpp"

#include "jira/errors.hpp"

#include <algorithm>

namespace jira_plugin::connection {
namespace {

constexpr const char* job = "connection.resume";
constexpr std::int64_t pauseMs = 20'000;
// With the pauses, as long as Atlassian takes the earlier token.
constexpr int mostTries = 30;

} // namespace

void InterruptedRenewals::takeOver(const std::vector<std::string>& organisations) {
    if (organisations.empty())
        return;
    const std::lock_guard<std::mutex> lock(_mutex);
    for (const std::string& organisation : organisations)
        _tries.emplace(organisation, 0);
    schedule(_services.clock.nowMs());
}

void InterruptedRenewals::add(const std::string& organisation, std::int64_t waitMs) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _tries.emplace(organisation, 0);
    const std::int64_t dueMs = _services.clock.nowMs() + std::max(pauseMs, waitMs);
    if (_dueMs == 0 || dueMs < _dueMs) // one that is due later may be from before the clock was set back
        schedule(dueMs);
}

void InterruptedRenewals::schedule(std::int64_t atMs) {
    _services.scheduler.at(job, atMs, [this] { run(); });
    _dueMs = atMs;
}

void InterruptedRenewals::run() {
    std::vector<std::string> all;
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _dueMs = 0;
        for (const auto& each : _tries)
            all.push_back(each.first);
    }
    std::int64_t waitMs = pauseMs;
    for (const std::string& organisation : all) {
        const bool isDone = isSettled(organisation, waitMs);
        const std::lock_guard<std::mutex> lock(_mutex);
        if (isDone || ++_tries[organisation] >= mostTries)
            _tries.erase(organisation);
    }
    const std::lock_guard<std::mutex> lock(_mutex);
    if (!_tries.empty())
        schedule(_services.clock.nowMs() + waitMs);
}

bool InterruptedRenewals::isSettled(const std::string& organisation, std::int64_t& waitMs) {
    try {
        _resume(organisation);
        return true;
    } catch (const jira::NotConfigured&) {
        return true; // it ended meanwhile, or is of another kind
    } catch (const jira::ReconnectNeeded&) {
        return true; // the admins are told
    } catch (const jira::RetryLater& later) {
        waitMs = std::max(waitMs, later.retryAfterMs()); // all ask the same server
        return false;                                    // who tried it has logged why
    } catch (const std::exception& problem) {
        _services.log.warning("A renewal of the connection to Jira that was interrupted is tried again",
                              {{"organisation", organisation}, {"cause", problem.what()}});
        return false;
    }
}

} // namespace jira_plugin::connection
