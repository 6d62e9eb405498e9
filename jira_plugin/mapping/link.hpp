#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jira_plugin::mapping {

/// The address in a form that is safe to put behind a link: http or https with a host (or mailto, where
/// allowed), the scheme in lower case, printable ASCII only, at most 2,000 characters. Nothing for any other
/// scheme or shape.
std::optional<std::string> safeHref(std::string_view address, bool allowMailto = false);

} // namespace jira_plugin::mapping
