#pragma once

#include "http/call.hpp"
#include "world/events.hpp"

namespace jira_sim::webhook {

/// The body that tells of an event, without `matchedWebhookIds`: issues and comments as version 2 of the REST
/// API shows them, addresses those of the site.
json::ObjectPtr payload(Services& services, const Event& event);
/// Data Center tells of a comment twice: this is the second time, as a change of its issue.
json::ObjectPtr commentedPayload(Services& services, const Event& event);

} // namespace jira_sim::webhook
