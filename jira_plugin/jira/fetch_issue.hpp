#pragma once

#include "rest_dialect.hpp"

#include <string>

#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// One issue with these fields (names separated by commas), read by its numeric id or key. null when there is
/// none for this account. Throws the types of errors.hpp.
Poco::JSON::Object::Ptr fetchIssue(RestDialect& dialect, const std::string& idOrKey,
                                   const std::string& fields);

} // namespace jira_plugin::jira
