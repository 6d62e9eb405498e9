#include <catch2/catch.hpp>

#include "mapping/date_value.hpp"

using namespace jira_plugin::mapping;

TEST_CASE("a date is a day of the calendar, written with year, month and day", "[mapping]") {
    CHECK(dateValue("2026-01-31") == "2026-01-31");
    CHECK(dateValue("2028-02-29") == "2028-02-29");
    for (const char* bad : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-31",
                            "31.01.2026", "2026-01-31T00:00", "2026-01-31 ", "tomorrow", "0000-01-01"}) {
        CAPTURE(bad);
        CHECK_FALSE(dateValue(bad));
    }
}

TEST_CASE("a moment is put into Jira's form and keeps its time zone", "[mapping]") {
    CHECK(dateTimeValue("2026-01-31T09:30Z") == "2026-01-31T09:30:00.000+0000");
    CHECK(dateTimeValue("2026-01-31T09:30:15+02:00") == "2026-01-31T09:30:15.000+0200");
    CHECK(dateTimeValue("2026-01-31 09:30:15.5-0530") == "2026-01-31T09:30:15.500-0530");
    CHECK(dateTimeValue("2026-01-31T09:30:15.123456789Z") == "2026-01-31T09:30:15.123+0000");
    CHECK(dateTimeValue("2026-01-31T09:30:00.000+0200") == "2026-01-31T09:30:00.000+0200");
    for (const char* bad :
         {"", "2026-01-31", "2026-01-31T09:30", "2026-01-31T24:00Z", "2026-01-31T09:60Z", "2026-02-30T09:30Z",
          "2026-01-31T09:30+15:00", "2026-01-31T09:30:61Z", "2026-01-31T9:30Z", "2026-01-31T09:30:15.Z"}) {
        CAPTURE(bad);
        CHECK_FALSE(dateTimeValue(bad));
    }
}
