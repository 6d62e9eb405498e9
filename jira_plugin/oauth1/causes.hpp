#pragma once

#include "explanation.hpp"

#include <string>

namespace jira_plugin::oauth1 {

/// The sentences of a reason. detail: what it is about (a key, two times, Jira's words); may be empty.
Cause causeOf(Reason reason, const std::string& detail = {});

} // namespace jira_plugin::oauth1
