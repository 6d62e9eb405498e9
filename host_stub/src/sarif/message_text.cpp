#include "message_text.hpp"

#include <algorithm>
#include <cctype>

namespace aspm::host::sarif {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The end of "{12}" that starts at `open`, or npos.
std::size_t placeholderEnd(const std::string& text, std::size_t open) {
    std::size_t end = open + 1;
    while (end < text.size() && end < open + 5 && isDigit(text[end]))
        ++end;
    return end > open + 1 && end < text.size() && text[end] == '}' ? end : std::string::npos;
}

/// Whether what follows "](" is the number of a related location: digits and a closing parenthesis.
std::size_t locationLinkEnd(const std::string& text, std::size_t close) {
    std::size_t end = close + 2;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    return end > close + 2 && end < text.size() && text[end] == ')' ? end : std::string::npos;
}

} // namespace

std::string fillPlaceholders(const std::string& text, const std::vector<std::string>& arguments,
                             std::size_t maxBytes) {
    std::string filled;
    for (std::size_t i = 0; i < text.size() && filled.size() < maxBytes; ++i) {
        const char c = text[i];
        if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
            filled += c;
            ++i;
            continue;
        }
        const std::size_t end = c == '{' ? placeholderEnd(text, i) : std::string::npos;
        const std::size_t number =
            end == std::string::npos ? arguments.size() : std::stoul(text.substr(i + 1, end - i - 1));
        if (number < arguments.size()) {
            filled += arguments[number];
            i = end;
        } else {
            filled += c;
        }
    }
    return filled;
}

std::string unlink(const std::string& text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '[') {
            const std::size_t close = text.find(']', i);
            const bool isLink =
                close != std::string::npos && close + 1 < text.size() && text[close + 1] == '(';
            const std::size_t end = isLink ? locationLinkEnd(text, close) : std::string::npos;
            if (end != std::string::npos) {
                plain.append(text, i + 1, close - i - 1);
                i = end;
                continue;
            }
        }
        plain += text[i];
    }
    return plain;
}

std::string cleanText(const std::string& text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\r')
            clean += i + 1 < text.size() && text[i + 1] == '\n' ? "" : "\n";
        else if (c >= 0x20 ? c != 0x7F : (c == '\n' || c == '\t'))
            clean += text[i];
    }
    return clean;
}

std::string collapseSpace(const std::string& text) {
    std::string collapsed;
    collapsed.reserve(text.size());
    for (const char c : text) {
        if (!isSpace(c))
            collapsed += c;
        else if (!collapsed.empty() && collapsed.back() != ' ')
            collapsed += ' ';
    }
    if (!collapsed.empty() && collapsed.back() == ' ')
        collapsed.pop_back();
    return collapsed;
}

std::string firstSentence(const std::string& text) {
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string::npos)
        return {};
    std::size_t end = start;
    // A full stop ends a sentence only before white space and a capital: "e.g. strcpy" and "v1.2" go on.
    for (; end < text.size() && text[end] != '\n'; ++end) {
        const bool stops = text[end] == '.' || text[end] == '!' || text[end] == '?';
        if (stops && end + 2 < text.size() && isSpace(text[end + 1]) &&
            std::isupper(static_cast<unsigned char>(text[end + 2])))
            return collapseSpace(text.substr(start, end - start + 1));
    }
    return collapseSpace(text.substr(start, end - start));
}

std::string shorten(const std::string& text, std::size_t maxBytes) {
    if (text.size() <= maxBytes)
        return text;
    std::size_t end = maxBytes - std::min<std::size_t>(maxBytes, 3);
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end) + "...";
}

} // namespace aspm::host::sarif
