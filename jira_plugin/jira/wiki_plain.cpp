#include "wiki_plain.hpp"

#include "plain_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <Poco/Ascii.h>
#include <Poco/String.h>

namespace jira_plugin::jira {
namespace {

using Poco::Ascii;

/// Longer is no macro, link or image, but text with a bracket in it. Bounds the look ahead from each bracket.
constexpr std::size_t longestTag = 2000;

constexpr std::array<std::string_view, 6> knownMacros{"code",  "noformat", "quote",
                                                      "color", "panel",    "anchor"};

bool isWordByte(char c) {
    return Ascii::isAlphaNumeric(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool isMacroName(std::string_view name) {
    for (const auto known : knownMacros) {
        if (known == name) {
            return true;
        }
    }
    return false;
}

bool hasScheme(std::string_view address) {
    for (const std::string_view scheme : {"http://", "https://", "mailto:", "ftp://"}) {
        if (address.substr(0, scheme.size()) == scheme) {
            return true;
        }
    }
    return false;
}

/// Reads from left to right; what is no markup goes over as it is.
class Reader {
public:
    explicit Reader(std::string_view markup) : _in(markup.substr(0, 2 * plainTextLimit)) {}

    std::string read() {
        while (_at < _in.size()) {
            if (!(isLineStart() && lineMark()) && !tag()) {
                character();
            }
        }
        return std::move(_out);
    }

private:
    bool isLineStart() const { return _at == 0 || _in[_at - 1] == '\n'; }
    std::string_view rest() const { return _in.substr(_at); }
    char peek(std::size_t ahead = 0) const { return _at + ahead < _in.size() ? _in[_at + ahead] : '\0'; }

    /// What stands between here and a closing character of the same line; empty when there is none.
    std::string_view upTo(char close, std::size_t from) const {
        const std::string_view line = rest().substr(0, longestTag);
        const std::size_t end = line.find_first_of(std::string{close, '\n'}, from);
        return end == std::string_view::npos || line[end] == '\n' ? std::string_view()
                                                                  : line.substr(from, end - from);
    }

    /// Marks that count at the start of a line alone: "h3. ", "bq. ", lists, rows of tables.
    bool lineMark() {
        if (peek() == 'h' && peek(1) >= '1' && peek(1) <= '6' && peek(2) == '.' && peek(3) == ' ') {
            _at += 4;
            return true;
        }
        if (rest().substr(0, 4) == "bq. ") {
            _at += 4;
            return true;
        }
        return listMark() || tableMark();
    }

    bool listMark() {
        std::size_t length = 0;
        while (peek(length) == '*' || peek(length) == '#' || peek(length) == '-') {
            ++length;
        }
        if (length == 0 || length > 20 || peek(length) != ' ') {
            return false;
        }
        _out.append(2 * (length - 1), ' ');
        _out += peek(length - 1) == '#' ? "# " : "- ";
        _at += length + 1;
        return true;
    }

    bool tableMark() {
        if (peek() != '|') {
            return false;
        }
        while (peek() == '|') {
            ++_at;
        }
        _inRow = true;
        return true;
    }

    /// A macro, link, image, mention or escape that begins here.
    bool tag() {
        switch (peek()) {
        case '\\':
            return escape();
        case '{':
            return monospace() || macro();
        case '[':
            return link();
        case '!':
            return image();
        case '|':
            return cell();
        case '*':
        case '_':
        case '+':
        case '^':
        case '~':
        case '-':
            return style();
        default:
            return false;
        }
    }

    bool escape() {
        if (peek(1) == '\\') {
            _out += '\n';
            _at += 2;
            return true;
        }
        if (!Ascii::isPunct(peek(1)) || static_cast<unsigned char>(peek(1)) >= 0x80) {
            return false;
        }
        _out += peek(1);
        _at += 2;
        return true;
    }

    bool monospace() {
        if (peek(1) != '{') {
            return false;
        }
        const std::size_t end = rest().substr(0, longestTag).find("}}", 2);
        if (end == std::string_view::npos || end == 2) {
            return false;
        }
        _out += rest().substr(2, end - 2);
        _at += end + 2;
        return true;
    }

    /// The tag vanishes; between two tags of {code} and {noformat} everything is text.
    bool macro() {
        const std::string_view inside = upTo('}', 1);
        const std::string_view name = inside.substr(0, inside.find(':'));
        if (!isMacroName(name)) {
            return false;
        }
        _at += inside.size() + 2;
        if (name == "code") {
            verbatim("{code}", _codeIsOpen);
        } else if (name == "noformat") {
            verbatim("{noformat}", _noformatIsOpen);
        }
        return true;
    }

    /// isOpen: no closing tag follows, which need not be found out twice.
    void verbatim(std::string_view close, bool& isOpen) {
        const std::size_t end = isOpen ? std::string_view::npos : rest().find(close);
        if (end == std::string_view::npos) {
            isOpen = true; // Jira reads what follows as markup, too
            return;
        }
        if (!_out.empty() && _out.back() != '\n' && peek() == '\n') {
            _out += '\n';
        }
        _out += rest().substr(0, end);
        _at += end + close.size();
    }

    /// [text|address], [address], [~name], [^attachment]
    bool link() {
        const std::string_view inside = upTo(']', 1);
        if (inside.empty()) {
            return false;
        }
        const std::size_t bar = inside.find('|');
        const std::string_view first = inside.substr(0, bar);
        const std::string_view second =
            bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
        const std::string_view address = second.substr(0, second.find('|'));
        if (inside.front() == '~' && inside.size() > 1) {
            mention(inside.substr(1));
        } else if (inside.front() == '^') {
            _out += "[" + std::string(inside.substr(1)) + "]";
        } else if (bar != std::string_view::npos && !first.empty() && !address.empty()) {
            _out += writtenOutLink(std::string(first), std::string(address));
        } else if (hasScheme(inside)) {
            _out += inside;
        } else {
            return false;
        }
        _at += inside.size() + 2;
        return true;
    }

    /// Cloud writes [~accountid:...] in its wiki form.
    void mention(std::string_view name) {
        constexpr std::string_view cloud = "accountid:";
        _out += '@';
        _out += name.substr(0, cloud.size()) == cloud ? name.substr(cloud.size()) : name;
    }

    /// !picture.png|width=200!
    bool image() {
        const std::string_view inside = upTo('!', 1);
        const std::string_view name = inside.substr(0, inside.find('|'));
        const bool isFile =
            name.find('.') != std::string_view::npos && name.find(' ') == std::string_view::npos;
        if (name.empty() || !isFile) {
            return false;
        }
        _out += "[" + std::string(name) + "]";
        _at += inside.size() + 2;
        return true;
    }

    bool cell() {
        if (!_inRow) {
            return false;
        }
        while (peek() == '|') {
            ++_at;
        }
        const bool atEnd = peek() == '\n' || peek() == '\r' || peek() == '\0';
        _out += atEnd ? "" : " | ";
        return true;
    }

    /// A mark of style stands at the edge of a word and has its partner on the same line: the first one
    /// promises the second. '-' is too common in names and dates to be guessed from one side.
    bool style() {
        const char mark = peek();
        const std::size_t slot = std::string_view("*_+^~-").find(mark);
        if (_open[slot] == _at + 1) { // this is the promised partner
            _open[slot] = 0;
            ++_at;
            return true;
        }
        const bool opens = (_at == 0 || !isWordByte(_in[_at - 1])) && peek(1) != '\0' && peek(1) != mark &&
                           !Ascii::isSpace(peek(1)) && (_at == 0 || _in[_at - 1] != mark);
        const std::size_t partner = opens && _open[slot] <= _at ? partnerOf(mark) : 0;
        if (partner == 0) {
            return false;
        }
        _open[slot] = partner + 1;
        ++_at;
        return true;
    }

    /// Where the closing mark is; 0: there is none.
    std::size_t partnerOf(char mark) const {
        const std::size_t end = std::min(_in.find('\n', _at), _at + longestTag);
        for (std::size_t at = _at + 2; at < _in.size() && at < end; ++at) {
            if (_in[at] == mark && !Ascii::isSpace(_in[at - 1]) && _in[at - 1] != '\\' &&
                (at + 1 == _in.size() || (!isWordByte(_in[at + 1]) && _in[at + 1] != mark))) {
                return at;
            }
        }
        return 0;
    }

    void character() {
        _inRow = _inRow && peek() != '\n';
        _out += peek();
        ++_at;
    }

    std::string_view _in;
    std::size_t _at = 0;
    std::string _out;
    bool _inRow = false;
    bool _codeIsOpen = false;
    bool _noformatIsOpen = false;
    std::array<std::size_t, 6> _open{}; ///< where the promised partner is, plus one
};

} // namespace

std::string textOfWiki(const std::string& markup) {
    return tidyPlainText(Reader(markup).read());
}

} // namespace jira_plugin::jira
