#include "interrupted_renewals.hpp"

#include "jira/errors.hpp"

namespace jira_plugin::connection {
namespace {

constexpr const char* job = "connection.resume";
constexpr std::int64_t pauseMs = 20'000;
// With the pauses, as long as Atlassian takes the earlier token.
constexpr int mostTries = 30;

} // namespace

void InterruptedRenewals::add(const std::vector<std::string>& organisations) {
    if (organisations.empty())
        return;
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        for (const std::string& organisation : organisations)
            _tries.emplace(organisation, 0);
    }
    _services.scheduler.at(job, _services.clock.nowMs(), [this] { run(); });
}

void InterruptedRenewals::run() {
    std::vector<std::string> all;
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        for (const auto& each : _tries)
            all.push_back(each.first);
    }
    bool isAnyLeft = false;
    for (const std::string& organisation : all) {
        const bool isDone = isSettled(organisation);
        const std::lock_guard<std::mutex> lock(_mutex);
        if (isDone || ++_tries[organisation] >= mostTries)
            _tries.erase(organisation);
        else
            isAnyLeft = true;
    }
    if (isAnyLeft)
        _services.scheduler.at(job, _services.clock.nowMs() + pauseMs, [this] { run(); });
}

bool InterruptedRenewals::isSettled(const std::string& organisation) {
    try {
        _renew(organisation);
        return true;
    } catch (const jira::NotConfigured&) {
        return true; // it ended meanwhile, or is of another kind
    } catch (const jira::ReconnectNeeded&) {
        return true; // the admins are told
    } catch (const std::exception& problem) {
        _services.log.warning("A renewal of the connection to Jira that was interrupted is tried again",
                              {{"organisation", organisation}, {"cause", problem.what()}});
        return false;
    }
}

} // namespace jira_plugin::connection
