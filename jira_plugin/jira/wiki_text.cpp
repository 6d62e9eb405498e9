#include "wiki_text.hpp"

#include "mapping/text.hpp"

#include <algorithm>
#include <array>

namespace jira_plugin::jira {
namespace {

constexpr const char* zeroWidth = "\xE2\x80\x8B";
/// Stands for what is before the first and after the last character: it could be anything.
constexpr char unknown = '\0';

bool isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Letters beyond ASCII are not recognised: then there is an escape that was not needed.
bool isWord(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
}

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

/// Jira's symbols within parentheses.
constexpr std::array<std::string_view, 18> icons{"y",  "n",   "i", "/",  "x",  "!",  "+",  "-",    "?",
                                                 "on", "off", "*", "*r", "*g", "*b", "*y", "flag", "flagoff"};

class Escaper {
public:
    Escaper(std::string_view text, WikiPlace place)
        : _text(text), _place(place), _lineStart(place.lineStart) {}

    std::string run() {
        _out.reserve(_text.size() + _text.size() / 8);
        for (; _at < _text.size(); ++_at)
            step(_text[_at]);
        return std::move(_out);
    }

private:
    char before(std::size_t count = 1) const { return _at >= count ? _text[_at - count] : unknown; }
    char after(std::size_t count = 1) const {
        return _at + count < _text.size() ? _text[_at + count] : unknown;
    }
    bool startsHere(std::string_view word) const { return _text.compare(_at, word.size(), word) == 0; }
    std::size_t endOf(std::string_view characters) const {
        return std::min(_text.find_first_not_of(characters, _at), _text.size());
    }
    bool isEndOrBlank(std::size_t at) const { return at >= _text.size() || isBlank(_text[at]); }

    void step(char c) {
        if (c == '\n')
            return lineBreak();
        const bool lineStart = _lineStart;
        _lineStart = lineStart && isBlank(c);
        const bool escaped = c != '\\' && (isAlwaysEscaped(c) || mayOpenOrClose(c) || isSmiley(c) ||
                                           (lineStart && mayStartBlock(c)));
        if (escaped)
            _out += '\\';
        if (lineStart && isHeadingDot())
            return breakHeading();
        _out += c;
        if (needsBreakAfter(c))
            _out += zeroWidth;
        _afterEscape = escaped;
    }

    void lineBreak() {
        _afterEscape = false;
        if (!_place.lineBreaks) {
            _out += ' ';
            return;
        }
        _out += '\n';
        _lineStart = true;
    }

    /// Macros, links and, in tables, cells.
    bool isAlwaysEscaped(char c) const {
        return c == '{' || c == '}' || c == '[' || c == ']' || (c == '|' && _place.inTable);
    }

    /// Whether a phrase (*strong*, -deleted-, !image!, ...) could begin here, or one of ours end.
    bool mayOpenOrClose(char c) const {
        const bool inWord = isWord(before()) && isWord(after());
        const bool alone = isBlank(before()) && isBlank(after());
        switch (c) {
        case '*':
        case '_':
            return !inWord && !alone;
        case '+':
        case '^':
        case '~':
        case '!':
        case '-':
            return mayOpen();
        case '?':
            return before() == '?' || after() == '?';
        default:
            return false;
        }
    }

    /// Also sees to " -- ", which would become a longer dash.
    bool mayOpen() const { return !isWord(before()) && !isBlank(after()); }

    bool isSmiley(char c) const {
        if (c == '(')
            return isIcon() || isEyes(1);
        return c == ')' && (isEyes(1) || (_afterEscape && before() != '\\'));
    }

    /// ':' or ';', with or without a nose.
    bool isEyes(std::size_t back) const {
        if (before(back) == '-')
            ++back;
        return before(back) == ':' || before(back) == ';';
    }

    bool isIcon() const {
        const std::size_t end = std::min(_text.find(')', _at), _text.size());
        const std::string name =
            mapping::lowerAscii(_text.substr(_at + 1, std::min<std::size_t>(end - _at - 1, 8)));
        return end < _text.size() && std::find(icons.begin(), icons.end(), name) != icons.end();
    }

    /// Lists, rules and tables.
    bool mayStartBlock(char c) const {
        return c == '|' || ((c == '*' || c == '#' || c == '-') && isEndOrBlank(endOf("*#-")));
    }

    /// "h1." to "h6." and "bq." at the start of a line. Letters cannot be escaped.
    bool isHeadingDot() const {
        const bool heading = _text[_at] == 'h' && after() >= '1' && after() <= '6' && after(2) == '.';
        return heading || startsHere("bq.");
    }

    void breakHeading() {
        _out += _text.substr(_at, 2);
        _out += zeroWidth;
        _out += '.';
        _at += 2;
        _afterEscape = false;
    }

    bool needsBreakAfter(char c) const {
        switch (c) {
        case '\\': // two would be a line break, and one would undo our next escape
            return !isWord(after()) && !isBlank(after());
        case '{': // two in a row are monospaced text once their escapes are taken away
        case '}':
            return after() == c || after() == unknown;
        case ':':
            return isAddress() || ((after() == 'P' || after() == 'D') && !isLetter(after(2)));
        case '&':
            return isEntity();
        default:
            return false;
        }
    }

    /// After the scheme of what the renderer would make a link.
    bool isAddress() const {
        if (after() == '/' && after(2) == '/')
            return true;
        for (const std::string_view scheme : {"mailto", "file"})
            if (_at >= scheme.size() &&
                mapping::lowerAscii(_text.substr(_at - scheme.size(), scheme.size())) == scheme)
                return true;
        return false;
    }

    /// "&lt;", "&#60;": the renderer leaves entities alone, so '<' would be shown. A number may begin with any
    /// count of zeros.
    bool isEntity() const {
        std::size_t end = _at + 1;
        if (end < _text.size() && _text[end] == '#')
            ++end;
        const std::size_t name = end;
        while (end < _text.size() && isWord(_text[end]))
            ++end;
        return end > name && end < _text.size() && _text[end] == ';';
    }

    std::string_view _text;
    WikiPlace _place;
    bool _lineStart;
    bool _afterEscape = false;
    std::size_t _at = 0;
    std::string _out;
};

} // namespace

std::string wikiLiteral(std::string_view text, WikiPlace place) {
    const std::string clean = mapping::cleanText(text);
    return Escaper(clean, place).run();
}

std::string wikiVerbatim(std::string_view text) {
    const std::string clean = mapping::cleanText(text);
    const std::string lower = mapping::lowerAscii(clean);
    std::string out;
    for (std::size_t at = 0; at < clean.size(); ++at) {
        out += clean[at];
        if (clean[at] != '{')
            continue;
        const std::size_t name = std::min(lower.find_first_not_of(" \t\n", at + 1), lower.size());
        if (lower.compare(name, 4, "code") == 0 || lower.compare(name, 8, "noformat") == 0)
            out += zeroWidth;
    }
    return out;
}

} // namespace jira_plugin::jira
