#pragma once

#include "problem.hpp"

#include <Poco/JSON/Array.h>

namespace jira_plugin::settings {

/// [{"field", "message", "remedy"}]
Poco::JSON::Array::Ptr problemsJson(const std::vector<FieldProblem>& problems);

} // namespace jira_plugin::settings
