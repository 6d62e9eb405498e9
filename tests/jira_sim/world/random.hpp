#pragma once

#include <cstdint>
#include <string>

namespace jira_sim {

/// Repeatable pseudo-random numbers (splitmix64): the same seed gives the same ids and tokens everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : _state(seed) {}

    std::uint64_t next();
    /// In [0, 1).
    double fraction();
    std::string hex(std::size_t digits);
    std::string uuid();
    /// Characters of the base64url alphabet.
    std::string token(std::size_t length);

private:
    std::uint64_t _state;
};

} // namespace jira_sim
