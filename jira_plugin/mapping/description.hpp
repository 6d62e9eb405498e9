#pragma once

#include "document.hpp"
#include "host/finding.hpp"

namespace jira_plugin::mapping {

/// Jira accepts 32,767 characters and does not say how it counts a document: this leaves a margin.
constexpr std::size_t maxDescriptionUnits = 30000;

/// A finding as the description of its ticket: facts, the finding's text, the code, the rule's help, and a
/// link back, which is always there. What does not fit in maxDescriptionUnits is cut, at the border of a
/// block where possible, and the reader is told. Pure; never throws for any text.
Document describe(const host::Finding& finding);

/// The same in plain paragraphs without any style or link: for a Jira that refused the document.
Document plainDescription(const Document& document);

/// Length of all text and addresses in UTF-16 units, with a little for every block.
std::size_t documentUnits(const Document& document);

} // namespace jira_plugin::mapping
