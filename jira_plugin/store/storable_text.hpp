#pragma once

#include <string>

namespace jira_plugin::store {

/// A text as every engine keeps it: PostgreSQL takes well-formed UTF-8 without NUL and refuses the rest. What
/// is neither becomes U+FFFD.
std::string storable(const std::string& text);

} // namespace jira_plugin::store
