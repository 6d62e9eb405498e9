#include "jira/server_client.hpp"

#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "sample.hpp"
#include "scripted_signer.hpp"
#include "scripted_transport.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;
using jira_plugin::mapping::TicketDraft;

namespace {

std::string serverInfo(const std::string& version) {
    return R"({"baseUrl":"https://jira.acme.example","version":")" + version +
           R"(","deploymentType":"Server"})";
}

/// A client that already knows what it talks to, so that a script holds only what a case is about.
struct Fixture {
    std::shared_ptr<ScriptedTransport> wire = std::make_shared<ScriptedTransport>();
    std::shared_ptr<ScriptedSigner> signer = std::make_shared<ScriptedSigner>();
    ServerClient client{wire, signer, {"https://10.0.0.1/jira", "https://jira.acme.example/jira"}, [] {
                            return std::int64_t{1000};
                        }};

    void know(const std::string& version) {
        wire->then(200, serverInfo(version));
        client.serverInfo();
    }
    /// What was asked after the first question for the version.
    std::string url(std::size_t index = 0) const {
        const std::string base = "https://10.0.0.1/jira/rest/api/2";
        const std::string full = wire->requests().at(index + 1).url;
        REQUIRE(full.compare(0, base.size(), base) == 0);
        return full.substr(base.size());
    }
    Poco::JSON::Object::Ptr body(std::size_t index = 0) const {
        return json::parseObject(wire->requests().at(index + 1).body);
    }
};

struct Known : Fixture {
    Known() { know("10.3.5"); }
};

TicketDraft draft() {
    TicketDraft result;
    result.projectId = "10000";
    result.projectKey = "PAY";
    result.issueTypeId = "10004";
    result.summary = "x";
    return result;
}

const char* const metaPage =
    R"({"maxResults":200,"startAt":0,"total":1,"isLast":true,"values":[{"id":"10004","name":"Bug","subtask":false}]})";
const char* const metaDocument = R"({"expand":"projects","projects":[{"id":"10000","key":"PAY","issuetypes":[
    {"id":"10004","name":"Bug","subtask":false,"fields":{
      "summary":{"required":true,"schema":{"type":"string","system":"summary"},"name":"Summary","operations":["set"]},
      "priority":{"required":false,"schema":{"type":"priority","system":"priority"},"name":"Priority",
                  "operations":["set"],"allowedValues":[{"id":"1","name":"Highest"}]}}}]}]})";
/// What Jira says since 9.0, where the path names an issue.
const char* const noSuchIssue = R"({"errorMessages":["Issue Does Not Exist"],"errors":{}})";
const char* const noSuchPath = R"({"message":"null for uri: https://jira/rest/x","status-code":404})";

} // namespace

TEST_CASE_METHOD(Fixture, "the version is asked for before anything else, and once", "[jira][server]") {
    wire->then(200, serverInfo("9.12.4"));
    wire->then(200,
               R"({"name":"ann","key":"JIRAUSER10100","displayName":"Ann","emailAddress":"a@acme.example"})");
    const User user = client.myself();
    CHECK(user.accountId == "ann");
    CHECK(user.email == "a@acme.example");
    wire->then(200, R"({"id":"1","key":"PAY","name":"Pay"})");
    CHECK(client.project("PAY").key == "PAY");
    CHECK(wire->requests().size() == 3);
    CHECK(url() == "/myself");
    CHECK(client.system() == "https://jira.acme.example/jira");
    CHECK(client.browseUrl("PAY-1") == "https://jira.acme.example/jira/browse/PAY-1");
}

TEST_CASE_METHOD(Fixture, "nothing is written to a server that is not supported", "[jira][server]") {
    wire->then(200, serverInfo("7.13.0"));
    CHECK_THROWS_AS(client.createIssue(draft()), NotConfigured);
    CHECK(wire->requests().size() == 1);
}

TEST_CASE_METHOD(Known, "an account without a name is not one", "[jira][server]") {
    wire->then(200, R"({"displayName":"Ann"})");
    CHECK_THROWS_AS(client.myself(), RetryLater);
}

