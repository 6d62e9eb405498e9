#pragma once

#include "checks.hpp"

#include <string>

#include <Poco/JSON/Object.h>

namespace jira_plugin::diagnosis {

/// Everything that helps somebody who cannot see this platform: versions, configuration, the connection,
/// mappings, counts, causes and the last checks. No secret, no text of a finding, no e-mail address. Throws
/// store::StoreError.
Poco::JSON::Object::Ptr supportBundle(Checks& checks, const std::string& organisation,
                                      const std::string& version);

/// A result as the API and the bundle write it.
Poco::JSON::Object::Ptr toJson(const CheckResult& result);

} // namespace jira_plugin::diagnosis
