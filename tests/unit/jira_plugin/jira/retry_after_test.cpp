#include "jira/retry_after.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;

namespace {

constexpr std::int64_t noonMs = 1'796'126'400'000; // 2026-12-01T12:00:00Z

std::int64_t wait(Headers headers) {
    return retryAfterMs({429, std::move(headers), ""}, noonMs);
}

} // namespace

TEST_CASE("Retry-After is understood in both of its forms", "[jira]") {
    CHECK(wait({{"Retry-After", "30"}}) == 30'000);
    CHECK(wait({{"retry-after", " 1.5 "}}) == 1'500);
    CHECK(wait({{"Retry-After", "Tue, 01 Dec 2026 12:00:45 GMT"}}) == 45'000);
    CHECK(wait({{"Retry-After", "Tue, 01 Dec 2026 11:59:00 GMT"}}) == 0);
}

TEST_CASE("a date is measured against the server's own clock", "[jira]") {
    CHECK(wait({{"Date", "Tue, 01 Dec 2026 15:00:00 GMT"},
                {"Retry-After", "Tue, 01 Dec 2026 15:00:10 GMT"}}) == 10'000);
}

TEST_CASE("X-RateLimit-Reset stands in for a missing Retry-After", "[jira]") {
    CHECK(wait({{"X-RateLimit-Reset", "2026-12-01T12:01:00Z"}}) == 60'000);
    CHECK(wait({{"X-RateLimit-Reset", "2026-12-01T13:01:00.000+01:00"}}) == 60'000);
    CHECK(wait({{"X-RateLimit-Reset", "1796126420"}}) == 20'000);
    CHECK(wait({{"Retry-After", "5"}, {"X-RateLimit-Reset", "2026-12-01T12:01:00Z"}}) == 5'000);
}

TEST_CASE("an answer that says nothing usable asks for no wait", "[jira]") {
    CHECK(wait({}) == 0);
    CHECK(wait({{"Retry-After", "0"}}) == 0); // Data Center, on answers that are not limited
    CHECK(wait({{"Retry-After", "soon"}}) == 0);
    CHECK(wait({{"Retry-After", "-3"}}) == 0);
    CHECK(wait({{"X-RateLimit-Reset", "tomorrow"}}) == 0);
}

TEST_CASE("no wait is longer than a day", "[jira]") {
    CHECK(wait({{"Retry-After", "999999999999"}}) == 86'400'000);
    CHECK(wait({{"X-RateLimit-Reset", "2099-01-01T12:00:00Z"}}) == 86'400'000);
}
