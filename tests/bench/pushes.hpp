#pragma once

#include "figure.hpp"
#include "options.hpp"

#include <vector>

namespace bench {

/// Pushes of 1, of 100 and of many findings, by the plugin and by a bare client.
std::vector<Figure> measurePushes(const Options& options);

} // namespace bench
