#include <catch2/catch.hpp>

#include "jira/adf.hpp"
#include "mapping/description.hpp"
#include "mapping/json_reader.hpp"
#include "samples.hpp"
#include "temp_dir.hpp"

#include <Poco/JSON/Parser.h>

// valijson's headers do not compile without warnings of our set.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <valijson/adapters/poco_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

#include <random>

using namespace jira_plugin;
using mapping::Block;
using mapping::Document;
using mapping::Span;

namespace {

/// Atlassian's own schema, parsed once.
const valijson::Schema& adfSchema() {
    static const auto schema = [] {
        const std::string text = test_support::readFile(ASPM_TEST_DATA_DIR "/jira/adf-schema-full.json");
        const Poco::Dynamic::Var json = Poco::JSON::Parser().parse(text);
        auto parsed = std::make_unique<valijson::Schema>();
        valijson::SchemaParser(valijson::SchemaParser::kDraft4)
            .populateSchema(valijson::adapters::PocoJsonAdapter(json), *parsed);
        return parsed;
    }();
    return *schema;
}

/// What the schema says against a document; empty when it is valid. The document goes through text, as it
/// does on its way to Jira.
std::string schemaProblem(const std::string& adfText) {
    const Poco::Dynamic::Var json = Poco::JSON::Parser().parse(adfText);
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(adfSchema(), valijson::adapters::PocoJsonAdapter(json), &results))
        return {};
    valijson::ValidationResults::Error error;
    std::string problem = "invalid";
    while (results.popError(error))
        problem = error.description;
    return problem + " in " + adfText.substr(0, 2000);
}

std::string adfText(const Document& document) {
    return jira::toAdf(document);
}

/// Texts that break what is written carelessly.
const std::vector<std::string>& hostileTexts() {
    static const std::vector<std::string> texts{
        "",
        " ",
        "\n",
        "\n\n\n",
        "plain",
        R"({"type":"doc","version":1,"content":[{"type":"mention","attrs":{"id":"1"}}]})",
        R"("}]},{"type":"mention","attrs":{"id":"1"}},{")",
        "[~accountid:5b10ac8d82e05b22cc7d4ef5] @admin [x|http://evil.example]",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "{code}{noformat}!image.png! h1. x",
        "\xF0\x9F\x98\x80 \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\xAE rtl \xE2\x80\xAC",
        std::string("nul\0 bell\x07 esc\x1B[31m del\x7F", 22),
        "\xFF\xFE\xC0\xAF\xED\xA0\x80 lone bytes",
        "\\ backslash \" quote / slash \xE2\x80\xA8 line separator",
        "a\r\nb\rc\td",
        "```\ncode\n``` **b** [l](javascript:alert(1)) [m](https://ok.example)",
        std::string(100000, 'x'),
        std::string(50000, '\n')};
    return texts;
}

/// Any document that the types allow, whether or not it makes sense.
class Generator {
public:
    explicit Generator(unsigned seed) : _random(seed) {}

    Document document() {
        Document document;
        for (std::size_t i = below(8); i > 0; --i)
            document.blocks.push_back(block());
        return document;
    }

private:
    std::size_t below(std::size_t limit) { return _random() % limit; }
    const std::string& text() {
        return hostileTexts()[below(hostileTexts().size() - (below(20) == 0 ? 0 : 2))];
    }

    Span span() {
        static const std::vector<std::string> hrefs{
            "",        "https://a.example/x",     "javascript:alert(1)", "mailto:a@b.c", "x",
            "http://", "HTTPS://\xC3\xA4.example"};
        return {text(), static_cast<Span::Style>(below(4)), hrefs[below(hrefs.size())]};
    }

    std::vector<Span> spans() {
        std::vector<Span> out;
        for (std::size_t i = below(4); i > 0; --i)
            out.push_back(span());
        return out;
    }

    Block block() {
        Block block;
        block.kind = static_cast<Block::Kind>(below(8));
        block.spans = spans();
        block.level = static_cast<int>(below(12)) - 2;
        block.text = text();
        block.language = text().substr(0, 60);
        for (std::size_t i = below(5); i > 0; --i)
            block.items.push_back(spans());
        return block;
    }

