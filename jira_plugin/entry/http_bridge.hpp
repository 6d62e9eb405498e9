#pragma once

#include "settings/http.hpp"

#include <aspm/plugin.hpp>

/// Between the host's HTTP and the settings'. Pure.
namespace jira_plugin::entry {

/// Throws aspm::ArgumentError when the host passed no principal.
settings::Request toRequest(const aspm::HttpRequest& request);
void send(const settings::Response& response, aspm::HttpResponse& out);

} // namespace jira_plugin::entry
