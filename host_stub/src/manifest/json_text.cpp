#include "json_text.hpp"

#include <cctype>
#include <set>

#include <aspm_host/problem.hpp>

namespace aspm::host {

namespace {

constexpr int maxDepth = 32;

bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

} // namespace

JsonText::JsonText(std::string_view text) : _text(text) {
    value("", 0);
    space();
    if (_at != _text.size())
        fail("there is more text after the end of the object");
}

std::size_t JsonText::lineOf(std::string path) const {
    for (;;) {
        auto found = _lines.find(path);
        if (found != _lines.end())
            return found->second;
        auto slash = path.rfind('/');
        if (slash == std::string::npos)
            return 1;
        path.resize(slash);
    }
}

void JsonText::value(const std::string& path, int depth) {
    space();
    if (depth > maxDepth)
        fail("it is nested deeper than " + std::to_string(maxDepth) + " levels");
    _lines[path] = _line;
    switch (peek()) {
    case '{':
        return object(path, depth);
    case '[':
        return array(path, depth);
    case '"':
        string();
        return;
    case 't':
        return word("true");
    case 'f':
        return word("false");
    case 'n':
        return word("null");
    default:
        return number();
    }
}

void JsonText::object(const std::string& path, int depth) {
    std::set<std::string> names;
    expect('{', "an object");
    space();
    if (peek() == '}') {
        ++_at;
        return;
    }
    for (;;) {
        space();
        if (peek() != '"')
            fail(peek() == '}' ? "there is a comma after the last member"
                               : "a member's name in quotes is expected");
        std::string name = string();
        if (!names.insert(name).second)
            fail("the member \"" + name + "\" is there twice");
        space();
        expect(':', "a colon after the member's name");
        value(path + "/" + name, depth + 1);
        space();
        if (peek() == '}') {
            ++_at;
            return;
        }
        expect(',', "a comma or the closing brace");
    }
}

void JsonText::array(const std::string& path, int depth) {
    expect('[', "an array");
    space();
    if (peek() == ']') {
        ++_at;
        return;
    }
    for (std::size_t index = 0;; ++index) {
        value(path + "/" + std::to_string(index), depth + 1);
        space();
        if (peek() == ']') {
            ++_at;
            return;
        }
        expect(',', "a comma or the closing bracket");
    }
}

std::string JsonText::string() {
    std::string out;
    for (++_at; peek() != '"'; ++_at) {
        if (_at >= _text.size() || peek() == '\n')
            fail("a text in quotes is not closed");
        if (static_cast<unsigned char>(peek()) < 0x20)
            fail("a text in quotes holds a control character");
        if (peek() == '\\')
            out += _text[_at++];
        out += peek();
    }
    ++_at;
    return out;
}

void JsonText::number() {
    std::size_t begin = _at;
    if (peek() == '-')
        ++_at;
    while (isDigit(peek()) || peek() == '.' || peek() == 'e' || peek() == 'E' || peek() == '+' ||
           peek() == '-')
        ++_at;
    if (_at == begin || !isDigit(_text[_at - 1]))
        fail("a value is expected");
}

void JsonText::word(std::string_view expected) {
    if (_text.substr(_at, expected.size()) != expected)
        fail("a value is expected");
    _at += expected.size();
}

void JsonText::space() {
    for (; peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n'; ++_at)
        _line += peek() == '\n' ? 1 : 0;
}

void JsonText::expect(char c, const char* what) {
    if (peek() != c)
        fail(std::string(what) + " is expected");
    ++_at;
}

void JsonText::fail(const std::string& what) const {
    std::string where = _at >= _text.size() ? "at the end of the text (line " + std::to_string(_line) + ")"
                                            : "in line " + std::to_string(_line);
    throw Problem("it is not valid JSON: " + where + " " + what + ".", "Correct that line.");
}

} // namespace aspm::host
