#include "jira/comments.hpp"

#include "jira/errors.hpp"
#include "sample.hpp"
#include "two_dialects.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;
using jira_plugin::mapping::Document;

namespace {

Document said(const std::string& text) {
    Document document;
    document.blocks.emplace_back();
    document.blocks.back().spans.push_back({text, {}, {}});
    return document;
}

const char* const cloudComment =
    R"({"id":"20001","author":{"accountId":"712020:a","displayName":"Ann"},
        "body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Fixed."}]}]},
        "created":"2024-01-17T12:34:00.000+0100","updated":"2024-01-17T11:35:00.000+0000","jsdPublic":true,
        "properties":[{"key":"com.mayoaspm.write","value":{"id":"w-1"}}]})";

std::string cloudPage(int startAt, int total, const std::string& comments) {
    return R"({"startAt":)" + std::to_string(startAt) + R"(,"maxResults":100,"total":)" +
           std::to_string(total) + R"(,"comments":[)" + comments + "]}";
}

} // namespace

TEST_CASE_METHOD(ScriptedCloud, "a comment for Cloud is a document with our marker", "[jira][comments]") {
    wire->then(201, cloudComment);
    const Comment added = client.comments().addComment("10001", said("[~bob] {code}"), "w-1");
    CHECK(asked() == "POST /issue/10001/comment?expand=properties");
    CHECK(body() ==
          R"({"body":{"content":[{"content":[{"text":"[~bob] {code}","type":"text"}],"type":"paragraph"}],)"
          R"("type":"doc","version":1},)"
          R"("properties":[{"key":"com.mayoaspm.write","value":{"id":"w-1"}}]})");
    CHECK(added.id == "20001");
    CHECK(added.issueId == "10001");
    CHECK(added.text == "Fixed.");
    CHECK(added.marker == "w-1");
    CHECK(added.createdMs == 1'705'491'240'000);
    CHECK(added.updatedMs == 1'705'491'300'000);
}

TEST_CASE_METHOD(ScriptedServer10, "a comment for Data Center is escaped wiki markup with our marker",
                 "[jira][comments][server]") {
    wire->then(201, R"({"id":"7","author":{"name":"ann","displayName":"Ann"},"body":"x",
                        "created":"2024-01-17T11:34:00.000+0000","updated":"2024-01-17T11:34:00.000+0000"})");
    const Comment added = client.comments().addComment("10001", said("[~bob]"), "w-2");
    CHECK(asked() == "POST /issue/10001/comment?expand=properties");
    CHECK_THAT(body(), !Contains(R"("[~bob])"));
    CHECK_THAT(body(), Contains(R"("properties":[{"key":"com.mayoaspm.write","value":{"id":"w-2"}}])"));
    CHECK(added.authorId == "ann");
    CHECK(added.marker == "w-2"); // although the answer left it out
}

TEST_CASE_METHOD(ScriptedCloud, "a recorded comment is read", "[jira][comments]") {
    wire->then([](const HttpRequest&) { return sampleAnswer("rest/cloud-comment-201.json"); });
    const Comment added = client.comments().addComment("21283", said("x"), "w");
    CHECK(added.id == "12089");
    CHECK(added.text == "((admin)): testing note. creating it and pushing it to JIRA");
    CHECK(added.createdMs > 1'700'000'000'000);
    CHECK(added.restrictedTo.empty());
}

TEST_CASE_METHOD(ScriptedCloud, "comments are listed to the last page", "[jira][comments]") {
    wire->then(200, cloudPage(0, 4, std::string(cloudComment) + R"(,{"id":"20002","body":null},null)"));
    wire->then(200, cloudPage(3, 4, R"({"id":"20003","author":null,"created":7,"updated":"soon"})"));
    const auto all = client.comments().comments("10001");
    REQUIRE(all.size() == 3);
    CHECK(all[0].marker == "w-1");
    CHECK(all[1].text.empty());
    CHECK(all[2].id == "20003");
    CHECK(all[2].updatedMs == 0);
    CHECK(asked(0) == "GET /issue/10001/comment?startAt=0&maxResults=100&orderBy=created&expand=properties");
    CHECK(asked(1) == "GET /issue/10001/comment?startAt=3&maxResults=100&orderBy=created&expand=properties");
    CHECK(requestCount() == 2);
}

