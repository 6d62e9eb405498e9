#include "json_writing.hpp"

namespace jira_plugin::jira::json {
namespace {

constexpr const char* hexDigits = "0123456789abcdef";

bool isPlain(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

void appendEscaped(std::string& out, char c) {
    switch (c) {
    case '"':
    case '\\':
        out += {'\\', c};
        return;
    case '\n':
        out += "\\n";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out += {'\\', 'u', '0', '0', hexDigits[(c >> 4) & 0xF], hexDigits[c & 0xF]};
    }
}

} // namespace

void appendQuoted(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        auto end = at;
        while (end < text.size() && isPlain(text[end]))
            ++end;
        out.append(text, at, end - at);
        if (end < text.size())
            appendEscaped(out, text[end]);
        at = end + 1;
    }
    out += '"';
}

std::string quoted(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    appendQuoted(out, text);
    return out;
}

void appendElement(std::string& elements, std::string_view value) {
    if (!elements.empty())
        elements += ',';
    elements += value;
}

} // namespace jira_plugin::jira::json
