#pragma once

#include "sync/health.hpp"

#include <Poco/JSON/Object.h>

namespace jira_plugin::settings {

/// State, message and remedy.
Poco::JSON::Object::Ptr webhookJson(const sync::WebhookHealth& health);

} // namespace jira_plugin::settings