TEST_CASE_METHOD(ScriptedCloud, "comments that are not for everybody are told apart", "[jira][comments]") {
    wire->then(200, cloudPage(0, 6,
                              R"({"id":"1","visibility":{"type":"role","value":"Administrators"}},
                            {"id":"2","visibility":{"type":"group","identifier":"276f955c"}},
                            {"id":"3","jsdPublic":false},
                            {"id":"4","properties":[{"key":"sd.public.comment","value":{"internal":true}}]},
                            {"id":"5","properties":[{"key":"sd.public.comment","value":{"internal":false}}]},
                            {"id":"6","visibility":{}})"));
    const auto all = client.comments().comments("10001");
    REQUIRE(all.size() == 6);
    CHECK(all[0].restrictedTo == "Administrators");
    CHECK(all[1].restrictedTo == "276f955c");
    CHECK(all[2].restrictedTo == "internal");
    CHECK(all[3].restrictedTo == "internal");
    CHECK(all[4].restrictedTo.empty());
    CHECK(all[5].restrictedTo == "restricted"); // rather hidden than shown to the wrong people
}

TEST_CASE_METHOD(ScriptedCloud, "a comment that is gone is no failure", "[jira][comments]") {
    wire->then(404, R"({"errorMessages":["Can not find a comment for the id: 9."],"errors":{}})");
    CHECK_FALSE(client.comments().comment("10001", "9").has_value());
    CHECK(asked() == "GET /issue/10001/comment/9?expand=properties");
    wire->then(200, cloudComment);
    CHECK(client.comments().comment("10001", "20001")->text == "Fixed.");
    wire->then(200, "[]");
    CHECK_THROWS_AS(client.comments().comment("10001", "20001"), RetryLater);
}

TEST_CASE_METHOD(ScriptedServer10, "a 404 that is not Jira's word about a comment is no deletion",
                 "[jira][comments][server]") {
    wire->then(404, R"({"errorMessages":["Can not find a comment for the id: 9."],"errors":{}})");
    CHECK_FALSE(client.comments().comment("10001", "9").has_value());
    wire->then(404, R"({"message":"null for uri: https://jira/rest/x","status-code":404})");
    CHECK_THROWS_AS(client.comments().comment("10001", "9"), Refusal);
}

TEST_CASE_METHOD(ScriptedCloud, "a lost answer to a comment is looked up, a refusal tells what to do",
                 "[jira][comments]") {
    wire->thenFail(TransportError::Kind::Cut, true);
    CHECK_THROWS_AS(client.comments().addComment("1", said("x"), "w"), UnknownOutcome);
    wire->then(502, "");
    CHECK_THROWS_AS(client.comments().addComment("1", said("x"), "w"), UnknownOutcome);
    wire->then(201, "{}");
    CHECK_THROWS_AS(client.comments().addComment("1", said("x"), "w"), UnknownOutcome);
    wire->then(413, R"({"errorMessages":["The comment limit was reached."],"errors":{}})");
    try {
        client.comments().addComment("1", said("x"), "w");
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.status() == 413);
        CHECK_THAT(refusal.what(), Contains("The comment limit was reached"));
        CHECK_THAT(refusal.remedy(), Contains("as many comments as Jira takes"));
    }
    wire->then(400, R"({"errorMessages":[],"errors":{"comment":"Comment body is not valid!"}})");
    try {
        client.comments().addComment("1", said("x"), "w");
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.fields().count("comment") == 1);
        CHECK_THAT(refusal.remedy(), Contains("Add Comments permission"));
    }
}

TEST_CASE_METHOD(ScriptedCloud, "Cloud is asked once for the markers of the comments that may be ours",
                 "[jira][comments]") {
    const std::string three = R"({"id":"1","created":"2024-01-16T00:00:00.000+0000"},)"
                              R"({"id":"2","created":"2024-01-17T11:34:00.000+0000"},)"
                              R"({"id":"3","created":"2024-01-17T11:35:00.000+0000"})";
    constexpr std::int64_t since = 1'705'491'000'000;
    wire->then(200, cloudPage(0, 3, three));
    wire->then(200, R"({"values":[{"id":"3","properties":[]},{"id":"2","properties":)"
                    R"([{"key":"com.mayoaspm.write","value":{"id":"w-1"}}]}]})");
    const auto found = client.comments().marked("10001", "w-1", since);
    REQUIRE(found);
    CHECK(found->id == "2");
    CHECK(found->marker == "w-1");
    CHECK(asked(1) == "POST /comment/list?expand=properties");
    CHECK(body(1) == R"({"ids":[3,2]})");

    SECTION("not at all where the list tells it, or nothing is new enough") {
        wire->then(200, cloudPage(0, 1, cloudComment));
        CHECK(client.comments().marked("10001", "w-1", since)->id == "20001");
        wire->then(200, cloudPage(0, 3, three));
        CHECK_FALSE(client.comments().marked("10001", "w-1", since + 86'400'000));
        CHECK(requestCount() == 4);
    }
    SECTION("an answer without comments is no proof that there is none") {
        wire->then(200, cloudPage(0, 3, three));
        wire->then(200, "{}");
        CHECK_THROWS_AS(client.comments().marked("10001", "w-1", since), RetryLater);
    }
}

TEST_CASE_METHOD(ScriptedServer10, "Data Center is asked for the marker of one comment after the other",
                 "[jira][comments][server]") {
    wire->then(200, cloudPage(0, 3, R"({"id":"1"},{"id":"2"},{"id":"3"})"));
    wire->then(404, R"({"errorMessages":["There is no such property."],"errors":{}})");
    wire->then(200, R"({"key":"com.mayoaspm.write","value":{"id":"w-1"}})");
    CHECK(client.comments().marked("10001", "w-1", 0)->id == "2");
    CHECK(asked(1) == "GET /comment/3/properties/com.mayoaspm.write");
    CHECK(asked(2) == "GET /comment/2/properties/com.mayoaspm.write");
    CHECK(requestCount() == 3);

    SECTION("a 404 that is not Jira's word is no proof that there is none") {
        wire->then(200, cloudPage(0, 1, R"({"id":"1"})"));
        wire->then(404, R"({"message":"null for uri: https://jira/rest/x","status-code":404})");
        CHECK_THROWS_AS(client.comments().marked("10001", "w-1", 0), Refusal);
    }
}
