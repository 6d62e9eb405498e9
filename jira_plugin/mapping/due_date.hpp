#pragma once

#include "mapping/settings.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace jira_plugin::mapping {

/// More than that is a typing error.
constexpr int maxSlaDays = 3650;

/// The due date (yyyy-MM-dd) of a finding first seen at that moment: the days that the severity allows,
/// counted from the day of first seeing in the mapping's time zone. Business days are Monday to Friday;
/// a finding seen on a weekend counts from the Monday after. Nothing when the severity has no limit or the
/// moment is unknown (0). Throws std::invalid_argument when the time zone is unknown.
std::optional<std::string> dueDate(const FieldMapping& fields, host::Severity severity,
                                   std::int64_t firstSeenMs);

/// The due date of a finding's ticket: the host's where it has one, else by the days of its severity. Throws
/// as above.
std::optional<std::string> dueDateOf(const FieldMapping& fields, const host::Finding& finding);

} // namespace jira_plugin::mapping
