#pragma once

#include <cstdint>

namespace jira_plugin::push {

/// How long to wait after this many failures in a row (from 1): 2 s doubling up to 15 minutes, times 0.7 to
/// 1.3 so that many hosts do not come back at once, and never less than what Jira asked for.
/// random: from [0, 1). askedMs: Jira's Retry-After, 0 when there was none. Pure.
std::int64_t backoffMs(std::int64_t failures, std::int64_t askedMs, double random);

/// When an issue in doubt is looked up next: pauses grow from 2 s to 60 s, in proportion to the settling time
/// where that is not the usual 120 s, and one look-up follows the end of the settling time directly.
/// lookups: how many there have been since it was sent. Times in ms since the epoch. Pure.
std::int64_t nextLookupMs(std::int64_t lookups, std::int64_t sentAtMs, std::int64_t nowMs,
                          std::int64_t settleMs);

} // namespace jira_plugin::push
