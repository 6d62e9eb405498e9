#pragma once

#include "diary.hpp"
#include "judge.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace torture {

/// What became of one seed.
struct Result {
    std::uint64_t seed = 0;
    Diary diary;
    std::vector<Verdict> wrong;
    std::size_t findings = 0;
    std::filesystem::path kept; ///< where everything is, when something is wrong
};

/// One run from the beginning to its judgement. keep: directory of what failed runs leave behind. Never
/// throws.
Result run(std::uint64_t seed, const std::filesystem::path& keep);

} // namespace torture