TEST_CASE_METHOD(Known, "permissions come all at once", "[jira][server]") {
    wire->then(
        200,
        R"({"permissions":{"CREATE_ISSUES":{"havePermission":true},"DELETE_ISSUES":{"havePermission":true}}})");
    const auto permissions = client.permissions("PAY", {"CREATE_ISSUES", "ASSIGN_ISSUES"});
    CHECK(url() == "/mypermissions?projectKey=PAY");
    CHECK(permissions[0].have);
    CHECK_FALSE(permissions[1].have);
}

TEST_CASE_METHOD(Known, "the one list of projects is filtered and paged here", "[jira][server]") {
    const char* const list =
        R"([{"id":"1","key":"PAY","name":"Payments"},{"id":"2","key":"OPS","name":"Übersicht"},
        {"id":"3","key":"PAX","name":"Passengers"},{"id":"4","key":"X","name":"repay"}])";
    wire->then(200, list);
    const auto first = client.projects("pa", 0, 2);
    CHECK(url() == "/project");
    REQUIRE(first.values.size() == 2);
    CHECK(first.values[1].key == "PAX");
    CHECK_FALSE(first.values[0].teamManaged);
    CHECK(first.total == 3);
    CHECK(first.next == 2);
    const auto second = client.projects("pa", first.next, 2); // of the same list
    REQUIRE(second.values.size() == 1);
    CHECK(second.values[0].key == "X");
    CHECK(second.next == -1);
    CHECK(wire->requests().size() == 2);
    wire->then(200, list);
    CHECK(client.projects("ÜBER", 0, 50).values.at(0).key == "OPS");
    wire->then(200, "{}");
    CHECK_THROWS_AS(client.projects("", 0, 50), RetryLater);
}

TEST_CASE_METHOD(Known, "metadata of a project comes in pages under values", "[jira][server]") {
    wire->then(200, metaPage);
    CHECK(client.issueTypes("PAY").at(0).name == "Bug");
    CHECK(url() == "/issue/createmeta/PAY/issuetypes?startAt=0&maxResults=200");
    wire->then(200, R"({"isLast":false,"values":[{"fieldId":"summary","name":"Summary","required":true}]})");
    wire->then(200,
               R"({"isLast":true,"values":[{"fieldId":"priority","name":"Priority","required":false}]})");
    CHECK(client.createScreen("PAY", "10004").size() == 2);
    CHECK(url(2) == "/issue/createmeta/PAY/issuetypes/10004?startAt=1&maxResults=200");
}

TEST_CASE_METHOD(Fixture, "metadata of an old release is one document", "[jira][server]") {
    know("8.3.0");
    wire->then(200, metaDocument);
    CHECK(client.issueTypes("PAY").at(0).id == "10004");
    CHECK(url() == "/issue/createmeta?projectKeys=PAY");
    wire->then(200, metaDocument);
    const auto screen = client.createScreen("10000", "10004");
    CHECK(url(1) ==
          "/issue/createmeta?projectIds=10000&issuetypeIds=10004&expand=projects.issuetypes.fields");
    CHECK(screen.at("summary").required);
    CHECK(screen.at("priority").fieldId == "priority");
    CHECK(screen.at("priority").allowedValues.at(0).name == "Highest");
    wire->then(200, R"({"projects":[]})");
    try {
        client.issueTypes("GONE");
        FAIL("nothing was thrown");
    } catch (const Refusal& refusal) {
        CHECK(refusal.status() == 400);
        CHECK(refusal.fields().count("project") == 1);
    }
}

TEST_CASE_METHOD(Fixture, "an upgrade is noticed when the old form is gone", "[jira][server]") {
    know("8.3.0");
    wire->then(404, noSuchIssue);
    wire->then(200, serverInfo("9.12.4"));
    wire->then(200, metaPage);
    CHECK(client.issueTypes("PAY").size() == 1);
    CHECK(url(1) == "/serverInfo");
    wire->then(200, metaPage);
    client.issueTypes("PAY");
    CHECK(wire->requests().size() == 5);
}

TEST_CASE_METHOD(Fixture, "before 9.0 a missing paged form leaves the whole one", "[jira][server]") {
    know("8.20.1");
    wire->then(404, noSuchPath);
    wire->then(200, serverInfo("8.20.1"));
    wire->then(200, metaDocument);
    CHECK(client.createScreen("PAY", "10004").count("summary") == 1);
}

