#pragma once

#include <cstdint>

#include "jql/query.hpp"

namespace jira_sim::jql {

/// The moment a date operand names: epoch milliseconds, `-1w 2d` relative to now, `yyyy-MM-dd [HH:mm]`, or
/// `now()`, `startOfDay()`, `endOfDay()` with an optional offset. Times of day are UTC. Throws Refused.
std::int64_t dateOperand(const Term& term, std::int64_t nowMs);

} // namespace jira_sim::jql
