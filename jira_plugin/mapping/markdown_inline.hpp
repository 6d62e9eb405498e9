#pragma once

#include "document.hpp"

#include <string_view>
#include <vector>

namespace jira_plugin::mapping {

/// The inline part of the Markdown subset: `code`, **bold**, *italic*, [links](https://...), <https://...>
/// and bare http(s) addresses. Everything else is literal text. Time is linear in the length of the text,
/// whatever a stranger wrote.
std::vector<Span> readInline(std::string_view text);

} // namespace jira_plugin::mapping
