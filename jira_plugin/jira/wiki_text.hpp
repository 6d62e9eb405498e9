#pragma once

#include <string>
#include <string_view>

namespace jira_plugin::jira {

/// What the place of a text in wiki markup allows.
struct WikiPlace {
    bool lineBreaks = true; ///< otherwise they become blanks, as in a heading or a cell
    bool inTable = false;   ///< '|' would begin the next cell
    bool lineStart = true;  ///< nothing stands before it on its line
};

/// Text that Jira's wiki renderer shows as it is: no markup, macro, mention, image, link, table, list,
/// heading, emoticon or entity in it takes effect, and an address does not become a link. Escapes with
/// backslashes only where something could begin or end, and with zero-width spaces where there is no escape,
/// so that it stays readable in fields with the plain-text renderer. The text may be followed by anything.
/// Rules: the renderer takes macros first, then blocks by line, links, escapes, emoticons, images and
/// phrases; a backslash that follows a backslash escapes nothing, and one before any character hides it from
/// macros.
std::string wikiLiteral(std::string_view text, WikiPlace place = {});

/// Text for the inside of {code} or {noformat}, where nothing can be escaped: tags that could end the block
/// are broken up by zero-width spaces.
std::string wikiVerbatim(std::string_view text);

} // namespace jira_plugin::jira
