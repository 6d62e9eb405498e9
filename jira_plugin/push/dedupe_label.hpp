#pragma once

#include <string>

namespace jira_plugin::push {

/// The label that marks a finding's ticket, so that it is found again when Jira's answer was lost: "aspm-"
/// and 20 hexadecimal digits of SHA-256 over installation marker, organisation and finding. It depends on
/// nothing that people can edit, and two installations on one Jira never share one.
std::string dedupeLabel(const std::string& installationMarker, const std::string& organisation,
                        const std::string& finding);

} // namespace jira_plugin::push
