#pragma once

#include <cstdint>
#include <string>

/// Dates of the proleptic Gregorian calendar as a count of days since 1970-01-01.
namespace jira_plugin::mapping {

struct CivilDate {
    std::int64_t year = 1970;
    int month = 1; ///< 1 to 12
    int day = 1;   ///< 1 to 31
};

std::int64_t daysFromCivil(const CivilDate& date);
CivilDate civilFromDays(std::int64_t days);

/// 0 is Sunday.
int weekdayOf(std::int64_t days);

/// yyyy-MM-dd
std::string formatDate(const CivilDate& date);

} // namespace jira_plugin::mapping
