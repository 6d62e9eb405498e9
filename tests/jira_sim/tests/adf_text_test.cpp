#include <catch2/catch.hpp>

#include "world/adf_text.hpp"

using namespace jira_sim;

TEST_CASE("a document's text has one line per block", "[adf]") {
    CHECK(adfText(json::parse(R"({"type":"doc","version":1,"content":[
        {"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Title"}]},
        {"type":"paragraph","content":[{"type":"text","text":"one"},{"type":"hardBreak"},{"type":"text","text":"two"}]},
        {"type":"paragraph","content":[{"type":"status","attrs":{"text":"OPEN","color":"red"}}]}]})")) ==
          "Title\none\ntwo\nOPEN");
}

TEST_CASE("rendered documents show markup literally and link to safe addresses only", "[adf]") {
    const std::string html = adfHtml(json::parse(R"ADF({"type":"doc","version":1,"content":[
        {"type":"paragraph","content":[
          {"type":"text","text":"<script>alert(1)</script>"},
          {"type":"text","text":"bad","marks":[{"type":"link","attrs":{"href":"javascript:alert(1)"}}]},
          {"type":"text","text":"good","marks":[{"type":"link","attrs":{"href":"https://x/?a=\"b"}}]}]},
        {"type":"codeBlock","content":[{"type":"text","text":"a < b"}]},
        {"type":"heading","attrs":{"level":"1><script>"},"content":[]}]})ADF"));
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("javascript:") == std::string::npos);
    CHECK(html.find("href=\"https://x/?a=&quot;b\"") != std::string::npos);
    CHECK(html.find("<pre><code>a &lt; b</code></pre>") != std::string::npos);
}
