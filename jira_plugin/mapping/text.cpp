#include "text.hpp"

namespace jira_plugin::mapping {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t joiner = 0x200D;
const std::string ellipsis = "\xE2\x80\xA6";

bool isContinuation(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

/// Length that a lead byte promises; 0 for a byte that cannot lead.
std::size_t promisedLength(unsigned char lead) {
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

bool isForbidden(char32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c <= 0x9F && c != 0x85) || c == 0xFFFE ||
           c == 0xFFFF;
}

/// Characters that belong to the one before them.
bool extendsPrevious(char32_t c) {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F) || (c >= 0x1F3FB && c <= 0x1F3FF) ||
           (c >= 0xE0020 && c <= 0xE007F) || c == joiner;
}

std::size_t unitsOf(char32_t c) {
    return c > 0xFFFF ? 2 : 1;
}

bool isPlain(char c) {
    return (c >= 0x20 && c <= 0x7E) || c == '\n' || c == '\t';
}

/// Where the run of printable ASCII that begins at `at` ends: most text is that alone, and is taken as it is.
std::size_t plainEnd(std::string_view text, std::size_t at) {
    while (at < text.size() && isPlain(text[at]))
        ++at;
    return at;
}

} // namespace

Decoded decodeAt(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = promisedLength(lead);
    if (length == 0)
        return {replacement, 1};
    if (length == 1)
        return {lead, 1};
    char32_t c = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if (!isContinuation(text, at + i))
            return {replacement, 1};
        c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    if (overlong || surrogate || c > 0x10FFFF)
        return {replacement, 1};
    return {c, length};
}

void appendUtf8(std::string& out, char32_t c) {
    const auto put = [&out](char32_t bits) { out.push_back(static_cast<char>(bits)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

bool isSpace(char32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

std::string cleanText(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (const auto end = plainEnd(text, at); end > at) {
            out.append(text, at, end - at);
            at = end;
            continue;
        }
        const Decoded next = decodeAt(text, at);
        at += next.length;
        if (next.character == '\r') {
            if (at >= text.size() || text[at] != '\n')
                out.push_back('\n');
        } else if (next.character == 0x85 || next.character == 0x2028 || next.character == 0x2029) {
            out.push_back('\n');
        } else if (!isForbidden(next.character)) {
            appendUtf8(out, next.character);
        }
    }
    return out;
}

std::string oneLine(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool blank = false;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded next = decodeAt(text, at);
        at += next.length;
        if (isSpace(next.character) || isForbidden(next.character)) {
            blank = !out.empty();
            continue;
        }
        if (blank)
            out.push_back(' ');
        blank = false;
        appendUtf8(out, next.character);
    }
    return out;
}

std::size_t utf16Length(std::string_view text) {
    std::size_t units = plainEnd(text, 0);
    for (std::size_t at = units; at < text.size();) {
        const Decoded next = decodeAt(text, at);
        at += next.length;
        units += unitsOf(next.character);
    }
    return units;
}

std::string cutText(const std::string& text, std::size_t limit) {
    if (utf16Length(text) <= limit)
        return text;
    if (limit == 0)
        return {};
    std::size_t units = 0;
    std::size_t border = 0; // the last place where a cut separates two visible characters
    char32_t previous = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded next = decodeAt(text, at);
        if (!extendsPrevious(next.character) && previous != joiner)
            border = at;
        if (units + unitsOf(next.character) > limit - 1)
            break;
        units += unitsOf(next.character);
        previous = next.character;
        at += next.length;
    }
    std::string out = text.substr(0, border);
    while (!out.empty() && (out.back() == ' ' || out.back() == '\n' || out.back() == '\t'))
        out.pop_back();
    return out + ellipsis;
}

std::string lowerAscii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

} // namespace jira_plugin::mapping
