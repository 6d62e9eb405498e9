#pragma once

#include "host/services.hpp"

#include <aspm/plugin.hpp>

/// Between the C layer's data and the plugin's own. Pure.
namespace jira_plugin::entry {

host::Finding toFinding(const aspm::FindingData& data);
host::FindingChange toChange(const aspm::FindingChange& change);
aspm::TicketRef toTicket(const host::TicketRef& ticket);
host::Member toMember(const aspm::Member& member);
host::Project toProject(const aspm::Project& project);

} // namespace jira_plugin::entry
