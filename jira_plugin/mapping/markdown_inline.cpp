#include "markdown_inline.hpp"

#include "link.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <string>

namespace jira_plugin::mapping {
namespace {

using Style = Span::Style;
constexpr std::size_t maxLinkText = 1000;
constexpr std::size_t maxLinkTarget = 2100;
constexpr int maxDepth = 4;
constexpr auto npos = std::string_view::npos;

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}
bool isWordByte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80);
}

/// Reads one run of text under one style. Closing marks are searched only while some may be left, which is
/// what keeps the reading linear.
class InlineReader {
public:
    InlineReader(std::string_view text, Style style, std::string href, int depth, std::vector<Span>& out)
        : _text(text), _style(style), _href(std::move(href)), _depth(depth), _out(out) {}

    void read() {
        while (_at < _text.size())
            if (!escape() && !code() && !emphasis() && !link() && !autolink() && !bareLink())
                _plain.push_back(_text[_at++]);
        flush();
    }

private:
    char charAt(std::size_t at) const { return at < _text.size() ? _text[at] : '\0'; }
    bool startsHere(std::string_view prefix) const { return _text.compare(_at, prefix.size(), prefix) == 0; }

    void flush() {
        if (!_plain.empty())
            _out.push_back({std::move(_plain), _style, _href});
        _plain.clear();
    }

    void nested(std::string_view text, Style style, const std::string& href) {
        flush();
        if (_depth + 1 < maxDepth)
            InlineReader(text, style, href, _depth + 1, _out).read();
        else
            _out.push_back({std::string(text), style, href});
    }

    bool escape() {
        if (_text[_at] != '\\' || !std::ispunct(static_cast<unsigned char>(charAt(_at + 1))))
            return false;
        _plain.push_back(_text[_at + 1]);
        _at += 2;
        return true;
    }

    std::size_t runLength(std::size_t at, char c) const {
        const auto end = _text.find_first_not_of(c, at);
        return (end == npos ? _text.size() : end) - at;
    }

    bool code() {
        if (_text[_at] != '`')
            return false;
        const std::size_t width = runLength(_at, '`');
        for (std::size_t close = _at + width; _hopelessTicks.count(width) == 0;) {
            close = _text.find('`', close);
            if (close == npos) {
                _hopelessTicks.insert(width);
                break;
            }
            const std::size_t closing = runLength(close, '`');
            if (closing == width) {
                addCode(_text.substr(_at + width, close - _at - width));
                _at = close + width;
                return true;
            }
            close += closing;
        }
        _plain.append(width, '`');
        _at += width;
        return true;
    }

    void addCode(std::string_view inner) {
        flush();
        if (inner.size() > 2 && inner.front() == ' ' && inner.back() == ' ')
            inner = inner.substr(1, inner.size() - 2);
        _out.push_back({std::string(inner), Style::Code, _href});
    }

    bool emphasis() {
        const char mark = _text[_at];
        if (mark != '*' && mark != '_')
            return false;
        const std::size_t run = std::min<std::size_t>(runLength(_at, mark), 3);
        const std::size_t width = run >= 2 ? 2 : 1;
        const bool opens = !isBlank(charAt(_at + width)) && _at + width < _text.size() &&
                           !(mark == '_' && _at > 0 && isWordByte(_text[_at - 1]));
        const auto close = opens ? findClosing(mark, width) : npos;
        if (close == npos) {
            _plain.append(width, mark);
            _at += width;
            return true;
        }
        nested(_text.substr(_at + width, close - _at - width), width == 2 ? Style::Strong : Style::Emphasis,
               _href);
        _at = close + width;
        return true;
    }

    std::size_t findClosing(char mark, std::size_t width) {
        bool& hopeless = _hopeless[mark == '*' ? 0 : 1][width - 1];
        for (std::size_t at = _at + width; !hopeless;) {
            at = _text.find(mark, at);
            if (at == npos)
                break;
            const std::size_t run = runLength(at, mark);
            const bool intraword = mark == '_' && isWordByte(charAt(at + run));
            if (run >= width && (run == width || width == 2) && !isBlank(_text[at - 1]) && !intraword &&
                at > _at + width)
                return at;
            at += run;
        }
        hopeless = true;
        return npos;
    }

    /// [text](address "title"), also with a ! before it: an image becomes a link to it.
    bool link() {
        const std::size_t open = _at + (_text[_at] == '!' ? 1 : 0);
        if (charAt(open) != '[' || !_href.empty())
            return false;
        const auto middle = _text.substr(open, maxLinkText).find("](");
        if (middle == npos)
            return false;
        const std::size_t target = open + middle + 2;
        const auto close = _text.substr(target, maxLinkTarget).find(')');
        if (close == npos)
            return false;
        std::string_view address = _text.substr(target, close);
        if (address.size() > 2 && address.front() == '<' && address.back() == '>')
            address = address.substr(1, address.size() - 2);
        const auto href = safeHref(address.substr(0, address.find_first_of(" \t\n")));
        const std::string_view text = _text.substr(open + 1, middle - 1);
        if (!href || text.find('[') != npos)
            return false;
        nested(text.empty() ? std::string_view(*href) : text, _style, *href);
        _at = target + close + 1;
        return true;
    }

    bool autolink() {
        if (_text[_at] != '<' || !_href.empty())
            return false;
        const auto close = _text.substr(_at, maxLinkTarget).find('>');
        const auto href = close == npos ? std::nullopt : safeHref(_text.substr(_at + 1, close - 1));
        if (!href)
            return false;
        addLink(std::string(_text.substr(_at + 1, close - 1)), *href);
        _at += close + 1;
        return true;
    }

    bool bareLink() {
        if (_text[_at] != 'h' || !_href.empty() || (_at > 0 && isWordByte(_text[_at - 1])) ||
            (!startsHere("https://") && !startsHere("http://")))
            return false;
        const std::string_view rest = _text.substr(_at, maxLinkTarget);
        std::string_view address = rest.substr(0, rest.find_first_of(" \t\n<>\"'`*|[]"));
        while (!address.empty() && std::string_view(".,;:!?)").find(address.back()) != npos)
            address.remove_suffix(1);
        const auto href = safeHref(address);
        if (!href)
            return false;
        addLink(std::string(address), *href);
        _at += address.size();
        return true;
    }

    void addLink(std::string text, const std::string& href) {
        flush();
        _out.push_back({std::move(text), _style, href});
    }

    std::string_view _text;
    Style _style;
    std::string _href;
    int _depth;
    std::vector<Span>& _out;
    std::size_t _at = 0;
    std::string _plain;
    std::set<std::size_t> _hopelessTicks;
    bool _hopeless[2][2] = {{false, false}, {false, false}};
};

} // namespace

std::vector<Span> readInline(std::string_view text) {
    std::vector<Span> spans;
    InlineReader(text, Style::Plain, {}, 0, spans).read();
    return spans;
}

} // namespace jira_plugin::mapping
