#pragma once

#include <string>
#include <string_view>

/// JSON as text, without a tree of objects: what is sent in bulk is written often.
namespace jira_plugin::jira::json {

/// A JSON string with its quotes. The text is valid UTF-8.
void appendQuoted(std::string& out, std::string_view text);
std::string quoted(std::string_view text);

/// Appends a value to the elements of an array, with a comma where one is needed.
void appendElement(std::string& elements, std::string_view value);

} // namespace jira_plugin::jira::json
