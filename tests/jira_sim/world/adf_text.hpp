#pragma once

#include <string>

#include "http/json.hpp"

namespace jira_sim {

/// The readable text of a document, blocks separated by line feeds. Wiki markup is a string: it is the text.
std::string adfText(const json::Value& document);
/// Safe HTML: every text is escaped, links only to http, https and mailto. Wiki markup is shown as it is.
std::string adfHtml(const json::Value& document);
/// A document with one paragraph.
json::ObjectPtr adfParagraph(const std::string& text);

} // namespace jira_sim
