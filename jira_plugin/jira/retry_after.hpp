#pragma once

#include "transport.hpp"

#include <cstdint>

namespace jira_plugin::jira {

/// How long an answer asks to wait, in ms; 0 when it does not say. Reads Retry-After as seconds or as an HTTP
/// date, else X-RateLimit-Reset as an ISO 8601 time or epoch seconds. Times are measured against the answer's
/// own Date header, so a wrong clock here does no harm; nowMs stands in when it is missing. At most a day.
/// Source: RFC 9110 10.2.3; developer.atlassian.com/cloud/jira/platform/rate-limiting
std::int64_t retryAfterMs(const HttpResponse& response, std::int64_t nowMs);

} // namespace jira_plugin::jira
