#pragma once

#include <random>
#include <string>
#include <vector>

namespace fuzz {

/// Inputs like those of a corpus: one of them with some bytes changed, left out, doubled or put in, or the
/// beginning of one with the end of another. The same random numbers give the same input. corpus: not empty.
std::string variationOf(const std::vector<std::string>& corpus, std::mt19937& random);

} // namespace fuzz
