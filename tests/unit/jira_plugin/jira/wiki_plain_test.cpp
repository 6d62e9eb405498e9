#include "jira/wiki_plain.hpp"

#include "jira/plain_text.hpp"
#include "jira/wiki_markup.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;

TEST_CASE("wiki markup gives its text", "[jira][wiki]") {
    CHECK(textOfWiki("h2. Title\r\nsome *bold* and _soft_ and {{code}} text") ==
          "Title\nsome bold and soft and code text");
    CHECK(textOfWiki("* one\n** two\n# three") == "- one\n  - two\n# three");
    CHECK(textOfWiki("bq. said\n{quote}more{quote}") == "said\nmore");
    CHECK(textOfWiki("||k||v||\n|a|b|") == "k | v\na | b");
    CHECK(textOfWiki("{color:red}red{color} {panel:title=x}in{panel}") == "red in");
    CHECK(textOfWiki("one\\\\two") == "one\ntwo");
}

TEST_CASE("wiki links are written out and mentions keep their names", "[jira][wiki]") {
    CHECK(textOfWiki("see [here|https://x.example] or [https://y.example]") ==
          "see here (https://x.example) or https://y.example");
    CHECK(textOfWiki("[here|https://x.example|smart-link]") == "here (https://x.example)");
    CHECK(textOfWiki("[~ann], [~accountid:712020:a]") == "@ann, @712020:a");
    CHECK(textOfWiki("[^log.txt] !shot.png|thumbnail!") == "[log.txt] [shot.png]");
}

TEST_CASE("between code tags everything is text", "[jira][wiki]") {
    CHECK(textOfWiki("{code:java}\nif (a[0] * b[1]) {x}\n{code}") == "if (a[0] * b[1]) {x}");
    CHECK(textOfWiki("{noformat}*a* [~b]{noformat}") == "*a* [~b]");
    CHECK(textOfWiki("{code}*never closed*") == "never closed");
}

TEST_CASE("what only looks like wiki markup stays", "[jira][wiki]") {
    CHECK(textOfWiki("2 * 3 * 4, snake_case_name, a-b-c, 2026-01-02") ==
          "2 * 3 * 4, snake_case_name, a-b-c, 2026-01-02");
    CHECK(textOfWiki("a[0] {x} Great! Really! C:\\temp") == "a[0] {x} Great! Really! C:\\temp");
    CHECK(textOfWiki("a | b") == "a | b");
    CHECK(textOfWiki("((admin)): testing note.") == "((admin)): testing note.");
}

TEST_CASE("what we write in wiki markup is read back as it was", "[jira][wiki]") {
    jira_plugin::mapping::Document document;
    document.blocks.emplace_back();
    document.blocks.back().spans.push_back({"Fixed in *main*, see [x]", {}, {}});
    CHECK(textOfWiki(toWikiMarkup(document)) == "Fixed in *main*, see [x]");
}

TEST_CASE("hostile wiki markup ends in time and within its limit", "[jira][wiki]") {
    const auto repeated = [](const std::string& piece) {
        std::string all;
        while (all.size() < 300'000) {
            all += piece;
        }
        return all;
    };
    for (const char* piece : {"{code:x}", "[", "*a ", "!", "{{", "\\", "|", "[a|", "{noformat}", "_a*"}) {
        INFO(piece);
        CHECK(textOfWiki(repeated(piece)).size() <= plainTextLimit);
    }
    CHECK(textOfWiki(std::string("a\0b\x1b", 4) + "\xff") == "ab\xef\xbf\xbd");
    CHECK(textOfWiki("").empty());
}
