#pragma once

#include "store/outbox_listing.hpp"

#include <Poco/JSON/Object.h>

#include <string>

namespace jira_plugin::settings {

/// To people a finding on its way to Jira is still queued.
std::string stateWord(store::OutboxState state);

/// A push as the API shows it.
Poco::JSON::Object::Ptr pushJson(const store::ListedPush& push);

} // namespace jira_plugin::settings