TEST_CASE_METHOD(Known, "a form that stays missing is a refusal, not a loop", "[jira][server]") {
    wire->then(404, noSuchPath);
    wire->then(200, serverInfo("10.3.5"));
    CHECK_THROWS_AS(client.issueTypes("PAY"), Refusal);
    CHECK(wire->requests().size() == 3);
}

TEST_CASE_METHOD(Known, "people are searched by username and known by name", "[jira][server]") {
    wire->then(200, R"([{"name":"jweber","key":"JIRAUSER1","displayName":"Jo Weber"}])");
    CHECK(client.assignableUsers("PAY", "web er", 20).at(0).accountId == "jweber");
    CHECK(url() == "/user/assignable/search?project=PAY&username=web%20er&maxResults=20");
    wire->then(200, R"([{"name":"sam2","displayName":"Sam II"},{"name":"Sam","displayName":"Sam"}])");
    CHECK(client.assignableUser("PAY", "sam")->displayName == "Sam");
}

TEST_CASE_METHOD(Known, "a renamed user is found by the key", "[jira][server]") {
    wire->then(200, "[]");
    wire->then(200, R"({"name":"anna.new","key":"anna","displayName":"Anna"})");
    wire->then(200, R"([{"name":"anna.new","key":"anna","displayName":"Anna"}])");
    CHECK(client.assignableUser("PAY", "anna")->accountId == "anna.new");
    CHECK(url(1) == "/user?key=anna");
    wire->then(200, "[]");
    wire->then(404, R"({"errorMessages":["The user with the key 'x' does not exist"],"errors":{}})");
    CHECK_FALSE(client.assignableUser("PAY", "x"));
    wire->then(200, "[]");
    wire->then(200, R"({"name":"bob","key":"bob"})"); // exists, but may not be assigned
    CHECK_FALSE(client.assignableUser("PAY", "bob"));
    CHECK(wire->requests().size() == 8);
}

TEST_CASE_METHOD(Known, "a ticket is written in wiki markup with people by name", "[jira][server]") {
    TicketDraft full = draft();
    full.assigneeId = "jweber";
    full.description.emplace();
    full.description->blocks.resize(1);
    full.description->blocks[0].spans = {
        {"Why {code} [x|y] @ann", jira_plugin::mapping::Span::Style::Strong, {}}};
    full.extraFields = {{"customfield_1", R"({"accountId":"ann"})"},
                        {"customfield_2", R"([{"accountId":"ann"},{"accountId":"bob"}])"},
                        {"customfield_3", R"("h1. as entered")"},
                        {"customfield_4", R"({"id":"7"})"}};
    full.richTextFields = {"customfield_3"};
    wire->then([](const HttpRequest&) { return sampleAnswer("rest/server-create-issue-201.json"); });
    CHECK(client.createIssue(full).key == "OSIM-414");
    CHECK(url() == "/issue");
    CHECK(wire->requests()[1].body == client.renderCreate(full));
    const auto fields = json::object(body(), "fields");
    CHECK(json::text(json::object(fields, "assignee"), "name") == "jweber");
    CHECK(json::text(json::object(fields, "customfield_1"), "name") == "ann");
    CHECK(json::text(json::objectAt(json::array(fields, "customfield_2"), 1), "name") == "bob");
    CHECK(json::text(fields, "customfield_3") == "h1. as entered");
    CHECK(json::text(json::object(fields, "customfield_4"), "id") == "7");
    CHECK_THAT(json::text(fields, "description"),
               !Contains(" {code}") && !Contains(" [x") && Contains("Why"));
    CHECK_THAT(wire->requests()[1].body, !Contains("accountId"));
}

