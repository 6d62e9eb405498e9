#pragma once

#include "host/services.hpp"

#include <cstdint>
#include <string>

namespace jira_plugin::trial {

/// Marks every test ticket, so that people know it and may delete it.
constexpr const char* testLabel = "mayo-aspm-test";

/// A made-up finding that shows in a ticket what real ones show: text, code, a link, a severity and a date.
/// id: of the test ticket. pageUrl: of the settings, since there is no page of this finding.
host::Finding sampleFinding(const std::string& organisation, const host::Project& project,
                            const std::string& id, const std::string& pageUrl, std::int64_t nowMs);

} // namespace jira_plugin::trial
