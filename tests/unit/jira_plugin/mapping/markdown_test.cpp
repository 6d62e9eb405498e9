#include <catch2/catch.hpp>

#include "mapping/markdown.hpp"
#include "mapping/markdown_inline.hpp"

#include <chrono>

using namespace jira_plugin::mapping;
using Kind = Block::Kind;
using Style = Span::Style;

namespace {

/// Spans written down: *strong*, /emphasis/, `code`, text->href.
std::string shown(const std::vector<Span>& spans) {
    std::string out;
    for (const auto& span : spans) {
        const std::string mark = span.style == Style::Strong     ? "*"
                                 : span.style == Style::Emphasis ? "/"
                                 : span.style == Style::Code     ? "`"
                                                                 : "";
        out += mark + span.text + mark + (span.href.empty() ? "" : "->" + span.href);
    }
    return out;
}

std::string inlineOf(const std::string& text) {
    return shown(readInline(text));
}

std::string blocksOf(const std::string& text) {
    std::string out;
    for (const auto& block : readMarkdown(text)) {
        switch (block.kind) {
        case Kind::Paragraph:
            out += "P(" + shown(block.spans) + ")";
            break;
        case Kind::Heading:
            out += "H" + std::to_string(block.level) + "(" + shown(block.spans) + ")";
            break;
        case Kind::CodeBlock:
            out += "C" + block.language + "(" + block.text + ")";
            break;
        case Kind::BulletList:
        case Kind::OrderedList:
            out += block.kind == Kind::BulletList ? "U(" : "O(";
            for (const auto& item : block.items)
                out += "[" + shown(item) + "]";
            out += ")";
            break;
        case Kind::Quote:
            out += "Q(" + shown(block.spans) + ")";
            break;
        case Kind::Rule:
            out += "R";
            break;
        case Kind::Facts:
            out += "F";
            break;
        }
    }
    return out;
}

} // namespace

TEST_CASE("inline marks become styles", "[mapping]") {
    CHECK(inlineOf("a **b** *c* __d__ _e_ `f` g") == "a *b* /c/ *d* /e/ `f` g");
    CHECK(inlineOf("``a`b`` and ` `` `") == "`a`b` and ````");
    CHECK(inlineOf("**bold with `code` in it**") == "*bold with *`code`* in it*");
    CHECK(inlineOf("escaped \\*not\\* and \\`so\\`") == "escaped *not* and `so`");
}

TEST_CASE("marks without a partner and marks inside words are literal", "[mapping]") {
    CHECK(inlineOf("2 * 3 * 4 and a_b_c and **open and `tick") == "2 * 3 * 4 and a_b_c and **open and `tick");
    CHECK(inlineOf("****") == "****");
    CHECK(inlineOf("snake_case_name _word_") == "snake_case_name /word/");
    CHECK(inlineOf("char **argv, int *p") == "char **argv, int *p");
}

TEST_CASE("links go to http and https only, everything else stays literal", "[mapping]") {
    CHECK(inlineOf("see [docs](https://a.example/x \"t\").") == "see docs->https://a.example/x.");
    CHECK(inlineOf("[**b** c](http://a.example)") == "*b*->http://a.example c->http://a.example");
    CHECK(inlineOf("<https://a.example> https://b.example/c, (http://d.example)") ==
          "https://a.example->https://a.example https://b.example/c->https://b.example/c, "
          "(http://d.example->http://d.example)");
    CHECK(inlineOf("![pic](https://a.example/p.png)") == "pic->https://a.example/p.png");
    for (const char* literal :
         {"[x](javascript:alert(1))", "[x](data:text/html,1)", "<script>alert(1)</script>", "[x]( )", "[x](",
          "[~accountid:1]", "@someone", "xhttps://a"})
        CHECK(inlineOf(literal) == literal);
}

TEST_CASE("blocks are read", "[mapping]") {
    CHECK(blocksOf("# One #\n\ntext\nmore\n\n## Two") == "H1(One)P(text more)H2(Two)");
    CHECK(blocksOf("Title\n=====\nSub\n---\nx") == "H1(Title)H2(Sub)P(x)");
    CHECK(blocksOf("- a\n- b\n  goes on\n\n- c\n1. x\n2) y") == "U([a][b goes on][c])O([x][y])");
    CHECK(blocksOf("- a\n  - nested\n* star") == "U([a][nested][star])");
    CHECK(blocksOf("> quoted\n> more\n\n---\n***") == "Q(quoted more)RR");
    CHECK(blocksOf("#include is no heading\n#") == "P(#include is no heading #)");
}

TEST_CASE("fenced code is literal, and a fence that nobody closed ends with the text", "[mapping]") {
    CHECK(blocksOf("```cpp title\nint *a; // **b**\n\n# x\n```\nafter") ==
          "Ccpp(int *a; // **b**\n\n# x)P(after)");
    CHECK(blocksOf("~~~\na\n```\n~~~") == "C(a\n```)");
    CHECK(blocksOf("```js\nopen") == "Cjs(open)");
    CHECK(blocksOf("1. step\n   ```sh\n   ls\n   ```\n2. next") == "O([step])Csh(ls)O([next])");
}

TEST_CASE("tables stay readable as code and HTML stays literal", "[mapping]") {
    CHECK(blocksOf("| a | b |\n|---|---|\n| 1 | 2 |") == "C(| a | b |\n|---|---|\n| 1 | 2 |)");
    CHECK(blocksOf("<b>x</b>\n<!-- y -->") == "P(<b>x</b> <!-- y -->)");
    CHECK(blocksOf(">\n>\n") == "");
    CHECK(blocksOf("") == "");
    CHECK(blocksOf("\n\n \n\t\n") == "");
}

TEST_CASE("hostile Markdown is read in linear time", "[mapping]") {
    const auto begin = std::chrono::steady_clock::now();
    for (const char* piece :
         {"*",  "**a ", "_a ", "[", "[](", "`", "``a`",  "![[",     "<http://",     "http://",
          "> ", "- ",   "1. ", "#", "\\",  "|", "~~~\n", "*a **b ", "[a](http://x", "***a"}) {
        std::string text;
        while (text.size() < 200000)
            text += piece;
        readMarkdown(text);
    }
    // Quadratic reading would take minutes.
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
}
