#include "plain_text.hpp"

#include "mapping/text.hpp"

namespace jira_plugin::jira {
namespace {

constexpr const char* cutNotice = "\n[The rest is too long to be shown here.]";

/// Characters that reorder or hide the text around them.
bool changesDirection(char32_t character) {
    return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069) ||
           character == 0x200e || character == 0x200f || character == 0x061c || character == 0xfeff;
}

std::string visible(const std::string& text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto decoded = mapping::decodeAt(text, at);
        if (!changesDirection(decoded.character)) {
            result.append(text, at, decoded.length);
        }
        at += decoded.length;
    }
    return result;
}

/// Without blanks at the ends of lines and without more than one empty line in a row.
std::string compact(const std::string& text) {
    std::string result;
    std::size_t breaks = 0;
    std::string blanks;
    for (const char c : text) {
        if (c == '\n') {
            ++breaks;
            blanks.clear();
        } else if (c == ' ' || c == '\t') {
            blanks += c;
        } else {
            if (!result.empty()) {
                result.append(breaks < 2 ? breaks : 2, '\n');
                result += blanks;
            }
            breaks = 0;
            blanks.clear();
            result += c;
        }
    }
    return result;
}

/// At most `limit` bytes, not in the middle of a character.
std::string head(const std::string& text, std::size_t limit) {
    std::size_t end = text.size() < limit ? text.size() : limit;
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

} // namespace

std::string tidyPlainText(const std::string& text) {
    const std::string tidy = compact(visible(mapping::cleanText(head(text, 2 * plainTextLimit))));
    if (tidy.size() <= plainTextLimit) {
        return tidy;
    }
    return head(tidy, plainTextLimit - std::string(cutNotice).size()) + cutNotice;
}

std::string writtenOutLink(const std::string& text, const std::string& href) {
    if (href.empty() || text == href) {
        return text;
    }
    const bool saysSame = href == "mailto:" + text || href == text + "/" || text.empty();
    return saysSame ? (text.empty() ? href : text) : text + " (" + href + ")";
}

} // namespace jira_plugin::jira
