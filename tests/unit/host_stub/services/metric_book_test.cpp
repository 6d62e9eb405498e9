#include <algorithm>

#include <catch2/catch.hpp>

#include "services/metric_book.hpp"

using namespace aspm::host;

TEST_CASE("counters add up per label, and gauges keep the last value", "[metrics]") {
    MetricBook book;
    book.add("pushed_total", 1, {{"state", "created"}});
    book.add("pushed_total", 2, {{"state", "created"}});
    book.add("pushed_total", 5, {{"state", "parked"}});
    book.set("queue", 7, {});
    book.set("queue", 3, {});
    CHECK(book.text() == "# TYPE aspm_pushed_total counter\n"
                         "aspm_pushed_total{state=\"created\"} 3\n"
                         "aspm_pushed_total{state=\"parked\"} 5\n"
                         "# TYPE aspm_queue gauge\n"
                         "aspm_queue 3\n");
}

TEST_CASE("a histogram's buckets count everything up to their bound", "[metrics]") {
    MetricBook book;
    for (double seconds : {0.004, 0.2, 100.0})
        book.observe("seconds", seconds, {{"op", "push"}});
    std::string text = book.text();
    CHECK_THAT(text, Catch::Contains("aspm_seconds_bucket{op=\"push\",le=\"0.005\"} 1\n"));
    CHECK_THAT(text, Catch::Contains("aspm_seconds_bucket{op=\"push\",le=\"0.1\"} 1\n"));
    CHECK_THAT(text, Catch::Contains("aspm_seconds_bucket{op=\"push\",le=\"0.25\"} 2\n"));
    CHECK_THAT(text, Catch::Contains("aspm_seconds_bucket{op=\"push\",le=\"+Inf\"} 3\n"));
    CHECK_THAT(text, Catch::Contains("aspm_seconds_count{op=\"push\"} 3\n"));
    CHECK_THAT(text, Catch::Contains("aspm_seconds_sum{op=\"push\"} 100.204\n"));
}

TEST_CASE("names and label values cannot break the format", "[metrics]") {
    MetricBook book;
    book.add("odd name!", 1, {{"la-bel", "a\"b\\c\nd"}});
    CHECK_THAT(book.text(), Catch::Contains(R"(aspm_odd_name_{la_bel="a\"b\\c\nd"} 1)"));
}

TEST_CASE("the number of series is bounded, and those that are there go on counting", "[metrics]") {
    MetricBook book;
    book.add("first", 1, {});
    for (int i = 0; i < 6000; ++i)
        book.add("many", 1, {{"id", std::to_string(i)}});
    book.set("late", 1, {});
    book.add("first", 1, {});
    std::string text = book.text();
    CHECK_THAT(text, Catch::Contains("aspm_first 2\n"));
    CHECK_THAT(text, !Catch::Contains("aspm_late"));
    CHECK(std::count(text.begin(), text.end(), '\n') == 5000 + 2);
}
