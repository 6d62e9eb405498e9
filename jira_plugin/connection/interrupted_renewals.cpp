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
        wait(_renewals[organisation], 0);
    schedule();
}

void InterruptedRenewals::add(const std::string& organisation, std::int64_t waitMs) {
    const std::lock_guard<std::mutex> lock(_mutex);
    const auto [entry, isNew] = _renewals.try_emplace(organisation);
    Renewal& renewal = entry->second;
    const std::int64_t left = renewal.dueMs - _services.clock.nowMs();
    if (!isNew && left <= renewal.waitMs && waitMs <= std::max<std::int64_t>(left, 0))
        return;
    // A longer time than it was given is from before the clock was set back.
    wait(renewal, std::max(isNew ? pauseMs : renewal.waitMs, waitMs));
    schedule();
}

void InterruptedRenewals::wait(Renewal& renewal, std::int64_t waitMs) const {
    renewal.waitMs = waitMs;
    renewal.dueMs = _services.clock.nowMs() + waitMs;
}

void InterruptedRenewals::schedule() {
    const auto first = std::min_element(_renewals.begin(), _renewals.end(), [](const auto& a, const auto& b) {
        return a.second.dueMs < b.second.dueMs;
    });
    if (first != _renewals.end())
        _services.scheduler.at(job, first->second.dueMs, [this] { run(); });
}

void InterruptedRenewals::run() {
    for (const std::string& organisation : due()) {
        const bool isDone = isSettled(organisation);
        const std::lock_guard<std::mutex> lock(_mutex);
        if (isDone || ++_renewals[organisation].tries >= mostTries)
            _renewals.erase(organisation);
    }
    const std::lock_guard<std::mutex> lock(_mutex);
    schedule();
}

/// They wait again at once, so that what the try itself is told to wait for comes on top.
std::vector<std::string> InterruptedRenewals::due() {
    std::vector<std::string> organisations;
    const std::lock_guard<std::mutex> lock(_mutex);
    for (auto& [organisation, renewal] : _renewals)
        if (renewal.dueMs <= _services.clock.nowMs()) {
            wait(renewal, pauseMs);
            organisations.push_back(organisation);
        }
    return organisations;
}

bool InterruptedRenewals::isSettled(const std::string& organisation) {
    try {
        _resume(organisation);
        return true;
    } catch (const jira::ReconnectNeeded&) {
        return true; // the admins are told
    } catch (const jira::RetryLater&) {
        return false; // who tried it has logged why
    } catch (const jira::NotConfigured&) {
        return false; // it was disconnected, which costs nothing to see again, or the app is to be mended
    } catch (const std::exception& problem) {
        _services.log.warning("A renewal of the connection to Jira that was interrupted is tried again",
                              {{"organisation", organisation}, {"cause", problem.what()}});
        return false;
    }
}

} // namespace jira_plugin::connection
