#include "jira/wiki_markup.hpp"

#include "jira/wiki_text.hpp"
#include "mapping/description.hpp"
#include "mapping/text.hpp"
#include "wiki_reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace jira_plugin;
using mapping::Block;
using mapping::Document;
using mapping::Span;
using Kind = Block::Kind;
using Style = Span::Style;

namespace {

Block textBlock(Kind kind, const std::string& text, Style style = Style::Plain,
                const std::string& href = {}) {
    Block block;
    block.kind = kind;
    block.spans = {{text, style, href}};
    return block;
}

Block codeBlock(const std::string& text, const std::string& language = {}) {
    Block block;
    block.kind = Kind::CodeBlock;
    block.text = text;
    block.language = language;
    return block;
}

Block listBlock(Kind kind, const std::vector<std::string>& items) {
    Block block;
    block.kind = kind;
    for (const auto& item : items)
        block.items.push_back({{item, Style::Plain, {}}});
    return block;
}

std::string written(const Block& block) {
    return jira::toWikiMarkup(Document{{block}});
}

std::string paragraph(const std::vector<Span>& spans) {
    Block block;
    block.spans = spans;
    return written(block);
}

/// Each takes effect when it is written as it is.
const std::vector<std::string>& probes() {
    static const std::vector<std::string> texts{"{code}swallowed",
                                                "a {code:java}b{code} c",
                                                "{noformat}x{noformat}",
                                                "{html}<script>{html}",
                                                "{include:Page}",
                                                "{a: 1}",
                                                "{panel:title=x}y{panel}",
                                                "{color:red}x{color}",
                                                "{quote}x{quote}",
                                                "{anchor:x}",
                                                "{jira:ABC-1}",
                                                "{Code}x{CODE}",
                                                "{{mono}}",
                                                "${{github.token}}",
                                                "{*}x{*}",
                                                "{_}x{_}",
                                                "{-}x{-}",
                                                "\\\\{code}x",
                                                "\\\\\\{code}x",
                                                "[~admin]",
                                                "hello [~jsmith] there",
                                                "[x|http://evil.example]",
                                                "[http://evil.example]",
                                                "[^file.txt]",
                                                "[#anchor]",
                                                "arr[0]",
                                                "[x|mailto:a@b.c]",
                                                "\\\\[~admin]",
                                                "!http://evil.example/x.png!",
                                                "!image.png|thumbnail!",
                                                "see !image.png! there",
                                                "(!x.png!)",
                                                "h1. Title",
                                                "  h3. Title",
                                                "h6.x",
                                                "bq. quoted",
                                                "* item",
                                                "** item",
                                                "# item",
                                                "- item",
                                                "#* item",
                                                "\t* item",
                                                "----",
                                                "-----  ",
                                                "|cell|",
                                                "||head||",
                                                "| a | b |",
                                                "  |x|",
                                                "x\n* item",
                                                "x\n|a|b|",
                                                "x\nh2. y",
                                                "*strong*",
                                                "_em_",
                                                "-gone-",
                                                "+new+",
                                                "^up^",
                                                "~down~",
                                                "??cite??",
                                                "(*strong*)",
                                                "a *b c* d",
                                                "--flag -x-",
                                                ":)",
                                                ":-)",
                                                ":(",
                                                ":P",
                                                ":D!",
                                                ";)",
                                                "f(x)",
                                                "(/)",
                                                "(on)",
                                                "(*y)",
                                                "(!)",
                                                "a :-( b",
                                                "https://evil.example/x",
                                                "see http://evil.example.",
                                                "(ftp://a.b)",
                                                "mailto:a@b.c",
                                                "file:///etc/passwd",
                                                "\\\\server\\share",
                                                "a\\\\b",
                                                "line \\\\ break",
                                                "&lt;b&gt;",
                                                "&#123;code&#125;",
                                                "&#0000000000000000000000000000000000000060;b&gt;",
                                                "a -- b",
                                                "a --- b",
                                                "{{a}} and {{b}}",
                                                "\\{{x}}",
                                                "[[x]]",
                                                "x [y\\]z]",
                                                "*{code}*",
                                                "_[~a]_",
                                                "| [a|b] |",
                                                "_*x*_",
                                                "[~ x|y]",
                                                "[^ x]"};
    return texts;
}

/// Words and signs in any order: what no author of a probe thinks of.
std::string randomText(std::mt19937& random) {
    static const std::vector<std::string> parts{"{",
                                                "}",
                                                "[",
                                                "]",
                                                "|",
                                                "*",
                                                "_",
                                                "-",
                                                "+",
                                                "^",
                                                "~",
                                                "!",
                                                "?",
                                                "#",
                                                "@",
                                                "\\",
                                                "(",
                                                ")",
                                                ":",
                                                ";",
                                                "/",
                                                "&",
                                                "<",
                                                ">",
                                                "\"",
                                                "'",
                                                ".",
                                                ",",
                                                "%",
                                                "=",
                                                "$",
                                                " ",
                                                " ",
                                                "\t",
                                                "\n",
                                                "\n\n",
                                                "a",
                                                "B",
                                                "x",
                                                "P",
                                                "D",
                                                "word",
                                                "1",
                                                "code",
                                                "noformat",
                                                "{code}",
                                                "h1.",
                                                "bq.",
                                                "http:",
                                                "//",
                                                "mailto:",
                                                "&lt;",
                                                "--",
                                                "----",
                                                "\\\\",
                                                "{{",
                                                "}}",
                                                "[~",
                                                "(x)",
                                                ":)",
                                                "\xC3\xA4",
                                                "\xE2\x82\xAC",
                                                "\xF0\x9F\x98\x80",
                                                "||",
                                                "!x.png!",
                                                "{*}",
                                                "\xC2\xA0"};
    std::uniform_int_distribution<std::size_t> part(0, parts.size() - 1);
    std::uniform_int_distribution<int> length(1, 24);
    std::string text;
    for (int i = length(random); i > 0; --i)
        text += parts[part(random)];
    return text;
}

/// Every place that a finding's text can come to.
std::vector<Block> placesOf(const std::string& text) {
    std::vector<Block> blocks;
    for (const Style style : {Style::Plain, Style::Strong, Style::Emphasis, Style::Code})
        blocks.push_back(textBlock(Kind::Paragraph, text, style));
    blocks.push_back(textBlock(Kind::Paragraph, text, Style::Plain, "https://aspm.example/f"));
    blocks.push_back(textBlock(Kind::Paragraph, text, Style::Strong, "https://aspm.example/f"));
    blocks.push_back(textBlock(Kind::Heading, text));
    blocks.push_back(textBlock(Kind::Quote, text));
    blocks.push_back(codeBlock(text));
    blocks.push_back(codeBlock(text, "java"));
    blocks.push_back(codeBlock("x", text));
    blocks.push_back(listBlock(Kind::BulletList, {text, "second"}));
    blocks.push_back(listBlock(Kind::OrderedList, {"first", text}));
    blocks.push_back(listBlock(Kind::Facts, {"Name", text, text, "value"}));
    Block mixed;
    mixed.spans = {{"a", Style::Plain, {}},
                   {text, Style::Strong, {}},
                   {text, Style::Plain, {}},
                   {text, Style::Code, {}},
                   {"b", Style::Plain, {}}};
    blocks.push_back(mixed);
    return blocks;
}

/// What took effect in one place and does not do so there with a harmless text. A style of ours may be
/// dropped, and monospaced text stands free of words more often than the harmless one.
std::vector<std::string> surplusOf(const Block& block, const Block& harmless) {
    std::vector<std::string> allowed = wiki::read(written(harmless)).effects;
    for (const auto& span : block.spans)
        if (span.style == Style::Code)
            allowed.push_back("monospaced");
    std::vector<std::string> surplus;
    for (const auto& effect : wiki::read(written(block)).effects) {
        const auto found = std::find(allowed.begin(), allowed.end(), effect);
        if (found == allowed.end())
            surplus.push_back(effect);
        else
            allowed.erase(found);
    }
    return surplus;
}

void checkEverywhere(const std::string& text) {
    static const std::vector<Block> harmless = placesOf("x");
    const std::vector<Block> places = placesOf(text);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto surplus = surplusOf(places[i], harmless[i]);
        if (!surplus.empty()) {
            CAPTURE(i, text, written(places[i]), surplus.front());
            CHECK(surplus.empty());
        }
    }
}

} // namespace

