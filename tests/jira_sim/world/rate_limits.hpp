#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace jira_sim {

/// Data Center's rate limit per user: a bucket of `capacity` requests that gets `fill` more each interval.
struct RateLimit {
    std::int64_t capacity = 1000, fill = 1000, intervalSec = 1;
};

/// The buckets of all users. Guarded by the world's mutex.
class RateLimits {
public:
    struct Outcome {
        bool allowed;
        std::int64_t remaining, retryAfterSec; ///< 0 while tokens remain
    };

    void set(const RateLimit& limit) { _limit = limit; }
    const RateLimit& limit() const { return _limit; }
    /// Takes one request out of a user's bucket.
    Outcome take(const std::string& user, std::int64_t nowMs);

private:
    struct Bucket {
        std::int64_t tokens, filledMs;
    };

    RateLimit _limit;
    std::map<std::string, Bucket> _buckets;
};

} // namespace jira_sim
