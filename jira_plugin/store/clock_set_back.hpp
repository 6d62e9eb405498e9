#pragma once

#include <cstdint>

namespace jira_plugin::store {

/// What is noted as later than now by more than this was noted before the clock was set back: the times that
/// were reckoned from it mean nothing.
constexpr std::int64_t clockSetBackMs = 60'000;

} // namespace jira_plugin::store
