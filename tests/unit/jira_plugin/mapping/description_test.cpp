#include <catch2/catch.hpp>

#include "mapping/description.hpp"
#include "mapping/text.hpp"
#include "samples.hpp"

using namespace jira_plugin::mapping;
using Kind = Block::Kind;

namespace {

const Block* find(const Document& document, Kind kind) {
    for (const auto& block : document.blocks)
        if (block.kind == kind)
            return &block;
    return nullptr;
}

std::string textOf(const Document& document) {
    std::string text;
    for (const auto& block : plainDescription(document).blocks)
        for (const auto& span : block.spans)
            text += span.text + "\n";
    return text;
}

std::string repeated(const std::string& text, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes)
        out += text;
    return out;
}

} // namespace

TEST_CASE("a description says what, where, who found it, how to mend it and leads back", "[mapping]") {
    const Document document = describe(samples::finding());
    CHECK_THAT(textOf(document),
               Catch::Contains("Severity: Critical\nLocation: src/read.c:42\nProject: payments-api\n"
                               "Scanner: Flawfinder\nRule: buffer/gets (FF1014)") &&
                   Catch::Contains("CWE-120 <https://cwe.mitre.org/data/definitions/120.html>, CWE-20") &&
                   Catch::Contains("The length is not checked.\nIt comes from the network.") &&
                   Catch::Contains("Code\ngets(line);\nAbout this rule\nWhy\nUse fgets instead.") &&
                   Catch::EndsWith("Open this finding in Mayo ASPM <https://aspm.example/findings/f-1>\n"));
    REQUIRE(find(document, Kind::CodeBlock));
    CHECK(find(document, Kind::CodeBlock)->language == "c");
}

TEST_CASE("what a finding does not have is left out of its description", "[mapping]") {
    jira_plugin::host::Finding finding;
    finding.id = "f";
    const Document document = describe(finding);
    REQUIRE(document.blocks.size() == 1);
    CHECK(textOf(document) == "Severity: Info\n");
}

TEST_CASE("markup in a finding's own text stays literal", "[mapping]") {
    auto finding = samples::finding();
    finding.description = "**not bold** [x](https://a.example) <script>alert(1)</script>\nsecond line";
    CHECK_THAT(textOf(describe(finding)), Catch::Contains(finding.description));
}

TEST_CASE("a link back is made for http and https only", "[mapping]") {
    auto finding = samples::finding();
    finding.url = "javascript:alert(1)";
    finding.ruleHelpUrl = "data:text/html,x";
    CHECK_THAT(textOf(describe(finding)), !Catch::Contains("javascript") && !Catch::Contains("data:"));
}

TEST_CASE("a description fits in Jira, says that it was cut and still leads back", "[mapping]") {
    auto finding = samples::finding();
    const std::string emoji = "\xF0\x9F\x98\x80";
    for (const std::string& piece : {std::string("word "), std::string("line\n"), std::string("para\n\n"),
                                     std::string("x"), emoji, std::string("- item\n"), std::string("```\n"),
                                     std::string("\xFF"), std::string("\n"), std::string("`c` ")}) {
        CAPTURE(piece);
        finding.description = finding.ruleHelp = finding.snippet = finding.ruleName = finding.cwe =
            repeated(piece, 100000);
        finding.filePath = repeated(piece, 3000);
        const Document document = describe(finding);
        CHECK(documentUnits(document) <= maxDescriptionUnits);
        CHECK_THAT(textOf(document), Catch::Contains("https://aspm.example/findings/f-1"));
        if (piece != "\n")
            CHECK_THAT(textOf(document), Catch::Contains("Shortened to what fits"));
    }
}

TEST_CASE("a long snippet is cut at the end of a line and leaves room for the rest", "[mapping]") {
    auto finding = samples::finding();
    finding.snippet = repeated("int value = 0;\n", 20000);
    const Document document = describe(finding);
    const auto* code = find(document, Kind::CodeBlock);
    REQUIRE(code);
    CHECK_THAT(code->text, Catch::EndsWith("int value = 0;\n\xE2\x80\xA6"));
    CHECK(utf16Length(code->text) <= 8000);
    CHECK_THAT(textOf(document), Catch::Contains("About this rule"));
}

TEST_CASE("no heading is left without the text that was cut below it", "[mapping]") {
    auto finding = samples::finding();
    finding.snippet.clear();
    finding.description = repeated("word ", 29300);
    finding.ruleHelp = repeated("help ", 2000);
    const Document document = describe(finding);
    for (std::size_t i = 0; i + 1 < document.blocks.size(); ++i)
        if (document.blocks[i].kind == Kind::Heading)
            CHECK(document.blocks[i + 1].kind != Kind::Rule);
    CHECK_THAT(textOf(document), Catch::Contains("Shortened"));
}

TEST_CASE("the plain description has paragraphs without style or link only", "[mapping]") {
    for (const auto& block : plainDescription(describe(samples::finding())).blocks) {
        CHECK(block.kind == Kind::Paragraph);
        REQUIRE(block.spans.size() == 1);
        CHECK(block.spans[0].style == Span::Style::Plain);
        CHECK(block.spans[0].href.empty());
        CHECK_FALSE(block.spans[0].text.empty());
    }
}
