#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace jira_sim {

/// Wall-clock time that a test may move. Milliseconds since 1970. Any thread.
class Clock {
public:
    std::int64_t nowMs() const {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count() + _offsetMs;
    }
    void advanceMs(std::int64_t by) { _offsetMs += by; }

private:
    std::atomic<std::int64_t> _offsetMs{0};
};

/// `2024-01-17T12:34:00.000+0000`, the way Jira writes date-times.
std::string jiraDateTime(std::int64_t ms);
/// `2024-01-17`
std::string isoDate(std::int64_t ms);
/// Midnight UTC of a calendar date, or -1 when the text is not `yyyy-MM-dd` or names no real day.
std::int64_t parseIsoDate(const std::string& text);

} // namespace jira_sim
