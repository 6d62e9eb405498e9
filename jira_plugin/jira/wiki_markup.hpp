#pragma once

#include "mapping/document.hpp"

#include <cstddef>
#include <string>

namespace jira_plugin::jira {

/// What Jira Data Center takes in a text field unless its administrator set another limit
/// (jira.text.field.character.limit, where 0 means none), in UTF-16 units.
constexpr std::size_t defaultWikiLimit = 32'767;

/// The document in Jira's wiki markup. Text stays literal, as in toAdf: nothing in it becomes markup, a
/// macro, a mention, an image or a link. Links lead to http, https and mailto only.
std::string toWikiMarkup(const mapping::Document& document);

/// The same within a limit (0: none). What does not fit is left out at the end, at the border of a block
/// where possible; the reader is told, and a closing rule with its paragraph stays.
std::string toWikiMarkup(const mapping::Document& document, std::size_t limit);

} // namespace jira_plugin::jira
