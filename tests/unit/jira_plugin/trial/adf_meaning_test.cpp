#include <catch2/catch.hpp>

#include "trial/adf_meaning.hpp"

#include "jira/json.hpp"

using namespace jira_plugin;

namespace {

/// A document with these blocks.
Poco::JSON::Object::Ptr doc(const std::string& blocks) {
    const auto parsed = jira::json::parseObject(R"({"type":"doc","version":1,"content":[)" + blocks + "]}");
    REQUIRE(parsed);
    return parsed;
}

bool same(const std::string& one, const std::string& other) {
    return trial::sameDocument(doc(one), doc(other));
}

} // namespace

TEST_CASE("what Jira adds to a document does not change what it says", "[trial]") {
    CHECK(same(R"({"type":"paragraph","content":[{"type":"text","text":"a"}]})",
               R"({"type":"paragraph","attrs":{"localId":"1"},"content":[{"text":"a","type":"text"}]})"));
    CHECK(same(R"({"type":"paragraph","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})",
               R"({"type":"paragraph","content":[{"type":"text","text":"ab"}]})"));
    CHECK(same(R"({"type":"paragraph"})", R"({"type":"paragraph","content":[]})"));
    CHECK(same(R"({"type":"orderedList","content":[]})", R"({"type":"orderedList","attrs":{"order":1}})"));
    CHECK(
        same(R"({"type":"table","content":[]})",
             R"({"type":"table","attrs":{"layout":"default","isNumberColumnEnabled":false,"localId":"x"}})"));
    CHECK(same(R"({"type":"rule"})", R"({"type":"rule"},{"type":"paragraph","content":[]})"));
    CHECK(same(
        R"({"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"strong"},{"type":"em"}]}]})",
        R"({"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"em"},{"type":"strong"}]}]})"));
}

TEST_CASE("other words, another style, another link and another place are differences", "[trial]") {
    const std::string a = R"({"type":"paragraph","content":[{"type":"text","text":"a"}]})";
    CHECK_FALSE(same(a, R"({"type":"paragraph","content":[{"type":"text","text":"b"}]})"));
    CHECK_FALSE(
        same(a, R"({"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"code"}]}]})"));
    CHECK_FALSE(same(a, R"({"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"a"}]})"));
    CHECK_FALSE(same(a, a + "," + a));
    CHECK_FALSE(
        same(R"({"type":"heading","attrs":{"level":3}})", R"({"type":"heading","attrs":{"level":2}})"));
    CHECK_FALSE(same(
        R"({"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"link","attrs":{"href":"https://a"}}]}]})",
        R"({"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"link","attrs":{"href":"https://b"}}]}]})"));
    // Text that looks like the end of one run and the start of another is still one run.
    CHECK_FALSE(same(R"({"type":"paragraph","content":[{"type":"text","text":"a"},{"type":"hardBreak"}]})",
                     R"x({"type":"paragraph","content":[{"type":"text","text":"a,hardBreak()"
}]
})x"));
}

TEST_CASE("a document reads as lines", "[trial]") {
    CHECK(trial::documentText(
              doc(R"({"type":"paragraph","content":[{"type":"text","text":"a"},{"type":"hardBreak"},)"
                  R"({"type":"text","text":"b"}]},{"type":"rule"},)"
                  R"({"type":"codeBlock","content":[{"type":"text","text":"c;\n"}]})")) == "a\nb\nc;");
}
