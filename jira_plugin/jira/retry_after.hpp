#pragma once

#include "transport.hpp"

#include <cstdint>
#include <optional>

namespace jira_plugin::jira {

/// How long an answer asks to wait, in ms; 0 when it does not say. Reads Retry-After as seconds or as an HTTP
/// date, else X-RateLimit-Reset as an ISO 8601 time or epoch seconds, else Data Center's
/// X-RateLimit-Interval-Seconds when its bucket is empty. Times are measured against the answer's
/// own Date header, so a wrong clock here does no harm; nowMs stands in when it is missing. At most a day.
/// Source: RFC 9110 10.2.3; developer.atlassian.com/cloud/jira/platform/rate-limiting
std::int64_t retryAfterMs(const HttpResponse& response, std::int64_t nowMs);

/// What the server's clock said when it answered; nothing when the answer does not tell.
std::optional<std::int64_t> serverTimeMs(const HttpResponse& response);

} // namespace jira_plugin::jira
