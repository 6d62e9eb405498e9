#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/exchange.hpp"
#include "world/random.hpp"

namespace jira_sim {

/// One fault as asked for. Grammar: `KIND[=VALUE][,FILTER=VALUE]...`, explained in README.md.
struct Fault {
    int id = 0;
    std::string spec; ///< as given
    std::string kind;
    std::string value;
    std::string path, method, body; ///< filters; empty matches all
    std::int64_t times = -1;        ///< how often it still fires; -1: always
    std::int64_t after = 0;         ///< matching requests to let pass first
    double probability = 1;
    std::int64_t fired = 0;
};

/// What the faults that fired do to one request.
struct FaultPlan {
    std::int64_t latencyMs = 0;
    int status = 0; ///< 0: process normally
    /// As the fault has it: seconds, "date+SECONDS", or what means nothing.
    std::optional<std::string> retryAfter;
    bool cutBefore = false, loseAnswer = false, truncate = false;
    bool html = false, captcha = false;
    bool expireToken = false, deny = false, refuseRefresh = false;
};

/// The header Retry-After of a planned refusal, `otherwise` when the fault names none; empty: no header.
std::string retryHeader(const FaultPlan& plan, std::int64_t nowMs, const std::string& otherwise);

/// What the faults that fired do to one webhook delivery.
struct DeliveryPlan {
    bool lose = false, duplicate = false, reorder = false;
    std::int64_t delayMs = 0;
};

/// The set of faults in force. Any thread.
class Faults {
public:
    explicit Faults(std::uint64_t seed) : _random(seed ^ 0x5EEDF417ULL) {}

    /// Throws std::invalid_argument with what is wrong and what would be right. Answers the fault's number.
    int add(const std::string& spec);
    void clear();
    bool remove(int id);
    std::vector<Fault> list() const;

    /// Decides what happens to a request and counts the faults that fired.
    FaultPlan plan(const Request& request);
    /// The same for a delivery to `url`, which the kinds `webhook-*` are about and no other.
    DeliveryPlan planDelivery(const std::string& url, const std::string& body);

    static Fault parse(const std::string& spec);
    /// The delay of `index-delay=MS`, which is a property of the world and not of requests; nothing for
    /// others.
    static std::optional<std::int64_t> indexDelay(const std::string& spec);

private:
    bool fires(Fault& fault, const Request& request);

    mutable std::mutex _mutex;
    Random _random;
    std::vector<Fault> _faults;
    int _nextId = 1;
};

} // namespace jira_sim
