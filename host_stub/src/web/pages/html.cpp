#include "html.hpp"

#include <algorithm>
#include <stdexcept>

namespace aspm::host {

Html::Html(const std::string& text) {
    _markup.reserve(text.size());
    for (char c : text) {
        switch (c) {
        case '&':
            _markup += "&amp;";
            break;
        case '<':
            _markup += "&lt;";
            break;
        case '>':
            _markup += "&gt;";
            break;
        case '"':
            _markup += "&quot;";
            break;
        case '\'':
            _markup += "&#39;";
            break;
        case '\0':
            _markup += "\xEF\xBF\xBD";
            break;
        default:
            _markup += c;
        }
    }
}

Html::Html(const char* text) : Html(std::string(text)) {}

Html::Html(std::int64_t number) : _markup(std::to_string(number)) {}

Html::Html(std::size_t number) : _markup(std::to_string(number)) {}

Html& Html::operator+=(const Html& other) {
    _markup += other._markup;
    return *this;
}

Html Template::fill(std::initializer_list<Html> values) const {
    Html out;
    std::size_t from = 0;
    for (const Html& value : values) {
        std::size_t place = _markup.find("{}", from);
        if (place == std::string::npos)
            throw std::logic_error("More values than places in: " + _markup);
        out._markup.append(_markup, from, place - from).append(value._markup);
        from = place + 2;
    }
    if (_markup.find("{}", from) != std::string::npos)
        throw std::logic_error("More places than values in: " + _markup);
    out._markup.append(_markup, from, std::string::npos);
    return out;
}

Template operator""_html(const char* markup, std::size_t size) {
    return Template(std::string(markup, size));
}

Html outsideLink(const std::string& url, const Html& text) {
    if (url.rfind("https://", 0) != 0 && url.rfind("http://", 0) != 0)
        return text;
    return R"(<a href="{}" rel="noopener noreferrer">{}</a>)"_html(url, text);
}

namespace {

/// Where the address that begins here ends: before blanks, quotes and brackets, and before the punctuation of
/// the sentence that it stands in.
std::size_t endOfAddress(const std::string& text, std::size_t begin) {
    std::size_t end = text.find_first_of(" \t\r\n\"'<>[]{}|\\^`", begin);
    if (end == std::string::npos)
        end = text.size();
    const bool opensBracket = text.find('(', begin) < end;
    while (end > begin &&
           std::string(opensBracket ? ".,;:!?" : ".,;:!?)").find(text[end - 1]) != std::string::npos)
        --end;
    return end;
}

std::size_t nextAddress(const std::string& text, std::size_t from) {
    return std::min(text.find("https://", from), text.find("http://", from));
}

} // namespace

Html linkedText(const std::string& text) {
    Html out;
    std::size_t from = 0;
    for (std::size_t at = nextAddress(text, 0); at != std::string::npos; at = nextAddress(text, from)) {
        const std::size_t end = endOfAddress(text, at);
        const std::string address = text.substr(at, end - at);
        out += text.substr(from, at - from);
        const bool isBare = address.find("//") + 2 == address.size();
        out += isBare ? Html(address) : outsideLink(address, address);
        from = end;
    }
    out += text.substr(from);
    return out;
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace aspm::host
