#pragma once

#include "figure.hpp"

namespace bench {

/// How long it takes to load the plugin's library, to ask for its table and to unload it, each time in a new
/// process that has mapped nothing of what the library needs.
Figure measureLoadTime();

} // namespace bench
