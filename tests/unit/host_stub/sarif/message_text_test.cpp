#include "sarif/message_text.hpp"

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;

TEST_CASE("placeholders take their arguments", "[host_stub][sarif]") {
    CHECK(fillPlaceholders("{0} flows into {1}, and {0} again", {"id", "query"}, 1000) ==
          "id flows into query, and id again");
    CHECK(fillPlaceholders("{{0}} stays, {0} goes", {"x"}, 1000) == "{0} stays, x goes");
}

TEST_CASE("a placeholder without an argument stays as it is", "[host_stub][sarif]") {
    CHECK(fillPlaceholders("{0} and {7}", {"x"}, 1000) == "x and {7}");
    CHECK(fillPlaceholders("{name} {} {12345678901234567890} {0", {"x"}, 1000) ==
          "{name} {} {12345678901234567890} {0");
}

TEST_CASE("an argument that looks like a placeholder is not filled in again", "[host_stub][sarif]") {
    CHECK(fillPlaceholders("{0}{1}", {"{1}", "x"}, 1000) == "{1}x");
}

TEST_CASE("a text that repeats a long argument is cut short", "[host_stub][sarif]") {
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += "{0}";
    CHECK(fillPlaceholders(text, {std::string(100, 'x')}, 1000).size() == 1000);
}

TEST_CASE("links into the report become their text and web links stay", "[host_stub][sarif]") {
    CHECK(unlink("depends on [a user's value](1) from [here](12).") ==
          "depends on a user's value from here.");
    CHECK(unlink("see [the rule](https://example.com/r)") == "see [the rule](https://example.com/r)");
    CHECK(unlink("a[i](x) [open [x](2") == "a[i](x) [open [x](2");
    CHECK(unlink("[[a](1)](2)") == "[a](2)");
}

TEST_CASE("control characters are dropped and line ends become one kind", "[host_stub][sarif]") {
    CHECK(cleanText("a\r\nb\rc\td\x1b[31m\x7f") == "a\nb\nc\td[31m");
    CHECK(cleanText(std::string("a\0b", 3)) == "ab");
    CHECK(cleanText("größe") == "größe");
}

TEST_CASE("the first sentence is one line", "[host_stub][sarif]") {
    CHECK(firstSentence("Copies without a bound. Use strlcpy.") == "Copies without a bound.");
    CHECK(firstSentence("Use e.g. strlcpy v1.2 instead") == "Use e.g. strlcpy v1.2 instead");
    CHECK(firstSentence("\n  first   line\nsecond line") == "first line");
    CHECK(firstSentence(" \n ").empty());
}

TEST_CASE("text is shortened between characters, not within one", "[host_stub][sarif]") {
    CHECK(shorten("abcdef", 6) == "abcdef");
    CHECK(shorten("abcdefg", 6) == "abc...");
    CHECK(shorten("ab\xC3\xA4"
                  "cdef",
                  6) == "ab...");
}
