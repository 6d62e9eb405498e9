#pragma once

#include "batch.hpp"
#include "check.hpp"
#include "ground.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::diagnosis {

/// Runs the checks and remembers what came of them. Safe from any thread.
class Checks {
public:
    explicit Checks(Ground ground) : _ground(std::move(ground)) {}

    struct Request {
        std::string organisation;
        std::set<std::string> only;                    ///< ids of checks; empty: all
        std::optional<std::set<std::string>> projects; ///< ids of the host's projects; nothing: all
    };

    /// Tells of each check when it begins and when it is done, on the calling thread. A check whose ground is
    /// missing is skipped, and so is what has not begun when half a minute is nearly over. Returns early when
    /// take says false.
    void run(const Request& request, const Take& take);

    struct Last {
        std::int64_t atMs = 0;
        std::vector<CheckResult> results; ///< without the "running" ones
    };
    /// Of the latest run of all checks or some since the plugin was started.
    std::optional<Last> last(const std::string& organisation);

    const Ground& ground() const { return _ground; }

    /// Ends network steps under way; what has not begun is skipped.
    void stop();

private:
    class Run;

    const Ground _ground;
    std::atomic<bool> _stopping{false};
    std::mutex _mutex;
    std::map<std::string, Last> _last;
};

} // namespace jira_plugin::diagnosis
