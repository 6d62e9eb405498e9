#pragma once

#include <cstdint>
#include <string>

namespace jira_plugin::jira {

/// Milliseconds since 1970 of a time as Jira writes it: "2024-01-17T12:34:00.000+0000", the offset with or
/// without a colon, or Z. A number is taken as such milliseconds. 0 when it is neither.
std::int64_t timeFromJira(const std::string& text);

} // namespace jira_plugin::jira