TEST_CASE("wiki: the reader sees each probe take effect", "[wiki]") {
    for (const auto& probe : probes()) {
        CAPTURE(probe);
        CHECK_FALSE(wiki::read(probe).effects.empty());
    }
    CHECK(wiki::read("[~admin]").has("mention"));
    CHECK(wiki::read("\\\\{code}x{code}").has("macro:code"));
    CHECK(wiki::read("plain text, with 3 signs: a-b (c) d/e!").summary().empty());
}

TEST_CASE("wiki: no probe takes effect wherever it stands", "[wiki]") {
    for (const auto& probe : probes())
        checkEverywhere(probe);
    SUCCEED(probes().size() << " probes in every place");
}

TEST_CASE("wiki: no random text takes effect, and all of it is shown", "[wiki]") {
    std::mt19937 random(20240229); // NOLINT(cert-msc51-cpp): the same texts every time
    for (int i = 0; i < 20000; ++i) {
        const std::string text = randomText(random);
        const wiki::Reading reading = wiki::read(jira::wikiLiteral(text));
        if (!reading.effects.empty() || reading.text != mapping::cleanText(text)) {
            CAPTURE(i, text, jira::wikiLiteral(text), reading.summary());
            CHECK(reading.effects.empty());
            CHECK(reading.text == mapping::cleanText(text));
        }
    }
    SUCCEED("20,000 texts");
}

