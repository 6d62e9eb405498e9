#pragma once

#include "figure.hpp"
#include "options.hpp"

#include <vector>

namespace bench {

/// How many deliveries of Jira Cloud the plugin takes, against a bare server that only answers, and how long
/// one takes at half that rate.
std::vector<Figure> measureIntake(const Options& options);

} // namespace bench
