#pragma once

#include <set>
#include <string>

namespace integration {

/// The functions of the contract's C headers that are told an organisation, by parameter or in a struct that
/// they take, as "struct.member", e.g. "aspm_findings.get". Read from the headers themselves.
std::set<std::string> functionsWithOrganisation();

} // namespace integration
