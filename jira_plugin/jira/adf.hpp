#pragma once

#include "mapping/document.hpp"

#include <string>

namespace jira_plugin::jira {

/// The JSON text of a document in Atlassian Document Format, valid against Atlassian's schema whatever text
/// is in it: no empty text nodes, code marks alone or with a link only, list items that hold paragraphs,
/// links to http, https and mailto only. Text stays literal: nothing in it becomes a mention, a card or a
/// macro. Source: developer.atlassian.com/cloud/jira/platform/apis/document/structure
std::string toAdf(const mapping::Document& document);

} // namespace jira_plugin::jira
