#include "backoff.hpp"

#include <algorithm>
#include <array>

namespace jira_plugin::push {
namespace {

constexpr std::int64_t firstMs = 2'000;
constexpr std::int64_t longestMs = 900'000;

constexpr std::array<std::int64_t, 6> pausesMs{2'000, 5'000, 10'000, 20'000, 40'000, 60'000};
constexpr std::int64_t usualSettleMs = 120'000;
constexpr std::int64_t shortestPauseMs = 200;

} // namespace

std::int64_t backoffMs(std::int64_t failures, std::int64_t askedMs, double random) {
    const auto doublings = std::clamp<std::int64_t>(failures - 1, 0, 20);
    const std::int64_t grown = std::min(firstMs << doublings, longestMs);
    const auto jittered = static_cast<std::int64_t>(static_cast<double>(grown) * (0.7 + 0.6 * random));
    return std::max(std::min(jittered, longestMs), askedMs);
}

std::int64_t nextLookupMs(std::int64_t lookups, std::int64_t sentAtMs, std::int64_t nowMs,
                          std::int64_t settleMs) {
    const auto step = std::clamp<std::int64_t>(lookups, 0, pausesMs.size() - 1);
    const std::int64_t scaled = pausesMs[static_cast<std::size_t>(step)] * settleMs / usualSettleMs;
    const std::int64_t next = nowMs + std::max(scaled, shortestPauseMs);
    const std::int64_t settledMs = sentAtMs + settleMs;
    return nowMs < settledMs ? std::min(next, settledMs) : next;
}

} // namespace jira_plugin::push
