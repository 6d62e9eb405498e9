#include "jira/issue_state.hpp"

#include "jira/errors.hpp"
#include "two_dialects.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;

namespace {

std::string issue(const std::string& id, const std::string& category = "done") {
    return R"({"id":")" + id + R"(","key":"PAY-)" + id + R"(","fields":{"summary":"s",
        "project":{"id":"10000","key":"PAY"},"issuetype":{"id":"10004"},
        "status":{"id":"5","name":"Resolved","statusCategory":{"id":3,"key":")" +
           category + R"("}},"resolution":{"id":"1","name":"Fixed"},"priority":{"id":"2","name":"High"},
        "assignee":{"accountId":"712020:a","displayName":"Ann"},"duedate":"2026-12-31","labels":["x","a"],
        "updated":"2024-01-17T12:34:00.000+0000"}})";
}

std::string many(int from, int to) {
    std::string all;
    for (int id = from; id <= to; ++id) {
        all += (all.empty() ? "" : ",") + issue(std::to_string(id));
    }
    return all;
}

std::vector<std::string> ids(int from, int to) {
    std::vector<std::string> all;
    for (int id = from; id <= to; ++id) {
        all.push_back(std::to_string(id));
    }
    return all;
}

const char* const fieldList =
    R"(["summary","project","issuetype","status","resolution","priority","assignee","duedate","labels","updated"])";
const char* const fieldQuery =
    "summary%2Cproject%2Cissuetype%2Cstatus%2Cresolution%2Cpriority%2Cassignee%2Cduedate%2Clabels%2Cupdated";
const char* const noSuchIssue = R"({"errorMessages":["Issue Does Not Exist"],"errors":{}})";

} // namespace

TEST_CASE_METHOD(ScriptedCloud, "many issues of Cloud are read with one request", "[jira][states]") {
    wire->then(200, R"({"issues":[)" + issue("1") + "," + issue("2", "new") + R"(],"issueErrors":[]})");
    const auto found = client.issueStates().fetch({"1", "2", "3"});
    CHECK(asked() == "POST /issue/bulkfetch");
    CHECK(body() == R"({"issueIdsOrKeys":["1","2","3"],"fields":)" + std::string(fieldList) + "}");
    REQUIRE(found.issues.size() == 2);
    const IssueState& first = found.issues[0];
    CHECK(first.key == "PAY-1");
    CHECK(first.isDone());
    CHECK(first.projectKey == "PAY");
    CHECK(first.resolution.name == "Fixed");
    CHECK(first.priority.id == "2");
    CHECK(first.assignee.id == "712020:a");
    CHECK(first.labels == std::vector<std::string>{"a", "x"});
    CHECK(first.updatedMs == 1'705'494'840'000);
    CHECK_FALSE(found.issues[1].isDone());
    CHECK(found.missing == std::vector<std::string>{"3"});
    CHECK(client.issueStates().fetch({}).issues.empty());
    CHECK(requestCount() == 1);
    CHECK_THROWS_AS(client.issueStates().fetch(ids(1, 101)), std::invalid_argument);
}

TEST_CASE_METHOD(ScriptedCloud, "what Jira could not answer is asked for singly and not taken for deleted",
                 "[jira][states]") {
    wire->then(200, R"({"issues":[],"issueErrors":[{"id":"1","errorMessage":"try later"},
                                                   {"id":"2","errorMessage":"gone"}]})");
    wire->then(200, issue("1"));
    wire->then(404, noSuchIssue);
    const auto found = client.issueStates().fetch({"1", "2"});
    CHECK(asked(1) == std::string("GET /issue/1?fields=") + fieldQuery);
    REQUIRE(found.issues.size() == 1);
    CHECK(found.missing == std::vector<std::string>{"2"});
}

