#pragma once

#include <string>

namespace jira_plugin::mapping {

/// The name by which Jira colours code of a file with this name, e.g. "cpp"; empty when unknown.
std::string languageOf(const std::string& filePath);

} // namespace jira_plugin::mapping
