#include "json_reader.hpp"

#include "mapping/text.hpp"

namespace jira_plugin::sync {
namespace {

constexpr int mostLevels = 64;

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isOfWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'E';
}

bool isNumber(std::string_view word) {
    const auto digit = word.find_first_not_of('-');
    return digit <= 1 && digit < word.size() && word[digit] >= '0' && word[digit] <= '9' &&
           word.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

} // namespace

void JsonReader::fail() {
    _isGood = false;
    _at = _text.size();
}

char JsonReader::next() {
    while (_at < _text.size() && isBlank(_text[_at]))
        ++_at;
    return _at < _text.size() ? _text[_at] : '\0';
}

void JsonReader::expect(char c) {
    if (next() != c)
        return fail();
    ++_at;
}

bool JsonReader::opens(char bracket) {
    if (next() != bracket)
        return false;
    ++_at;
    if (++_depth > mostLevels)
        fail();
    return true;
}

bool JsonReader::goesOn(char closing, bool isFirst) {
    const char c = next();
    if (c == closing) {
        ++_at;
        return false;
    }
    if (!isFirst)
        expect(',');
    if (next() == '\0')
        fail();
    return _isGood;
}

void JsonReader::skip() {
    switch (next()) {
    case '{':
        return object([this](std::string_view) { skip(); });
    case '[':
        return array([this] { skip(); });
    case '"':
        return passString();
    default:
        return passWord();
    }
}

std::string JsonReader::text() {
    const char c = next();
    if (c == '"')
        return string();
    const std::size_t begin = _at;
    skip();
    const std::string_view word = _text.substr(begin, _at - begin);
    return _isGood && isNumber(word) ? std::string(word) : std::string();
}

std::string JsonReader::raw() {
    next();
    const std::size_t begin = _at;
    skip();
    return _isGood ? std::string(_text.substr(begin, _at - begin)) : std::string();
}

bool JsonReader::isGoodToTheEnd() {
    next();
    return _isGood && _at == _text.size();
}

// A number, true, false or null.
void JsonReader::passWord() {
    const std::size_t begin = _at;
    while (_at < _text.size() && isOfWord(_text[_at]))
        ++_at;
    const std::string_view word = _text.substr(begin, _at - begin);
    if (word != "true" && word != "false" && word != "null" && !isNumber(word))
        fail();
}

// By hand: find_first_of asks for each character by a call.
std::size_t JsonReader::endOfPlainText() const {
    std::size_t at = _at;
    while (at < _text.size() && _text[at] != '"' && _text[at] != '\\')
        ++at;
    return at;
}

void JsonReader::passString() {
    expect('"');
    while (_isGood) {
        _at = endOfPlainText();
        if (_at == _text.size())
            return fail();
        if (_text[_at] == '"') {
            ++_at;
            return;
        }
        _at += 2; // whatever is escaped
        if (_at > _text.size())
            return fail();
    }
}

std::string JsonReader::string() {
    std::string out;
    expect('"');
    while (_isGood) {
        const std::size_t end = endOfPlainText();
        if (end == _text.size()) {
            fail();
            break;
        }
        out.append(_text.substr(_at, end - _at));
        _at = end + 1;
        if (_text[end] == '"')
            return out;
        decodeEscape(out);
    }
    return {};
}

unsigned JsonReader::hex4() {
    unsigned value = 0;
    for (int i = 0; i < 4; ++i, ++_at) {
        const auto digit =
            _at < _text.size()
                ? std::string_view("0123456789abcdef").find(static_cast<char>(_text[_at] | 0x20))
                : std::string_view::npos;
        if (digit == std::string_view::npos) {
            fail();
            return 0;
        }
        value = value * 16 + static_cast<unsigned>(digit);
    }
    return value;
}

void JsonReader::decodeEscape(std::string& out) {
    if (_at >= _text.size())
        return fail();
    const char c = _text[_at++];
    constexpr std::string_view codes = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (const auto code = codes.find(c); code != std::string_view::npos) {
        out += meanings[code];
        return;
    }
    if (c != 'u')
        return fail();
    char32_t character = hex4();
    const bool isHigh = character >= 0xD800 && character < 0xDC00;
    if (isHigh && _text.substr(_at, 2) == "\\u") {
        _at += 2;
        const char32_t low = hex4();
        character =
            low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
    } else if (character >= 0xD800 && character < 0xE000) {
        character = 0xFFFD;
    }
    if (_isGood)
        mapping::appendUtf8(out, character);
}

} // namespace jira_plugin::sync
