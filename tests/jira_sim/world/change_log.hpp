#pragma once

#include <vector>

#include "world/world.hpp"

namespace jira_sim {

/// What changed between two versions of an issue, as a changelog tells it: ids in from/to, names in the
/// texts.
std::vector<ChangeItem> difference(World& world, const Site& site, const Issue& before, const Issue& after);

} // namespace jira_sim
