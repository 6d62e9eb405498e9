#include "due_date.hpp"

#include "civil_date.hpp"
#include "date_value.hpp"
#include "time_zone.hpp"

namespace jira_plugin::mapping {
namespace {

std::int64_t localDay(std::int64_t utcMs, const TimeZone& zone) {
    const std::int64_t seconds = utcMs / 1000;
    return (seconds + zone.offsetAt(seconds)) / 86400;
}

bool isWeekend(std::int64_t day) {
    return weekdayOf(day) == 0 || weekdayOf(day) == 6;
}

std::int64_t addBusinessDays(std::int64_t day, int count) {
    while (isWeekend(day))
        ++day;
    day += std::int64_t{7} * (count / 5);
    for (int rest = count % 5; rest > 0; --rest)
        do
            ++day;
        while (isWeekend(day));
    return day;
}

} // namespace

std::optional<std::string> dueDate(const FieldMapping& fields, host::Severity severity,
                                   std::int64_t firstSeenMs) {
    const auto days = fields.slaDays[static_cast<std::size_t>(severity)];
    if (!days || firstSeenMs <= 0)
        return std::nullopt;
    const std::int64_t seen = localDay(firstSeenMs, *TimeZone::named(fields.timeZone));
    const std::int64_t due =
        fields.calendar == SlaCalendar::Business ? addBusinessDays(seen, *days) : seen + *days;
    return formatDate(civilFromDays(due));
}

std::optional<std::string> dueDateOf(const FieldMapping& fields, const host::Finding& finding) {
    if (const auto given = dateValue(finding.dueDate))
        return given;
    return dueDate(fields, finding.severity, finding.firstSeenMs);
}

} // namespace jira_plugin::mapping
