#include "jira/adf_text.hpp"

#include "jira/json.hpp"
#include "jira/plain_text.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;

namespace {

std::string textOf(const std::string& content) {
    return textOfAdf(json::parse(R"({"type":"doc","version":1,"content":[)" + content + "]}"));
}

std::string paragraph(const std::string& nodes) {
    return R"({"type":"paragraph","content":[)" + nodes + "]}";
}

std::string text(const std::string& words) {
    return R"({"type":"text","text":")" + words + R"("})";
}

} // namespace

TEST_CASE("blocks of a document are lines of text", "[jira][adf]") {
    CHECK(textOf(paragraph(text("a") + R"(,{"type":"hardBreak"},)" + text("b")) + "," +
                 paragraph(text("c"))) == "a\nb\nc");
    CHECK(textOf(R"({"type":"heading","attrs":{"level":2},"content":[)" + text("Title") + "]}," +
                 paragraph(text("c"))) == "Title\nc");
    CHECK(textOf(R"({"type":"codeBlock","content":[)" + text("int a;\\n  int b;") + "]}") ==
          "int a;\n  int b;");
    CHECK(textOf(R"({"type":"panel","attrs":{"panelType":"info"},"content":[)" + paragraph(text("p")) +
                 R"(]},{"type":"rule"},{"type":"expand","attrs":{"title":"more"},"content":[)" +
                 paragraph(text("inside")) + "]}") == "p\n----\nmore\ninside");
}

TEST_CASE("links are written out and mentions keep their names", "[jira][adf]") {
    const std::string link =
        R"({"type":"text","text":"here","marks":[{"type":"strong"},{"type":"link","attrs":{"href":"https://x.example"}}]})";
    CHECK(textOf(paragraph(text("see ") + "," + link)) == "see here (https://x.example)");
    CHECK(textOf(paragraph(R"({"type":"text","text":"https://x.example",
        "marks":[{"type":"link","attrs":{"href":"https://x.example"}}]})")) == "https://x.example");
    CHECK(textOf(paragraph(R"({"type":"mention","attrs":{"id":"712020:a","text":"@Ann Lee"}},)" + text(" ") +
                           R"(,{"type":"mention","attrs":{"id":"712020:b","text":"Bob"}},)" + text(" ") +
                           R"(,{"type":"mention","attrs":{"id":"712020:c"}})")) == "@Ann Lee @Bob @712020:c");
    CHECK(textOf(paragraph(R"({"type":"emoji","attrs":{"shortName":":smile:"}},)" + text(" ") +
                           R"(,{"type":"date","attrs":{"timestamp":"1582152559000"}},)" + text(" ") +
                           R"(,{"type":"status","attrs":{"text":"OPEN","color":"red"}},)" + text(" ") +
                           R"(,{"type":"inlineCard","attrs":{"url":"https://card.example"}})")) ==
          ":smile: 2020-02-19 OPEN https://card.example");
}

TEST_CASE("lists and tables of a document keep their shape", "[jira][adf]") {
    const auto item = [](const std::string& content) {
        return R"({"type":"listItem","content":[)" + content + "]}";
    };
    const std::string inner = R"({"type":"bulletList","content":[)" + item(paragraph(text("inner"))) + "]}";
    CHECK(textOf(R"({"type":"orderedList","attrs":{"order":3},"content":[)" +
                 item(paragraph(text("a")) + "," + inner) + "," + item(paragraph(text("b"))) + "]}") ==
          "3. a\n  - inner\n4. b");
    CHECK(textOf(R"({"type":"table","content":[{"type":"tableRow","content":[
        {"type":"tableHeader","content":[)" +
                 paragraph(text("k")) + R"(]},{"type":"tableCell","content":[)" + paragraph(text("v")) + "," +
                 paragraph(text("w")) + "]}]}]}") == "k | v w");
}

TEST_CASE("a hostile document is only text, and not too much of it", "[jira][adf]") {
    CHECK(textOfAdf(json::parse("null")).empty());
    CHECK(textOfAdf(Poco::Dynamic::Var()).empty());
    CHECK(textOfAdf(std::string("plain")) == "plain");
    CHECK(
        textOf(R"(null,7,"x",{"type":7},{"content":"no list"},{"type":"text"},{"type":"mention","attrs":[]})")
            .empty());
    CHECK(textOf(R"({"type":"unheardOf","content":[)" + paragraph(text("kept")) + "]}") == "kept");
    CHECK(textOf(paragraph(text("a\\u0000b\\u202ec\\u001b[31m"))) == "abc[31m");
    CHECK(textOf(paragraph(R"({"type":"date","attrs":{"timestamp":"99999999999999999"}})")).empty());

    std::string deep;
    for (int i = 0; i < 90; ++i) {
        deep += R"({"type":"blockquote","content":[)";
    }
    deep += paragraph(text("deep"));
    for (int i = 0; i < 90; ++i) {
        deep += "]}";
    }
    CHECK(textOf(deep).find("deep") == std::string::npos);

    std::string many;
    for (int i = 0; i < 20'000; ++i) {
        many += (i == 0 ? "" : ",") + paragraph(text("0123456789"));
    }
    const std::string cut = textOf(many);
    CHECK(cut.size() <= plainTextLimit);
    CHECK(cut.find("too long") != std::string::npos);
}
