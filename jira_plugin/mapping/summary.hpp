#pragma once

#include "host/finding.hpp"

#include <string>

namespace jira_plugin::mapping {

/// Jira refuses line breaks and more than 255 characters; older versions already refuse the 255th.
constexpr std::size_t maxSummaryUnits = 254;

/// The finding's title in one line of at most 254 UTF-16 units. Never empty: without a title the rule, else
/// the finding's id, stands in.
std::string summarise(const host::Finding& finding);

} // namespace jira_plugin::mapping
