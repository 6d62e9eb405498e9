#include <catch2/catch.hpp>

#include "mapping/civil_date.hpp"
#include "mapping/due_date.hpp"
#include "mapping/time_zone.hpp"
#include "temp_dir.hpp"

#include <stdexcept>

using namespace jira_plugin::mapping;
using jira_plugin::host::Severity;

namespace {

std::int64_t utcMs(std::int64_t year, int month, int day, int hour = 0, int minute = 0) {
    return (daysFromCivil({year, month, day}) * 86400 + hour * 3600L + minute * 60L) * 1000;
}

FieldMapping mappingOf(int days, SlaCalendar calendar, const std::string& zone) {
    FieldMapping mapping;
    mapping.slaDays[static_cast<std::size_t>(Severity::Critical)] = days;
    mapping.calendar = calendar;
    mapping.timeZone = zone;
    return mapping;
}

std::string due(int days, SlaCalendar calendar, const std::string& zone, std::int64_t seenMs) {
    return dueDate(mappingOf(days, calendar, zone), Severity::Critical, seenMs).value_or("none");
}

} // namespace

TEST_CASE("dates and days since 1970 are the same thing", "[mapping]") {
    for (std::int64_t day = -800000; day < 800000; day += 37)
        REQUIRE(daysFromCivil(civilFromDays(day)) == day);
    CHECK(formatDate(civilFromDays(0)) == "1970-01-01");
    CHECK(formatDate(civilFromDays(19782)) == "2024-02-29");
    CHECK(weekdayOf(daysFromCivil({2026, 1, 1})) == 4);
    CHECK(weekdayOf(-4) == 0);
}

TEST_CASE("the due date counts days from the day a finding was first seen", "[mapping]") {
    CHECK(due(7, SlaCalendar::Calendar, "UTC", utcMs(2026, 1, 1)) == "2026-01-08");
    CHECK(due(0, SlaCalendar::Calendar, "UTC", utcMs(2026, 1, 1, 23, 59)) == "2026-01-01");
    CHECK(due(60, SlaCalendar::Calendar, "UTC", utcMs(2027, 12, 31)) == "2028-02-29");
}

TEST_CASE("the day begins in the mapping's time zone", "[mapping]") {
    const auto evening = utcMs(2026, 1, 1, 23, 30);
    CHECK(due(1, SlaCalendar::Calendar, "Europe/Berlin", evening) == "2026-01-03");
    CHECK(due(1, SlaCalendar::Calendar, "America/New_York", evening) == "2026-01-02");
    CHECK(due(1, SlaCalendar::Calendar, "America/New_York", utcMs(2026, 1, 1, 3)) == "2026-01-01");
    CHECK(due(1, SlaCalendar::Calendar, "Pacific/Kiritimati", utcMs(2026, 1, 1, 10)) == "2026-01-03");
}

TEST_CASE("business days leave out weekends, wherever counting begins", "[mapping]") {
    const auto business = [](int days, int dayOfJanuary) {
        return due(days, SlaCalendar::Business, "UTC", utcMs(2026, 1, dayOfJanuary, 12));
    };
    CHECK(business(1, 1) == "2026-01-02"); // Thursday -> Friday
    CHECK(business(2, 1) == "2026-01-05"); // -> Monday
    CHECK(business(5, 1) == "2026-01-08"); // a week
    CHECK(business(7, 1) == "2026-01-12");
    CHECK(business(1, 3) == "2026-01-06"); // Saturday counts from Monday
    CHECK(business(0, 4) == "2026-01-05"); // Sunday, due at once
    CHECK(business(10, 2) == "2026-01-16");
}

TEST_CASE("no limit or no first seen means no due date", "[mapping]") {
    FieldMapping mapping;
    CHECK_FALSE(dueDate(mapping, Severity::Info, utcMs(2026, 1, 1)));
    CHECK_FALSE(dueDate(mapping, Severity::Critical, 0));
    CHECK(dueDate(mapping, Severity::Critical, utcMs(2026, 1, 1)) == "2026-01-08");
}

TEST_CASE("daylight saving is known before and after the end of a zone's table", "[mapping]") {
    const auto hours = [](const char* zone, std::int64_t ms) {
        return TimeZone::named(zone)->offsetAt(ms / 1000) / 3600.0;
    };
    CHECK(hours("Europe/Berlin", utcMs(2026, 1, 15)) == 1);
    CHECK(hours("Europe/Berlin", utcMs(2026, 7, 15)) == 2);
    CHECK(hours("Europe/Berlin", utcMs(2026, 3, 29, 0, 59)) == 1);
    CHECK(hours("Europe/Berlin", utcMs(2026, 3, 29, 1, 0)) == 2);
    CHECK(hours("Europe/Berlin", utcMs(2060, 7, 15)) == 2);
    CHECK(hours("Europe/Berlin", utcMs(2060, 12, 15)) == 1);
    CHECK(hours("Australia/Sydney", utcMs(2060, 1, 15)) == 11);
    CHECK(hours("Australia/Sydney", utcMs(2060, 7, 15)) == 10);
    CHECK(hours("Asia/Kolkata", utcMs(2026, 1, 1)) == 5.5);
    CHECK(hours("UTC", utcMs(2026, 1, 1)) == 0);
}

TEST_CASE("rules for later years are read as POSIX writes them", "[mapping]") {
    const auto berlin = PosixZone::parse("CET-1CEST,M3.5.0,M10.5.0/3");
    REQUIRE(berlin);
    CHECK(berlin->offsetAt(utcMs(2026, 10, 25, 0, 59) / 1000) == 7200);
    CHECK(berlin->offsetAt(utcMs(2026, 10, 25, 1, 0) / 1000) == 3600);
    CHECK(PosixZone::parse("<+0330>-3:30")->offsetAt(0) == 12600);
    CHECK(PosixZone::parse("EST5EDT,J60,J300/1:30")->offsetAt(utcMs(2028, 3, 1, 7) / 1000) == -4 * 3600);
    CHECK(PosixZone::parse("X5") == std::nullopt);
    for (const char* bad : {"", "CET", "CET-1CEST", "CET-1CEST,M13.1.0,M10.5.0", "CET-1CEST,M3.5.0", "5",
                            "<CET-1", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-999"})
        CHECK_FALSE(PosixZone::parse(bad));
}

TEST_CASE("an unknown time zone is refused with an example, and no path leads out of the database",
          "[mapping]") {
    for (const char* bad : {"", "Mars/Olympus", "../../etc/passwd", "/etc/passwd",
                            "Europe/../../../etc/passwd", "zone.tab", "Europe", "Europe/Berlin\n"})
        CHECK_THROWS_WITH(TimeZone::named(bad), Catch::Contains("Europe/Berlin"));
}

TEST_CASE("a damaged zone file is refused whatever is wrong with it", "[mapping]") {
    std::string good = test_support::readFile("/usr/share/zoneinfo/Europe/Berlin");
    CHECK(TimeZone::fromBytes(good).offsetAt(utcMs(2026, 7, 15) / 1000) == 7200);
    CHECK_THROWS_AS(TimeZone::fromBytes("TZif"), std::invalid_argument);
    CHECK_THROWS_AS(TimeZone::fromBytes(good.substr(0, good.size() / 2)), std::invalid_argument);
    for (std::size_t at = 0; at < good.size(); at += 3) {
        std::string damaged = good;
        damaged[at] = static_cast<char>(~damaged[at]);
        try {
            TimeZone::fromBytes(damaged).offsetAt(utcMs(2026, 7, 15) / 1000);
        } catch (const std::invalid_argument&) {
        }
    }
}