TEST_CASE_METHOD(ScriptedCloud, "an issue without a status is neither there nor missing", "[jira][states]") {
    wire->then(200, R"({"issues":[{"id":"1","fields":{"status":null}},{"id":"2"},null,
        {"id":"3","key":"PAY-3","fields":{"status":{"statusCategory":{"key":"new"}},"labels":null,"assignee":null,
         "updated":null}}]})");
    const auto found = client.issueStates().fetch({"1", "2", "3"});
    REQUIRE(found.issues.size() == 1);
    CHECK(found.issues[0].id == "3");
    CHECK(found.issues[0].assignee.id.empty());
    CHECK(found.issues[0].updatedMs == 0);
    CHECK(found.missing.empty());
    wire->then(200, R"({"hello":1})");
    CHECK_THROWS_AS(client.issueStates().fetch({"1"}), RetryLater);
}

TEST_CASE_METHOD(ScriptedCloud, "changes are searched for in portions", "[jira][states]") {
    wire->then(200, R"({"issues":[)" + issue("1") + R"(],"nextPageToken":"t=1","isLast":false})");
    const auto first = client.issueStates().changedSince({"10000", "10001"}, 1'767'225'600'000, {});
    CHECK(asked() == "POST /search/jql");
    CHECK(json::text(json::parseObject(body()), "jql") ==
          "project in (10000, 10001) AND updated >= 1767225600000 ORDER BY updated DESC, key DESC");
    CHECK(first.issues.size() == 1);
    REQUIRE_FALSE(first.next.empty());
    wire->then(200, R"({"issues":[)" + issue("2") + R"(],"isLast":true,"nextPageToken":"ignored"})");
    const auto second = client.issueStates().changedSince({"10000", "10001"}, 1'767'225'600'000, first.next);
    CHECK(json::text(json::parseObject(body(1)), "nextPageToken") == "t=1");
    CHECK(second.next.empty());
    CHECK(client.issueStates().changedSince({}, 1, {}).issues.empty());
    CHECK(requestCount() == 2);
}

TEST_CASE_METHOD(ScriptedCloud, "a project that is gone does not end the search in the others",
                 "[jira][states]") {
    wire->then(400,
               R"({"errorMessages":["A value with ID '10001' does not exist for the field 'project'."]})");
    wire->then(200, R"({"id":"10000","key":"PAY"})");
    wire->then(404, R"({"errorMessages":["No project could be found"]})");
    wire->then(200, R"({"issues":[)" + issue("1") + R"(],"nextPageToken":"t"})");
    const auto first = client.issueStates().changedSince({"10000", "10001"}, 0, {});
    CHECK_THAT(body(3), Contains("project in (10000) AND"));
    wire->then(200, R"({"issues":[]})");
    client.issueStates().changedSince({"10000", "10001"}, 0, first.next);
    CHECK_THAT(body(4), Contains("project in (10000) AND") && Contains(R"("nextPageToken":"t")"));
}

TEST_CASE_METHOD(ScriptedCloud, "a search that is refused for another reason stays refused",
                 "[jira][states]") {
    wire->then(400, R"({"errorMessages":["no"]})");
    wire->then(200, R"({"id":"10000","key":"PAY"})");
    CHECK_THROWS_AS(client.issueStates().changedSince({"10000"}, 0, {}), Refusal);
}

TEST_CASE_METHOD(ScriptedCloud, "a label cannot end the query it stands in", "[jira][states]") {
    wire->then(200, R"({"issues":[],"isLast":true})");
    client.issueStates().withLabel("a\\\") OR project in (\"X", {});
    CHECK(json::text(json::parseObject(body()), "jql") ==
          R"(labels in ("a\\\") OR project in (\"X") ORDER BY key)");
    wire->then(200, R"({"issues":[],"isLast":true})");
    client.issueStates().changedSince({"1) OR (x = y"}, 0, {});
    CHECK_THAT(json::text(json::parseObject(body(1)), "jql"), Contains(R"(project in ("1) OR (x = y"))"));
}

TEST_CASE_METHOD(ScriptedServer10, "a few issues of Data Center are read from its database",
                 "[jira][states][server]") {
    wire->then(200, issue("1"));
    wire->then(404, noSuchIssue);
    const auto found = client.issueStates().fetch({"1", "2"});
    CHECK(asked() == std::string("GET /issue/1?fields=") + fieldQuery);
    CHECK(found.issues.size() == 1);
    CHECK(found.missing == std::vector<std::string>{"2"});
}

