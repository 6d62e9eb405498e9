#pragma once

#include "figure.hpp"
#include "options.hpp"

#include <vector>

namespace bench {

/// How much the host's process grows while many findings are queued.
std::vector<Figure> measureMemory(const Options& options);

} // namespace bench
