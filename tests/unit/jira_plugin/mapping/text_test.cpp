#include <catch2/catch.hpp>

#include "mapping/link.hpp"
#include "mapping/summary.hpp"
#include "mapping/text.hpp"
#include "samples.hpp"

using namespace jira_plugin::mapping;

namespace {
const std::string ellipsis = "\xE2\x80\xA6";
const std::string emoji = "\xF0\x9F\x98\x80"; // two UTF-16 units
} // namespace

TEST_CASE("text keeps tabs and line breaks and loses other control characters", "[mapping]") {
    CHECK(cleanText(std::string("a\0b\x01\x1F\x7F\tc\r\nd\re\n", 14)) == "ab\tc\nd\ne\n");
    CHECK(cleanText("C1 \xC2\x9B, not characters \xEF\xBF\xBE\xEF\xBF\xBF") == "C1 , not characters ");
}

TEST_CASE("bytes that are not UTF-8 become the replacement character", "[mapping]") {
    const std::string bad = "\xEF\xBF\xBD";
    CHECK(cleanText("\xFF") == bad);
    CHECK(cleanText("\xC0\xAF") == bad + bad);           // overlong
    CHECK(cleanText("\xED\xA0\x80") == bad + bad + bad); // a surrogate
    CHECK(cleanText("\xE2\x82") == bad + bad);           // cut short
    CHECK(cleanText("\xF4\x90\x80\x80") == bad + bad + bad + bad);
    CHECK(cleanText("\xE2\x82\xAC") == "\xE2\x82\xAC");
}

TEST_CASE("a summary is one line whatever separates its words", "[mapping]") {
    auto finding = samples::finding();
    finding.title = "  one\r\ntwo\tthree\xE2\x80\xA8"
                    "four\xC2\x85"
                    "five\x0B six\xC2\xA0seven \n";
    CHECK(summarise(finding) == "one two three four five six seven");
}

TEST_CASE("a summary has at most 254 UTF-16 units and ends in an ellipsis when cut", "[mapping]") {
    auto finding = samples::finding();
    finding.title = std::string(254, 'x');
    CHECK(summarise(finding) == finding.title);
    finding.title += "x";
    CHECK(summarise(finding) == std::string(253, 'x') + ellipsis);

    finding.title.clear();
    for (int i = 0; i < 200; ++i)
        finding.title += emoji;
    CHECK(utf16Length(summarise(finding)) == 253); // 126 pairs and the ellipsis
    CHECK(cleanText(summarise(finding)) == summarise(finding));
}

TEST_CASE("a cut never parts a letter from its accent or an emoji from what is joined to it", "[mapping]") {
    CHECK(cutText("abce\xCC\x81"
                  "f",
                  5) == "abc" + ellipsis);
    const std::string family = emoji + "\xE2\x80\x8D" + emoji + "\xE2\x80\x8D" + emoji;
    CHECK(cutText("ab" + family + "cd", 8) == "ab" + ellipsis);
    CHECK(cutText("ab", 0).empty());
}

TEST_CASE("a summary is never empty", "[mapping]") {
    auto finding = samples::finding();
    finding.title = " \n\t\x01";
    CHECK(summarise(finding) == "buffer/gets");
    finding.ruleName.clear();
    CHECK(summarise(finding) == "FF1014");
    finding.ruleId.clear();
    CHECK(summarise(finding) == "Finding f-1");
}

TEST_CASE("only http and https addresses with a host can stand behind a link", "[mapping]") {
    CHECK(safeHref("https://example.com/a?b=c#d") == "https://example.com/a?b=c#d");
    CHECK(safeHref("HTTP://Example.com/A") == "http://Example.com/A");
    CHECK(safeHref("https://example.com/\xC3\xA4\"") == "https://example.com/%C3%A4%22");
    for (const char* bad : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//example.com",
                            "https://", "https:///x", "http://a b", "http://a\nb", "file:///etc/passwd", "",
                            "vbscript:x", " https://example.com", "mailto:a@b.example"})
        CHECK_FALSE(safeHref(bad));
    CHECK(safeHref("mailto:a@b.example", true));
    CHECK_FALSE(safeHref("https://example.com/" + std::string(2000, 'a')));
}