TEST_CASE("wiki: no random text takes effect wherever it stands", "[wiki]") {
    std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same texts every time
    for (int i = 0; i < 1000; ++i)
        checkEverywhere(randomText(random));
    SUCCEED("1,000 texts in every place");
}

TEST_CASE("wiki: ordinary text stays readable without a renderer", "[wiki]") {
    for (const char* text :
         {"The length of snake_case_name is not checked.", "CWE-120, CVE-2024-1234 and a-b-c",
          "C:\\Users\\x\\file.c", "Warning! Why? 5 * 3 = 15, a - b", "user@example.com: 100% of (some) cases",
          "if (a && b) return c/d;", "C++ and C#", "~ 3 + 4", "a=1&b=2", "It's \"quoted\" <b>text</b>",
          "x # y", "f(a, b)", "a | b"})
        CHECK(jira::wikiLiteral(text) == text);
    CHECK(jira::wikiLiteral("a {b} [c]") == "a \\{b\\} \\[c\\]");
    CHECK(jira::wikiLiteral("use --force") == "use \\-\\-force");
}

TEST_CASE("wiki: blocks are written as Jira reads them", "[wiki]") {
    CHECK(written(textBlock(Kind::Heading, "Code")) == "h3. Code");
    CHECK(written(textBlock(Kind::Quote, "said")) == "{quote}\nsaid\n{quote}");
    CHECK(written(textBlock(Kind::Rule, "")) == "----");
    CHECK(written(listBlock(Kind::BulletList, {"a", "b\nc"})) == "* a\n* b c");
    CHECK(written(listBlock(Kind::OrderedList, {"a", ""})) == "# a\n# ");
    CHECK(written(listBlock(Kind::Facts, {"Severity", "High", "Rule", "a|b", "Empty", "", "Odd"})) ==
          "||Severity|High|\n||Rule|a\\|b|\n||Empty| |\n||Odd| |");
    CHECK(jira::toWikiMarkup(Document{{textBlock(Kind::Paragraph, "a"), textBlock(Kind::Paragraph, " \n"),
                                       textBlock(Kind::Paragraph, "b\nc")}}) == "a\n\nb\nc");
    CHECK(jira::toWikiMarkup(Document{}).empty());
}

TEST_CASE("wiki: code keeps its text, and its language where Jira knows it", "[wiki]") {
    CHECK(written(codeBlock("a {b} *c*\n", "java")) == "{code:java}\na {b} *c*\n\n{code}");
    CHECK(written(codeBlock("x", "cpp")) == "{code:c++}\nx\n{code}");
    CHECK(written(codeBlock("x", "JavaScript")) == "{code:javascript}\nx\n{code}");
    CHECK(written(codeBlock("x", "rust")) == "{noformat}\nx\n{noformat}");
    CHECK(written(codeBlock("x", "java}{html")) == "{noformat}\nx\n{noformat}");
    CHECK(written(codeBlock("{code}{noformat}{ CODE:x}")) ==
          "{noformat}\n{\xE2\x80\x8B"
          "code}{\xE2\x80\x8Bnoformat}{\xE2\x80\x8B CODE:x}\n{noformat}");
    CHECK(written(codeBlock("a\\", "c")) == "{code:c}\na\\\n{code}");
    CHECK(written(codeBlock("")).empty());
}

