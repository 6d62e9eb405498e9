#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace torture {

/// All chance of one run, from its seed. One thread.
class Dice {
public:
    /// Neighbouring seeds have nothing in common.
    explicit Dice(std::uint64_t seed) : _random(seed * 0x9E3779B97F4A7C15ULL) {}

    int between(int least, int most) { return std::uniform_int_distribution<int>(least, most)(_random); }
    bool chance(double probability) {
        return std::uniform_real_distribution<double>(0, 1)(_random) < probability;
    }
    template <class Each> const Each& pick(const std::vector<Each>& all) {
        return all[std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(_random)];
    }

private:
    std::mt19937_64 _random;
};

} // namespace torture
