#pragma once

#include "figure.hpp"
#include "options.hpp"

#include <vector>

namespace bench {

/// What a comparison of all linked tickets with Jira Cloud asks for, when no webhook told of what changed.
std::vector<Figure> measureComparison(const Options& options);

} // namespace bench