TEST_CASE_METHOD(ScriptedServer10, "many issues of Data Center are searched for, the absent ones looked at",
                 "[jira][states][server]") {
    wire->then(200, R"({"startAt":0,"total":6,"issues":[)" + many(1, 3) + "]}");
    wire->then(200, R"({"startAt":3,"total":6,"issues":[)" + many(4, 6) + "]}");
    wire->then(200, issue("7"));
    wire->then(404, noSuchIssue);
    const auto found = client.issueStates().fetch(ids(1, 8));
    CHECK(asked() == "POST /search");
    const auto query = json::parseObject(body());
    CHECK(json::text(query, "jql") == "id in (1, 2, 3, 4, 5, 6, 7, 8) ORDER BY key");
    CHECK_FALSE(json::flag(query, "validateQuery", true));
    CHECK(json::number(json::parseObject(body(1)), "startAt", -1) == 3);
    CHECK(found.issues.size() == 7);
    CHECK(found.missing == std::vector<std::string>{"8"});
}

TEST_CASE_METHOD(ScriptedServer9, "a Data Center that refuses unknown ids is asked in halves",
                 "[jira][states][server]") {
    const char* const refused =
        R"({"errorMessages":["An issue with key '12' does not exist for field 'id'."]})";
    wire->then(400, refused);
    wire->then(200, R"({"startAt":0,"total":6,"issues":[)" + many(1, 6) + "]}");
    wire->then(400, refused);
    for (int id = 7; id <= 11; ++id) {
        wire->then(200, issue(std::to_string(id)));
    }
    wire->then(404, noSuchIssue);
    const auto found = client.issueStates().fetch(ids(1, 12));
    CHECK(found.issues.size() == 11);
    CHECK(found.missing == std::vector<std::string>{"12"});
    CHECK(requestCount() == 9);
}

TEST_CASE_METHOD(ScriptedServer10, "changes of Data Center are paged by number", "[jira][states][server]") {
    wire->then(200, R"({"startAt":0,"total":3,"issues":[)" + many(1, 2) + "]}");
    const auto first = client.issueStates().changedSince({"10000"}, 5, {});
    CHECK(first.next == "2");
    wire->then(200, R"({"startAt":2,"total":3,"issues":[)" + many(3, 3) + "]}");
    const auto second = client.issueStates().changedSince({"10000"}, 5, first.next);
    CHECK(json::number(json::parseObject(body(1)), "startAt", -1) == 2);
    CHECK(second.next.empty());
}

TEST_CASE_METHOD(ScriptedCloud, "comments that are too much for one answer are asked for by halves",
                 "[jira][states]") {
    const auto commented = [](const std::string& id) {
        return R"({"id":")" + id +
               R"(","fields":{"comment":{"total":1,"comments":[{"id":"9","updated":"u"}]}}})";
    };
    wire->thenFail(TransportError::Kind::TooLarge, true);
    wire->then(200, R"({"issues":[)" + commented("1") + "]}");
    wire->thenFail(TransportError::Kind::TooLarge, true);
    wire->then(200, R"({"issues":[)" + commented("2") + "]}");
    wire->thenFail(TransportError::Kind::TooLarge, true); // one alone: not known
    const auto marks = client.issueStates().commentMarks({"1", "2", "3"});
    CHECK(marks == std::map<std::string, std::string>{{"1", "1 9@u"}, {"2", "1 9@u"}});
    CHECK(wire->requests().size() == 5);
}

TEST_CASE_METHOD(ScriptedCloud, "comments are not asked for by halves where the wire breaks",
                 "[jira][states]") {
    wire->thenFail(TransportError::Kind::Cut, true);
    CHECK_THROWS_AS(client.issueStates().commentMarks({"1", "2"}), RetryLater);
    CHECK(wire->requests().size() == 1);
}
