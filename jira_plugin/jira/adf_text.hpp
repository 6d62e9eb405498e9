#pragma once

#include <string>

#include <Poco/Dynamic/Var.h>

namespace jira_plugin::jira {

/// What a document in Atlassian Document Format says, as plain text: a line for each block, lists with "- "
/// or numbers, links written out ("text (https://...)"), mentions as @name, media as their names. Takes
/// anybody's document: unknown nodes give the text in them, depth and size are bounded, no control characters
/// but line breaks and tabs come out. A string is taken as it is. Pure.
std::string textOfAdf(const Poco::Dynamic::Var& document);

} // namespace jira_plugin::jira
