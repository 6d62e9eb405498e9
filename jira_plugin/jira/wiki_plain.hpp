#pragma once

#include <string>

namespace jira_plugin::jira {

/// What Jira's wiki markup says, as plain text: markup, colours and macros are left out and their text kept,
/// links are written out ("text (https://...)"), mentions as @name, images and attachments by their names.
/// Takes anybody's text: never fails, the time is linear, the result is bounded and holds no control
/// characters but line breaks and tabs. Pure.
std::string textOfWiki(const std::string& markup);

} // namespace jira_plugin::jira