TEST_CASE("wiki: styles and links", "[wiki]") {
    CHECK(paragraph({{"a ", Style::Plain, {}}, {"b", Style::Strong, {}}, {" c", Style::Plain, {}}}) ==
          "a *b* c");
    CHECK(paragraph({{"a", Style::Plain, {}}, {"b", Style::Strong, {}}, {"c", Style::Plain, {}}}) ==
          "a{*}b{*}c");
    CHECK(paragraph({{"x", Style::Plain, {}}, {" b ", Style::Emphasis, {}}, {"y", Style::Plain, {}}}) ==
          "x _b_ y");
    CHECK(paragraph({{"src/a_b.c:3", Style::Code, {}}}) == "{{src/a_b.c:3}}");
    CHECK(paragraph({{"a{b}", Style::Code, {}}}) == "a\\{b\\}\xE2\x80\x8B");
    CHECK(paragraph({{"a", Style::Plain, {}}, {"b", Style::Code, {}}}) == "a\xE2\x80\x8B"
                                                                          "b");
    CHECK(paragraph({{"Open it", Style::Strong, "https://aspm.example/f?a=1"}}) ==
          "*[Open it|https://aspm.example/f?a=1]*");
    CHECK(paragraph({{"https://a.example/", Style::Plain, "https://a.example/"}}) == "[https://a.example/]");
    CHECK(paragraph({{"a|b]", Style::Plain, "https://a.example/x]y!z"}}) ==
          "a|b\\] [https://a.example/x%5Dy%21z]");
    CHECK(paragraph({{"~ a", Style::Plain, "https://a.example/"}}) == "~ a [https://a.example/]");
    CHECK(paragraph({{"x", Style::Plain, "javascript:alert(1)"}}) == "x");
    CHECK(wiki::read(paragraph({{"a", Style::Plain, {}}, {"b", Style::Strong, {}}})).summary() == "strong");
    CHECK(wiki::read(paragraph({{"CWE-120", Style::Plain, "https://cwe.mitre.org/120"}})).summary() ==
          "link:https://cwe.mitre.org/120");
}

TEST_CASE("wiki: what is joined from two spans is seen as one text", "[wiki]") {
    CHECK(wiki::read(paragraph({{"{", Style::Plain, {}}, {"code}", Style::Plain, {}}})).effects.empty());
    CHECK(wiki::read(paragraph({{":", Style::Plain, {}}, {")", Style::Plain, {}}})).effects.empty());
    CHECK(wiki::read(paragraph({{"a\\", Style::Plain, {}}, {"{b}", Style::Strong, {}}}))
              .summary()
              .find("macro") == std::string::npos);
}

TEST_CASE("wiki: a document keeps within the limit, and its closing link stays", "[wiki]") {
    Document document;
    document.blocks.push_back(listBlock(Kind::Facts, {"Severity", "High"}));
    for (int i = 0; i < 20; ++i) {
        document.blocks.push_back(textBlock(Kind::Heading, "Part"));
        document.blocks.push_back(
            textBlock(Kind::Paragraph, std::string(700, '{') + " \xF0\x9F\x98\x80 end"));
        document.blocks.push_back(codeBlock(std::string(900, 'x')));
    }
    document.blocks.push_back(textBlock(Kind::Rule, ""));
    document.blocks.push_back(textBlock(Kind::Paragraph, "Open", Style::Strong, "https://aspm.example/f"));
    const std::string full = jira::toWikiMarkup(document);
    REQUIRE(mapping::utf16Length(full) > 40'000);
    CHECK(jira::toWikiMarkup(document, 0) == full);
    CHECK(jira::toWikiMarkup(document, mapping::utf16Length(full)) == full);
    for (const std::size_t limit : {32'767U, 20'000U, 5'000U, 1'000U, 200U, 120U, 40U, 10U, 1U}) {
        const std::string cut = jira::toWikiMarkup(document, limit);
        CAPTURE(limit, cut.size());
        CHECK(mapping::utf16Length(cut) <= limit);
        CHECK(wiki::read(cut).has("link:https://aspm.example/f") == (limit >= 120));
        CHECK((cut.find("_Shortened") != std::string::npos) == (limit >= 120));
        CHECK(cut.find("h3. Part\n\n_Shortened") == std::string::npos);
    }
    CHECK(mapping::utf16Length(jira::toWikiMarkup(document, 32'767)) > 31'000);
}

TEST_CASE("wiki: a hostile finding is described without harm", "[wiki]") {
    for (const auto& probe : probes()) {
        host::Finding finding;
        finding.description = probe + "\n\n" + probe;
        finding.snippet = probe;
        finding.filePath = probe;
        finding.scanner = probe;
        finding.ruleId = probe;
        finding.url = "https://aspm.example/f";
        const wiki::Reading reading = wiki::read(jira::toWikiMarkup(mapping::describe(finding)));
        for (const auto& effect : reading.effects) {
            CAPTURE(probe, effect);
            CHECK((effect == "strong" || effect == "monospaced" || effect == "heading" || effect == "rule" ||
                   effect == "row:2" || effect == "macro:noformat" || effect == "macro:code" ||
                   effect == "link:https://aspm.example/f"));
        }
    }
}
