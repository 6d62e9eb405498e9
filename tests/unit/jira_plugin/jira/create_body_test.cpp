#include "jira/create_body.hpp"

#include "jira/errors.hpp"
#include "jira/jql.hpp"
#include "jira/json.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using jira_plugin::mapping::Block;
using jira_plugin::mapping::Document;
using jira_plugin::mapping::TicketDraft;

namespace {

TicketDraft smallDraft() {
    TicketDraft draft;
    draft.projectId = "10000";
    draft.projectKey = "PAY";
    draft.issueTypeId = "10004";
    draft.summary = "SQL injection in \"login\"";
    return draft;
}

Document list() {
    Document document;
    document.blocks.resize(2);
    document.blocks[0].kind = Block::Kind::BulletList;
    document.blocks[0].items = {{{"first", {}, {}}}, {{"see", {}, "https://example.com/x"}}};
    document.blocks[1].kind = Block::Kind::CodeBlock;
    document.blocks[1].text = "int x;";
    return document;
}

Poco::JSON::Object::Ptr fieldsOf(const std::string& body) {
    return json::object(json::parseObject(body), "fields");
}

} // namespace

TEST_CASE("a draft is sent with ids as strings and nothing that it does not have", "[jira]") {
    CHECK(
        createBody(smallDraft()) ==
        R"({"fields":{"issuetype":{"id":"10004"},"project":{"id":"10000"},"summary":"SQL injection in \"login\""}})");
}

TEST_CASE("a full draft is sent in Jira's shapes", "[jira]") {
    TicketDraft draft = smallDraft();
    draft.priorityId = "2";
    draft.labels = {"mayo-aspm", "aspm-1"};
    draft.assigneeId = "712020:abc";
    draft.dueDate = "2026-12-31";
    draft.description = list();
    draft.extraFields = {
        {"customfield_1", R"({"id":"7"})"}, {"customfield_2", "3.5"}, {"customfield_3", R"("why")"}};
    draft.richTextFields = {"customfield_3"};
    const auto fields = fieldsOf(createBody(draft));
    CHECK(json::text(json::object(fields, "priority"), "id") == "2");
    CHECK(json::text(json::object(fields, "assignee"), "accountId") == "712020:abc");
    CHECK(json::array(fields, "labels")->size() == 2);
    CHECK(json::text(fields, "duedate") == "2026-12-31");
    CHECK(json::text(json::object(fields, "description"), "type") == "doc");
    CHECK(json::text(json::object(fields, "customfield_1"), "id") == "7");
    CHECK(fields->get("customfield_2").isNumeric());
    CHECK(json::text(json::object(fields, "customfield_3"), "type") == "doc");
}

TEST_CASE("a field that we fill ourselves cannot be replaced by an extra one", "[jira]") {
    TicketDraft draft = smallDraft();
    draft.extraFields = {{"summary", R"("other")"}, {"project", R"({"id":"666"})"}};
    const auto fields = fieldsOf(createBody(draft));
    CHECK(json::text(fields, "summary") == draft.summary);
    CHECK(json::text(json::object(fields, "project"), "id") == "10000");
}

TEST_CASE("an extra value that is not JSON is refused with the field's name", "[jira]") {
    TicketDraft draft = smallDraft();
    for (const char* value : {"{", "1,2", "", "1],[2"}) {
        CAPTURE(value);
        draft.extraFields = {{"customfield_9", value}};
        CHECK_THROWS_AS(createBody(draft), Refusal);
        CHECK_THROWS_WITH(createBody(draft), Catch::Contains("customfield_9"));
    }
}

TEST_CASE("the plain rendering keeps the words and drops the structure", "[jira]") {
    TicketDraft draft = smallDraft();
    draft.description = list();
    const std::string body = createBody(draft, BodyStyle::Plain);
    CHECK_THAT(body, Catch::Contains("first") && Catch::Contains("see (https:") && Catch::Contains("int x;"));
    CHECK_THAT(body,
               !Catch::Contains("bulletList") && !Catch::Contains("codeBlock") && !Catch::Contains("marks"));
}

TEST_CASE("a bulk body holds the drafts in order", "[jira]") {
    TicketDraft second = smallDraft();
    second.summary = "second";
    const auto updates =
        json::array(json::parseObject(bulkCreateBody({smallDraft(), second})), "issueUpdates");
    REQUIRE(updates->size() == 2);
    CHECK(json::text(json::object(json::objectAt(updates, 1), "fields"), "summary") == "second");
}

TEST_CASE("no label can leave its quotes in a query", "[jira]") {
    CHECK(jqlForLabels({"aspm-1", "a\"b\\c"}) == R"(labels in ("aspm-1", "a\"b\\c"))");
    CHECK(jqlString("\\\" OR project = X") == R"("\\\" OR project = X")");
    CHECK(jqlString("a\nb") == "\"a b\"");
}
