#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace aspm::host {

/// A strict reading of JSON text that remembers on which line each value begins, so that messages can name
/// it. Poco's parser tells neither lines nor repeated members.
class JsonText {
public:
    /// Throws Problem naming the line: not JSON, a member twice in one object, nested deeper than 32.
    explicit JsonText(std::string_view text);

    /// The line of the value at this path, e.g. "/contributions/0/kind"; the closest line above it that is
    /// known when there is no such value.
    std::size_t lineOf(std::string path) const;

private:
    void value(const std::string& path, int depth);
    void object(const std::string& path, int depth);
    void array(const std::string& path, int depth);
    std::string string();
    void number();
    void word(std::string_view expected);
    void space();
    char peek() const { return _at < _text.size() ? _text[_at] : '\0'; }
    void expect(char c, const char* what);
    [[noreturn]] void fail(const std::string& what) const;

    std::string_view _text;
    std::size_t _at = 0;
    std::size_t _line = 1;
    std::map<std::string, std::size_t> _lines;
};

} // namespace aspm::host
