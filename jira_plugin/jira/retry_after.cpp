#include "retry_after.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/NumberParser.h>
#include <Poco/String.h>

namespace jira_plugin::jira {
namespace {

constexpr std::int64_t longestMs = 24LL * 60 * 60 * 1000;

std::optional<std::int64_t> timeMs(const std::string& format, const std::string& text) {
    Poco::DateTime time;
    int zone = 0;
    if (text.empty() || !Poco::DateTimeParser::tryParse(format, text, time, zone)) {
        return std::nullopt;
    }
    time.makeUTC(zone);
    return time.timestamp().epochMicroseconds() / 1000;
}

std::int64_t bounded(double ms) {
    return static_cast<std::int64_t>(std::clamp(ms, 0.0, static_cast<double>(longestMs)));
}

/// When Data Center's bucket is empty: until it gets its next tokens.
std::int64_t refillMs(const HttpResponse& response) {
    double seconds = 0;
    const bool empty = Poco::trim(response.header("X-RateLimit-Remaining")) == "0";
    return empty && Poco::NumberParser::tryParseFloat(
                        Poco::trim(response.header("X-RateLimit-Interval-Seconds")), seconds)
               ? bounded(seconds * 1000)
               : 0;
}

} // namespace

std::optional<std::int64_t> serverTimeMs(const HttpResponse& response) {
    return timeMs(Poco::DateTimeFormat::HTTP_FORMAT, Poco::trim(response.header("Date")));
}

std::int64_t retryAfterMs(const HttpResponse& response, std::int64_t nowMs) {
    using Poco::DateTimeFormat;
    const std::int64_t now = serverTimeMs(response).value_or(nowMs);
    const std::string after = Poco::trim(response.header("Retry-After"));
    double seconds = 0;
    if (Poco::NumberParser::tryParseFloat(after, seconds)) {
        if (seconds > 0) { // Data Center sends 0 on every answer that is not limited
            return bounded(seconds * 1000);
        }
    } else if (const auto at = timeMs(DateTimeFormat::HTTP_FORMAT, after)) {
        return bounded(static_cast<double>(*at - now));
    }
    const std::string reset = Poco::trim(response.header("X-RateLimit-Reset"));
    if (Poco::NumberParser::tryParseFloat(reset, seconds)) {
        return bounded(seconds * 1000 - static_cast<double>(now));
    }
    if (const auto at = timeMs(DateTimeFormat::ISO8601_FRAC_FORMAT, reset)) {
        return bounded(static_cast<double>(*at - now));
    }
    return refillMs(response);
}

} // namespace jira_plugin::jira
