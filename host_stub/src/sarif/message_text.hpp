/// SARIF messages (sections 3.11 and 3.12 of the format) as text for people.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace aspm::host::sarif {

/// Replaces {0}, {1}... by the arguments and the doubled braces {{ and }} by single ones. A placeholder
/// without an argument stays as it is. Ends once it has maxBytes or more: a short text that repeats a long
/// argument could fill the memory.
std::string fillPlaceholders(const std::string& text, const std::vector<std::string>& arguments,
                             std::size_t maxBytes);

/// Embedded links that point into the report, `[the source](1)`, become their text; links to web pages stay.
std::string unlink(const std::string& text);

/// Line ends become LF; control characters, which a terminal or a tracker would choke on, are dropped.
std::string cleanText(const std::string& text);

/// Runs of white space become one space, none at the ends.
std::string collapseSpace(const std::string& text);

/// The first sentence on one line.
std::string firstSentence(const std::string& text);

/// At most maxBytes, cut between characters, with "..." in place of what was cut.
std::string shorten(const std::string& text, std::size_t maxBytes);

} // namespace aspm::host::sarif
