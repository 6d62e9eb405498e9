#pragma once

#include "host/finding.hpp"

namespace jira_plugin::host {
struct Services;
}

namespace jira_plugin::push {

/// Why a finding in this state needs no ticket any more; NULL when it does.
const char* settledBecause(host::FindingStatus status);

/// Tells the host that a settled finding waits for no ticket any more. Throws what the host throws.
void tellWithdrawn(const host::Services& services, const host::Finding& finding);

} // namespace jira_plugin::push
