#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jira_plugin::sync {

/// Reads a JSON text from front to end without building anything from it: a delivery holds a whole issue, of
/// which a dozen members matter. Every value is read once, by one of the functions; what is of another type
/// than asked for is passed over and reads as empty. Checks that the text is well-formed all the same.
/// Source: RFC 8259.
class JsonReader {
public:
    /// text: borrowed.
    explicit JsonReader(std::string_view text) : _text(text) {}

    /// Calls member(name) for each member of an object; it must read the value.
    template <class Member> void object(Member&& member) {
        if (!opens('{'))
            return skip();
        for (bool isFirst = true; goesOn('}', isFirst); isFirst = false) {
            const std::string name = string();
            expect(':');
            if (_isGood)
                member(std::string_view(name));
        }
        --_depth;
    }

    /// Calls element() for each element of an array; it must read the value.
    template <class Element> void array(Element&& element) {
        if (!opens('['))
            return skip();
        for (bool isFirst = true; goesOn(']', isFirst); isFirst = false)
            element();
        --_depth;
    }

    /// A string, or a number as it is written.
    std::string text();
    /// The value as it is written.
    std::string raw();
    void skip();

    /// Whether the text is well-formed, nests no deeper than any delivery does, and nothing follows.
    bool isGoodToTheEnd();

private:
    char next(); ///< after white space; 0 at the end
    void expect(char c);
    bool opens(char bracket);
    bool goesOn(char closing, bool isFirst);
    std::string string();
    std::size_t endOfPlainText() const;
    void passString();
    void decodeEscape(std::string& out);
    unsigned hex4();
    void passWord();
    void fail();

    std::string_view _text;
    std::size_t _at = 0;
    int _depth = 0;
    bool _isGood = true;
};

} // namespace jira_plugin::sync
