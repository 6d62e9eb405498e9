#include "jira/jira_time.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;

TEST_CASE("times are read as Jira writes them", "[jira]") {
    CHECK(timeFromJira("2024-01-17T12:34:00.000+0000") == 1'705'494'840'000);
    CHECK(timeFromJira("2024-01-17T12:34:00.123+0530") == 1'705'494'840'123 - 19'800'000);
    CHECK(timeFromJira("2024-01-17T12:34:00.5-01:00") == 1'705'494'840'500 + 3'600'000);
    CHECK(timeFromJira("2024-01-17T12:34:00Z") == 1'705'494'840'000);
    CHECK(timeFromJira("2024-01-17T12:34:00") == 1'705'494'840'000);
    CHECK(timeFromJira("2024-01-17T12:34:00.123456Z") == 1'705'494'840'123);
    CHECK(timeFromJira("1705494840000") == 1'705'494'840'000);
    for (const char* text : {"", "soon", "2024-13-17T12:34:00.000+0000", "2024-02-30T00:00:00Z", "-5",
                             "2024-01-17", "99999999999999999999999", "2024-01-17T12:34:00.Z",
                             "2024-01-17T12:34:00+1", "2024-01-17T12:34:00Zulu",
                             "2024-01-17T12:34:00.0000000000000000000000000000Z", "2024-01-17 12:34:00Z"}) {
        INFO(text);
        CHECK(timeFromJira(text) == 0);
    }
}
