#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text from strangers, made fit to be sent. Pure functions over UTF-8.
namespace jira_plugin::mapping {

/// One character of UTF-8 text. A byte sequence that is not UTF-8 decodes as U+FFFD of length 1.
struct Decoded {
    char32_t character;
    std::size_t length;
};
Decoded decodeAt(std::string_view text, std::size_t at);

void appendUtf8(std::string& out, char32_t character);

/// White space in the sense of Unicode, line and paragraph separators included.
bool isSpace(char32_t character);

/// Valid UTF-8 without the characters that XML 1.0 forbids: tab and LF stay, CR LF and CR become LF, other
/// control characters vanish, bytes that are not UTF-8 become U+FFFD.
std::string cleanText(std::string_view text);

/// cleanText in one line: white space and control characters become single blanks, none at the ends.
std::string oneLine(std::string_view text);

/// Length as Jira counts it, in UTF-16 code units.
std::size_t utf16Length(std::string_view text);

/// At most `limit` UTF-16 units of valid UTF-8. What is longer ends in an ellipsis and is cut between
/// characters as people see them: never before a combining mark, a variation selector or within a joined
/// emoji.
std::string cutText(const std::string& text, std::size_t limit);

/// ASCII only: enough for host names, scheme names and priority names.
std::string lowerAscii(std::string_view text);

} // namespace jira_plugin::mapping
