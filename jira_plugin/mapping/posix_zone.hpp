#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace jira_plugin::mapping {

/// A rule like "CET-1CEST,M3.5.0,M10.5.0/3", as POSIX has it for the variable TZ and RFC 8536 for the end of
/// a zone file. Immutable.
class PosixZone {
public:
    /// Nothing when the text is not such a rule.
    static std::optional<PosixZone> parse(const std::string& text);

    /// Seconds east of UTC at that moment.
    int offsetAt(std::int64_t utcSeconds) const;

    /// When daylight saving begins or ends in a year.
    struct Change {
        enum class Kind { Month, JulianWithoutLeapDay, DayOfYear };
        Kind kind = Kind::Month;
        int month = 0; ///< Month: 1 to 12
        int week = 0;  ///< Month: 1 to 5, 5 is the last
        int day = 0;   ///< Month: weekday, 0 is Sunday; else the day of the year
        int second = 7200;
    };

private:
    int _standard = 0;
    int _daylight = 0;
    bool _hasDaylight = false;
    Change _begin;
    Change _end;
};

} // namespace jira_plugin::mapping