TEST_CASE_METHOD(Known, "a description fits into Jira's limit", "[jira][server]") {
    TicketDraft full = draft();
    full.description.emplace();
    for (int i = 0; i < 50; ++i) {
        full.description->blocks.emplace_back();
        full.description->blocks.back().spans = {{std::string(1000, 'a'), {}, {}}};
    }
    const auto fields = json::object(json::parseObject(client.renderCreate(full)), "fields");
    CHECK(json::text(fields, "description").size() <= 32'767);
    CHECK(json::text(fields, "description").size() > 20'000);
}

TEST_CASE_METHOD(Known, "a bulk create on Data Center tells each draft its outcome", "[jira][server]") {
    wire->then(201, R"({"issues":[{"id":"2","key":"PAY-2"}],
        "errors":[{"status":400,"failedElementNumber":0,"elementErrors":{"errors":{"summary":"no"}}}]})");
    TicketDraft assigned = draft();
    assigned.assigneeId = "ann";
    const auto outcome = client.createIssues({draft(), assigned});
    CHECK(outcome[0].fields.at("summary") == "no");
    CHECK(outcome[1].issue->key == "PAY-2");
    CHECK(url() == "/issue/bulk");
    const auto second = json::object(json::objectAt(json::array(body(), "issueUpdates"), 1), "fields");
    CHECK(json::text(json::object(second, "assignee"), "name") == "ann");
    wire->then(400, R"({"issues":[],"errors":[{"status":400,"failedElementNumber":0,
                        "elementErrors":{"errorMessages":["x"],"errors":{}}}]})");
    CHECK(client.createIssues({draft()})[0].status == 400);
    wire->thenFail(TransportError::Kind::Cut, true);
    CHECK_THROWS_AS(client.createIssues({draft()}), UnknownOutcome);
}

TEST_CASE_METHOD(Known, "a label search goes by numbers, in an order", "[jira][server]") {
    wire->then(
        200,
        R"({"startAt":0,"maxResults":1,"total":2,"issues":[{"id":"1","key":"PAY-1","fields":{"labels":["aspm-1"]}}]})");
    wire->then(200, R"({"startAt":1,"maxResults":1,"total":2,"issues":[{"id":"2","key":"PAY-2"}]})");
    CHECK(client.issuesWithLabels({"aspm-1", "a\"b"}).size() == 2);
    CHECK(url() == "/search");
    CHECK(json::text(body(), "jql") == R"(labels in ("aspm-1", "a\"b") ORDER BY key)");
    CHECK(json::number(body(1), "startAt", -1) == 1);
    CHECK_FALSE(body(1)->has("nextPageToken"));
    wire->then(200, "{}");
    CHECK_THROWS_AS(client.issuesWithLabels({"aspm-1"}), RetryLater);
}

TEST_CASE_METHOD(Known, "an issue that is gone or hidden is nothing; a strange 403 or 404 is not that",
                 "[jira][server]") {
    wire->then(404, noSuchIssue);
    CHECK_FALSE(client.issue("10001"));
    wire->then(
        403,
        R"({"errorMessages":["You do not have the permission to see the specified issue."],"errors":{}})");
    CHECK_FALSE(client.storedIssue("10001", {"summary"}));
    wire->then(404, noSuchPath);
    CHECK_THROWS_AS(client.issue("10001"), Refusal);
    wire->then([](const HttpRequest&) { return HttpResponse{403, {}, ""}; });
    CHECK_THROWS_AS(client.issue("10001"), Refusal);
    wire->then([](const HttpRequest&) {
        return HttpResponse{404, {{"Content-Type", "text/html"}}, "<html>HTTP Status 404</html>"};
    });
    CHECK_THROWS_AS(client.issue("10001"), RetryLater);
    wire->then(200, R"({"id":"10001","key":"PAY-1","fields":{"description":"*x*"}})");
    CHECK(client.storedIssue("10001", {"description", "assignee"})->fields.at("description") == "\"*x*\"");
    CHECK(url(5) == "/issue/10001?fields=description%2Cassignee");
}

TEST_CASE_METHOD(Known, "workflow statuses and deletions are as on Cloud", "[jira][server]") {
    wire->then(200,
               R"([{"id":"10004","statuses":[{"id":"1","name":"To Do","statusCategory":{"key":"new"}}]}])");
    CHECK(client.workflowStatuses("PAY").at(0).statuses.at(0).category == "new");
    CHECK(url() == "/project/PAY/statuses");
    wire->then([](const HttpRequest&) { return HttpResponse{204, {}, ""}; });
    CHECK_NOTHROW(client.deleteIssue("PAY-1"));
    CHECK(wire->requests()[2].method == "DELETE");
}
