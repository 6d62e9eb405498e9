#pragma once

#include "webhooks.hpp"

#include <string>
#include <vector>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// What all kinds of webhooks have in common: id, address and events. What is missing stays empty.
Webhook readWebhook(const Poco::JSON::Object::Ptr& object);

/// Those that can be named.
std::vector<Webhook> withIds(std::vector<Webhook> webhooks);

/// Texts as a JSON array.
std::string textList(const std::vector<std::string>& texts);

/// Jira's words out of a list of errors, on one line.
std::string wordsOf(const Poco::JSON::Array::Ptr& errors);

} // namespace jira_plugin::jira
