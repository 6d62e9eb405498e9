#pragma once

#include "jira/fields.hpp"

#include <Poco/JSON/Object.h>

namespace jira_plugin::settings {

/// A field of one of Jira's screens as the API shows it.
Poco::JSON::Object::Ptr fieldJson(const jira::FieldMeta& field);

/// Ids and names.
Poco::JSON::Array::Ptr valuesJson(const std::vector<jira::AllowedValue>& values);

} // namespace jira_plugin::settings
