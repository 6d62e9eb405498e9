#pragma once

#include <cstddef>
#include <string>

namespace jira_plugin::jira {

/// More of a comment is not kept; Jira itself takes 32767 characters unless its administrator set more.
constexpr std::size_t plainTextLimit = std::size_t{64} * 1024;

/// Text for people to read, of at most plainTextLimit bytes of valid UTF-8: carriage returns become line
/// breaks, other control characters and those that change the direction of writing are left out, no more than
/// one empty line in a row, no blanks at the ends. What was cut off is said. Pure.
std::string tidyPlainText(const std::string& text);

/// "text (href)", or the one when the other says the same or is missing.
std::string writtenOutLink(const std::string& text, const std::string& href);

} // namespace jira_plugin::jira