    std::mt19937 _random;
};

} // namespace

TEST_CASE("the schema test would notice an invalid document", "[jira_adf]") {
    CHECK(schemaProblem(R"({"type":"doc","version":1,"content":[]})").empty());
    for (
        const char* bad :
        {R"({"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":""}]}]})",
         R"({"type":"doc","version":1,"content":[{"type":"bulletList","content":[]}]})",
         R"({"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"x",)"
         R"("marks":[{"type":"code"},{"type":"strong"}]}]}]})",
         R"({"type":"doc","version":1,"content":[{"type":"text","text":"x"}]})"})
        CHECK_FALSE(schemaProblem(bad).empty());
}

TEST_CASE("every document becomes valid ADF", "[jira_adf]") {
    for (unsigned seed = 0; seed < 150; ++seed) {
        CAPTURE(seed);
        REQUIRE(schemaProblem(adfText(Generator(seed).document())).empty());
    }
}

TEST_CASE("the description of a finding full of hostile text is valid ADF, styled or plain", "[jira_adf]") {
    for (const auto& text : hostileTexts()) {
        auto finding = samples::finding();
        finding.title = finding.description = finding.scanner = finding.ruleId = finding.ruleName = text;
        finding.ruleHelp = finding.ruleHelpUrl = finding.cwe = finding.filePath = finding.snippet = text;
        finding.url = text;
        CAPTURE(text.substr(0, 100));
        const Document document = mapping::describe(finding);
        CHECK(schemaProblem(adfText(document)) == "");
        CHECK(schemaProblem(adfText(mapping::plainDescription(document))) == "");
    }
}

TEST_CASE("text that looks like ADF, a mention or markup stays text", "[jira_adf]") {
    Document document;
    Block block;
    block.spans = {
        {R"({"type":"mention","attrs":{"id":"1"}} [~x] <script>alert(1)</script>)", Span::Style::Plain, {}}};
    document.blocks = {block};
    const auto adf = mapping::parseJsonObject(adfText(document));
    const auto paragraph = adf->getArray("content")->getObject(0);
    const auto nodes = paragraph->getArray("content");
    REQUIRE(nodes->size() == 1);
    CHECK(nodes->getObject(0)->getValue<std::string>("type") == "text");
    CHECK(nodes->getObject(0)->getValue<std::string>("text") == block.spans[0].text);
}

TEST_CASE("a link to anything but the web or an address loses its link and keeps its text", "[jira_adf]") {
    for (const char* href :
         {"javascript:alert(1)", "data:text/html,x", "//evil.example", " https://a.example"}) {
        Document document;
        Block block;
        block.spans = {{"click", Span::Style::Strong, href}};
        document.blocks = {block};
        const std::string text = adfText(document);
        CHECK_THAT(text, Catch::Contains("click") && !Catch::Contains("link") && Catch::Contains("strong"));
    }
}

TEST_CASE("line breaks become hardBreak nodes, facts a table with row headers", "[jira_adf]") {
    Document document;
    Block lines;
    lines.spans = {{"a\nb", Span::Style::Plain, {}}};
    Block facts;
    facts.kind = Block::Kind::Facts;
    facts.items = {{{"Severity", Span::Style::Strong, {}}}, {{"High", Span::Style::Plain, {}}}};
    document.blocks = {lines, facts};
    CHECK(
        adfText(document) ==
        R"({"content":[{"content":[{"text":"a","type":"text"},{"type":"hardBreak"},{"text":"b","type":"text"}],)"
        R"("type":"paragraph"},{"content":[{"content":[{"content":[{"content":[{"marks":[{"type":"strong"}],)"
        R"("text":"Severity","type":"text"}],"type":"paragraph"}],"type":"tableHeader"},{"content":[{"content":)"
        R"([{"text":"High","type":"text"}],"type":"paragraph"}],"type":"tableCell"}],"type":"tableRow"}],)"
        R"("type":"table"}],"type":"doc","version":1})");
}
