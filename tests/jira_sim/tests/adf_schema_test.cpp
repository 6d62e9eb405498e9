#include <catch2/catch.hpp>

#include <valijson/adapters/poco_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <fstream>
#include <sstream>

#include "http/json.hpp"
#include "world/adf_schema.hpp"
#include "world/random.hpp"

using namespace jira_sim;

namespace {

std::string fileText(const char* path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// A general validator on the same schema file, as second opinion.
bool valijsonAccepts(const json::Value& document) {
    static const auto schema = [] {
        auto parsed = std::make_unique<valijson::Schema>();
        const json::Value text = json::parse(fileText(ADF_SCHEMA_FILE));
        valijson::adapters::PocoJsonAdapter adapter(text);
        valijson::SchemaParser(valijson::SchemaParser::kDraft4).populateSchema(adapter, *parsed);
        return parsed;
    }();
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    return validator.validate(*schema, valijson::adapters::PocoJsonAdapter(document), nullptr);
}

std::string doc(const std::string& content) {
    return R"({"type":"doc","version":1,"content":[)" + content + "]}";
}
std::string text(const std::string& marks = {}) {
    return R"({"type":"text","text":"x")" + (marks.empty() ? "" : ",\"marks\":[" + marks + "]") + "}";
}
std::string node(const std::string& type, const std::string& content, const std::string& attrs = {}) {
    return R"({"type":")" + type + "\"" + (attrs.empty() ? "" : ",\"attrs\":{" + attrs + "}") +
           ",\"content\":[" + content + "]}";
}
std::string paragraph(const std::string& inlines = text()) {
    return node("paragraph", inlines);
}
std::string list(const std::string& items) {
    return node("bulletList", node("listItem", items));
}

const std::vector<std::string>& goodDocuments() {
    static const std::vector<std::string> documents = {
        doc(""),
        doc(paragraph()),
        doc(R"({"type":"paragraph"})"),
        doc(paragraph(text(R"({"type":"strong"},{"type":"em"})"))),
        doc(paragraph(text(R"({"type":"code"},{"type":"link","attrs":{"href":"https://x"}})"))),
        doc(paragraph(text(R"({"type":"textColor","attrs":{"color":"#ff0000"}})"))),
        doc(paragraph(text() + R"(,{"type":"hardBreak"},)" + text())),
        doc(paragraph(R"({"type":"status","attrs":{"text":"OPEN","color":"red"}})")),
        doc(paragraph(R"({"type":"inlineCard","attrs":{"url":"https://x"}})")),
        doc(paragraph(R"({"type":"mention","attrs":{"id":"712020:x"}})")),
        doc(paragraph(R"({"type":"date","attrs":{"timestamp":"1767225600000"}})")),
        doc(node("heading", text(), "\"level\":3")),
        doc(list(paragraph())),
        doc(list(paragraph() + "," + list(paragraph()))),
        doc(node("orderedList", node("listItem", paragraph()), "\"order\":2")),
        doc(node("codeBlock", text(), "\"language\":\"c\"")),
        doc(R"({"type":"codeBlock"})"),
        doc(node("blockquote", paragraph())),
        doc(node("panel", paragraph() + "," + node("heading", text(), "\"level\":1"),
                 "\"panelType\":\"warning\"")),
        doc(node("expand", paragraph(), "\"title\":\"More\"")),
        doc(R"({"type":"rule"})"),
        doc(node("table",
                 node("tableRow", node("tableHeader", paragraph()) + "," + node("tableCell", paragraph())))),
        doc(node("taskList", node("taskItem", text(), "\"localId\":\"1\",\"state\":\"TODO\""),
                 "\"localId\":\"l\"")),
        doc(R"({"type":"mediaSingle","attrs":{"layout":"center"},"content":[{"type":"media","attrs":{"type":"external","url":"https://x"}}]})"),
    };
    return documents;
}

const std::vector<std::string>& badDocuments() {
    static const std::vector<std::string> documents = {
        "{}",
        "[]",
        "\"text\"",
        R"({"type":"doc","version":1})",
        R"({"type":"doc","version":2,"content":[]})",
        R"({"type":"doc","version":"1","content":[]})",
        R"({"type":"doc","content":[]})",
        R"({"type":"doc","version":1,"content":[],"extra":true})",
        R"({"type":"doc","version":1,"content":{}})",
        doc(text()),
        doc(R"({"type":"nonsense"})"),
        doc(paragraph(R"({"type":"text","text":""})")),
        doc(paragraph(R"({"type":"text"})")),
        doc(paragraph(text(R"({"type":"code"},{"type":"strong"})"))),
        doc(paragraph(text(R"({"type":"link","attrs":{}})"))),
        doc(paragraph(text(R"({"type":"link"})"))),
        doc(paragraph(text(R"({"type":"bold"})"))),
        doc(paragraph(text(R"({"type":"textColor","attrs":{"color":"red"}})"))),
        doc(paragraph(paragraph())),
        doc(paragraph(R"({"type":"status","attrs":{"text":"","color":"red"}})")),
        doc(paragraph(R"({"type":"status","attrs":{"text":"OPEN","color":"pink"}})")),
        doc(node("heading", text())),
        doc(node("heading", text(), "\"level\":7")),
        doc(node("heading", text(), "\"level\":\"1\"")),
        doc(R"({"type":"bulletList","content":[]})"),
        doc(node("bulletList", paragraph())),
        doc(list(node("heading", text(), "\"level\":1"))),
        doc(list(node("panel", paragraph(), "\"panelType\":\"info\""))),
        doc(node("codeBlock", text(R"({"type":"strong"})"))),
        doc(node("codeBlock", R"({"type":"hardBreak"})")),
        doc(node("blockquote", node("heading", text(), "\"level\":1"))),
        doc(node("panel", paragraph(), "\"panelType\":\"danger\"")),
        doc(node("panel", node("panel", paragraph(), "\"panelType\":\"info\""), "\"panelType\":\"info\"")),
        doc(node("paragraph", text(), "\"unknown\":1")),
        doc(node("table", node("tableRow", node("tableCell", text())))),
        doc(node("taskList", node("taskItem", text(), "\"state\":\"TODO\""), "\"localId\":\"l\"")),
        doc(R"({"type":"rule","content":[]})"),
    };
    return documents;
}

std::size_t countNodes(const json::Value& value) {
    std::size_t count = 0;
    if (json::ArrayPtr array = json::asArray(value))
        for (const json::Value& item : *array)
            count += countNodes(item);
    if (json::ObjectPtr object = json::asObject(value)) {
        count = 1;
        for (const auto& entry : *object)
            count += countNodes(entry.second);
    }
    return count;
}

/// Changes one thing somewhere in a JSON value: drops, renames, retypes or doubles a member or an element.
json::Value mutated(const json::Value& value, Random& random, std::size_t& countdown) {
    const bool here = countdown-- == 0;
    if (json::ObjectPtr object = json::asObject(value)) {
        json::ObjectPtr copy = json::object();
        std::size_t victim = here && object->size() > 0 ? random.next() % object->size() : SIZE_MAX;
        const std::uint64_t how = random.next() % 4;
        std::size_t index = 0;
        for (const auto& [name, item] : *object) {
            if (index++ != victim)
                copy->set(name, mutated(item, random, countdown));
            else if (how == 1)
                copy->set(name + "x", item);
            else if (how == 2)
                copy->set(name, json::isString(item) ? json::Value(7) : json::Value("doc"));
            else if (how == 3)
                copy->set(name, json::array({item}));
        }
        return copy;
    }
    if (json::ArrayPtr array = json::asArray(value)) {
        json::ArrayPtr copy = json::array();
        for (const json::Value& item : *array)
            copy->add(mutated(item, random, countdown));
        if (here && array->size() > 0)
            copy->add(array->get(0));
        else if (here)
            copy->add(json::object({{"type", "paragraph"}}));
        return copy;
    }
    return value;
}

} // namespace

TEST_CASE("documents as Jira takes them are accepted", "[adf]") {
    for (const std::string& document : goodDocuments()) {
        INFO(document);
        CHECK(AdfSchema::instance().accepts(json::parse(document)));
    }
}

TEST_CASE("documents that break a rule are refused", "[adf]") {
    for (const std::string& document : badDocuments()) {
        INFO(document);
        CHECK_FALSE(AdfSchema::instance().accepts(json::parse(document)));
    }
}

TEST_CASE("our compiled schema and a general validator agree, mutated documents included", "[adf]") {
    for (const auto* corpus : {&goodDocuments(), &badDocuments()})
        for (const std::string& document : *corpus) {
            INFO(document);
            const json::Value value = json::parse(document);
            CHECK(AdfSchema::instance().accepts(value) == valijsonAccepts(value));
        }
    Random random(20261124);
    int refused = 0;
    for (int i = 0; i < 1500; ++i) {
        const std::string& base = goodDocuments()[random.next() % goodDocuments().size()];
        const json::Value original = json::parse(base);
        std::size_t countdown = random.next() % (3 * countNodes(original));
        const json::Value changed = mutated(original, random, countdown);
        INFO("round " << i << ": " << json::text(changed));
        const bool verdict = AdfSchema::instance().accepts(changed);
        REQUIRE(verdict == valijsonAccepts(changed));
        refused += verdict ? 0 : 1;
    }
    CHECK(refused > 300);
}

TEST_CASE("a schema with a keyword we do not know is refused, not ignored", "[adf]") {
    CHECK_THROWS_WITH(AdfSchema(R"({"$ref":"#/definitions/d","definitions":{"d":{"oneOf":[]}}})"),
                      Catch::Contains("unsupported keyword oneOf"));
    CHECK_THROWS(AdfSchema(R"({"$ref":"#/definitions/missing","definitions":{}})"));
}

TEST_CASE("deep nesting is answered, not a crash", "[adf]") {
    std::string inner = paragraph();
    for (int i = 0; i < 40; ++i)
        inner = list(paragraph() + "," + inner);
    CHECK(AdfSchema::instance().accepts(json::parse(doc(inner))));
}
