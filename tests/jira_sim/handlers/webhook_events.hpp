#pragma once

#include "http/call.hpp"
#include "world/events.hpp"

namespace jira_sim {

/// Hands an event to the webhooks that asked for it. Under the world's mutex.
void publish(Services& services, const Event& event);

} // namespace jira_sim
