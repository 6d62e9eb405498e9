#include "world/rate_limits.hpp"

#include <algorithm>

namespace jira_sim {

RateLimits::Outcome RateLimits::take(const std::string& user, std::int64_t nowMs) {
    Bucket& bucket = _buckets.try_emplace(user, Bucket{_limit.capacity, nowMs}).first->second;
    const std::int64_t stepMs = _limit.intervalSec * 1000;
    const std::int64_t steps = (nowMs - bucket.filledMs) / stepMs;
    if (steps > 0) {
        bucket.tokens = std::min(_limit.capacity, bucket.tokens + steps * _limit.fill);
        bucket.filledMs += steps * stepMs;
    }
    const bool allowed = bucket.tokens > 0;
    if (allowed)
        --bucket.tokens;
    const std::int64_t waitMs = bucket.filledMs + stepMs - nowMs;
    return {allowed, bucket.tokens, bucket.tokens > 0 ? 0 : (waitMs + 999) / 1000};
}

} // namespace jira_sim
