#pragma once

namespace jira_plugin::entry {

/// Of the plugin; the manifest says the same.
constexpr const char* pluginVersion = "1.0.0";

} // namespace jira_plugin::entry
