#pragma once

#include "document.hpp"

#include <string>
#include <vector>

namespace jira_plugin::mapping {

/// Blocks of the Markdown subset that rule help is written in: headings, paragraphs, lists (nested ones come
/// out flat), quotes, rules, fenced code and, as code, tables. HTML and everything unknown stays literal
/// text. The text must be clean (see cleanText). Never throws; linear in the length of the text.
std::vector<Block> readMarkdown(const std::string& text);

} // namespace jira_plugin::mapping
