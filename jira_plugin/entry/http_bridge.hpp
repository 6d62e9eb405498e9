#pragma once

#include "settings/http.hpp"
#include "sync/route.hpp"

#include <aspm/plugin.hpp>

/// Between the host's HTTP and the settings'. Pure.
namespace jira_plugin::entry {

/// Throws aspm::ArgumentError when the host passed no principal.
settings::Request toRequest(const aspm::HttpRequest& request);
/// Views of what the host holds for the duration of the call.
sync::DeliveryRequest toDelivery(const aspm::HttpRequest& request);
void send(const sync::DeliveryAnswer& answer, aspm::HttpResponse& out);

/// A body that grows is sent as it grows, until call is cancelled.
void send(const settings::Response& response, const aspm::Call& call, aspm::HttpResponse& out);

} // namespace jira_plugin::entry
