#include "jira/cloud_client.hpp"

#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "scripted_transport.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;
using jira_plugin::mapping::TicketDraft;

namespace {

class Tokens : public TokenSource {
public:
    std::string token() override { return "token-" + std::to_string(generation); }
    std::string tokenAfter(const std::string& refused) override {
        refusedTokens.push_back(refused);
        ++generation;
        return token();
    }
    void giveUp(const std::string& message, const std::string& /*remedy*/) override { givenUp = message; }

    int generation = 1;
    std::vector<std::string> refusedTokens;
    std::string givenUp;
};

struct Fixture {
    std::shared_ptr<ScriptedTransport> wire = std::make_shared<ScriptedTransport>();
    std::shared_ptr<Tokens> tokens = std::make_shared<Tokens>();
    CloudClient client{wire, tokens, {"https://api.example", "cloud-1", "https://acme.atlassian.net"}, [] {
                           return std::int64_t{0};
                       }};

    std::string url(std::size_t index = 0) const {
        const std::string base = "https://api.example/ex/jira/cloud-1/rest/api/3";
        const std::string full = wire->requests().at(index).url;
        REQUIRE(full.compare(0, base.size(), base) == 0);
        return full.substr(base.size());
    }
};

TicketDraft draft() {
    TicketDraft result;
    result.projectId = "10000";
    result.projectKey = "PAY";
    result.issueTypeId = "10004";
    result.summary = "x";
    return result;
}

} // namespace

TEST_CASE_METHOD(Fixture, "requests go through the gateway with the site's id and the token", "[jira]") {
    wire->then(200, R"({"accountId":"712020:a","displayName":"Ann"})");
    CHECK(client.myself().accountId == "712020:a");
    CHECK(url() == "/myself");
    const HttpRequest sent = wire->requests()[0];
    CHECK(sent.headers == Headers{{"Authorization", "Bearer token-1"}});
    CHECK(sent.operatorAddress);
    CHECK(client.system() == "cloud-1");
    CHECK(client.browseUrl("PAY-1") == "https://acme.atlassian.net/browse/PAY-1");
}

TEST_CASE_METHOD(Fixture, "what people type is encoded in addresses", "[jira]") {
    wire->then(200, "[]");
    client.assignableUsers("PAY", "a&b=c d/é", 20);
    CHECK(url() == "/user/assignable/search?project=PAY&query=a%26b%3Dc%20d%2F%C3%A9&maxResults=20");
    wire->then(200, "{}");
    client.project("../myself?x=");
    CHECK(url(1) == "/project/..%2Fmyself%3Fx%3D");
}

TEST_CASE_METHOD(Fixture, "pages advance by what was received, not by what was asked for", "[jira]") {
    wire->then(
        200,
        R"({"startAt":0,"maxResults":2,"total":3,"issueTypes":[{"id":"1","name":"Bug"},{"id":"2","name":"Task"}]})");
    wire->then(
        200,
        R"({"startAt":2,"maxResults":2,"total":3,"issueTypes":[{"id":"3","name":"Sub-task","subtask":true}]})");
    const auto types = client.issueTypes("10000");
    REQUIRE(types.size() == 3);
    CHECK(types[2].subtask);
    CHECK(url(0) == "/issue/createmeta/10000/issuetypes?startAt=0&maxResults=200");
    CHECK(url(1) == "/issue/createmeta/10000/issuetypes?startAt=2&maxResults=200");
}

TEST_CASE_METHOD(Fixture, "a listing without a total ends with its empty page", "[jira]") {
    wire->then(200, R"({"values":[{"id":"1","name":"Bug"}]})");
    wire->then(200, R"({"values":[]})");
    CHECK(client.issueTypes("PAY").size() == 1);
}

TEST_CASE_METHOD(Fixture, "the create screen is read with what fields allow", "[jira]") {
    wire->then(200, R"({"total":2,"fields":[
        {"fieldId":"priority","name":"Priority","required":false,"hasDefaultValue":true,
         "schema":{"type":"priority","system":"priority"},"allowedValues":[{"id":"1","name":"Highest"}]},
        {"key":"customfield_1","name":"Team","required":true,"new":"unknown",
         "schema":{"type":"array","items":"option","custom":"x:select"},"allowedValues":[{"id":9,"value":"Red"}]}]})");
    const auto screen = client.createScreen("10000", "10004");
    CHECK(screen.at("priority").allowedValues[0].name == "Highest");
    CHECK(screen.at("priority").hasDefaultValue);
    CHECK(screen.at("customfield_1").required);
    CHECK(screen.at("customfield_1").items == "option");
    CHECK(screen.at("customfield_1").allowedValues[0].id == "9");
    CHECK(screen.at("customfield_1").allowedValues[0].name == "Red");
}

TEST_CASE_METHOD(Fixture,
                 "the create screen tells what can be chosen below an option, and what cannot be set",
                 "[jira]") {
    wire->then(200, R"({"total":4,"fields":[
        {"fieldId":"customfield_1","name":"Area","operations":["set"],"schema":{"type":"option-with-child",
         "custom":"com.atlassian.jira.plugin.system.customfieldtypes:cascadingselect"},
         "allowedValues":[{"id":"1","value":"Cloud","children":[{"id":"2","value":"Network"}]},
                          {"id":"3","value":"Old","disabled":true}]},
        {"fieldId":"customfield_2","name":"Words","schema":{"type":"array","items":"string"},
         "allowedValues":["one",{},{"self":"x"}]},
        {"fieldId":"attachment","name":"Attachment","operations":[],"schema":{"type":"array","items":"attachment"}},
        {"fieldId":"issuelinks","name":"Links","operations":["add","copy"],"schema":{"type":"array"}}]})");
    const auto screen = client.createScreen("10000", "10004");
    const auto& areas = screen.at("customfield_1").allowedValues;
    REQUIRE(areas.size() == 1);
    REQUIRE(areas[0].children.size() == 1);
    CHECK(areas[0].children[0].id == "2");
    CHECK(areas[0].children[0].name == "Network");
    CHECK_THAT(screen.at("customfield_1").custom, Catch::Contains("cascadingselect"));
    REQUIRE(screen.at("customfield_2").allowedValues.size() == 1);
    CHECK(screen.at("customfield_2").allowedValues[0].name == "one");
    CHECK(screen.at("customfield_1").canBeSet);
    CHECK(screen.at("attachment").canBeSet); // an empty list forbids nothing
    CHECK_FALSE(screen.at("issuelinks").canBeSet);
}

TEST_CASE_METHOD(Fixture, "projects say where the next page starts", "[jira]") {
    wire->then(
        200,
        R"({"isLast":false,"total":5,"values":[{"id":"1","key":"PAY","name":"Pay","simplified":true}]})");
    const auto page = client.projects("pa", 0, 50);
    CHECK(url() == "/project/search?query=pa&action=create&startAt=0&maxResults=50");
    CHECK(page.values[0].teamManaged);
    CHECK(page.next == 1);
    CHECK(page.total == 5);
    wire->then(200, R"({"isLast":true,"values":[{"id":"5","key":"X","name":"X"}]})");
    CHECK(client.projects("", 4, 1).next == -1);
}

TEST_CASE_METHOD(Fixture, "a refused token is replaced once, also for a call that creates", "[jira]") {
    wire->then(401, R"({"code":401,"message":"Unauthorized"})");
    wire->then(201, R"({"id":"1","key":"PAY-1"})");
    CHECK(client.createIssue(draft()).key == "PAY-1");
    CHECK(tokens->refusedTokens == std::vector<std::string>{"token-1"});
    CHECK(wire->requests()[1].headers[0].second == "Bearer token-2");
    CHECK(tokens->givenUp.empty());
}

TEST_CASE_METHOD(Fixture, "a second refused token ends in an admin's hands, not in a loop", "[jira]") {
    wire->then(401, R"({"code":401,"message":"Unauthorized"})");
    wire->then(401, R"({"code":401,"message":"Unauthorized"})");
    CHECK_THROWS_AS(client.myself(), ReconnectNeeded);
    CHECK(wire->requests().size() == 2);
    CHECK_THAT(tokens->givenUp, Contains("not accepted"));
}

TEST_CASE_METHOD(Fixture, "a missing scope refreshes nothing", "[jira]") {
    wire->then(401, R"({"code":401,"message":"Unauthorized; scope does not match"})");
    CHECK_THROWS_WITH(client.createIssue(draft()), Contains("write:jira-work"));
    CHECK(tokens->refusedTokens.empty());
    CHECK(wire->requests().size() == 1);
}

TEST_CASE_METHOD(Fixture, "a bulk create tells each draft its outcome", "[jira]") {
    wire->then(201, R"({"issues":[{"id":"2","key":"PAY-2"}],
        "errors":[{"status":400,"failedElementNumber":0,"elementErrors":{"errors":{"summary":"no"}}}]})");
    const auto outcome = client.createIssues({draft(), draft()});
    CHECK(outcome[0].fields.at("summary") == "no");
    CHECK(outcome[1].issue->key == "PAY-2");
    CHECK(url() == "/issue/bulk");
    CHECK_THAT(wire->requests()[0].body, Contains("issueUpdates"));
}

TEST_CASE_METHOD(Fixture, "a bulk create that refuses every element still tells each", "[jira]") {
    wire->then(400, R"({"issues":[],"errors":[{"status":400,"failedElementNumber":0,
                        "elementErrors":{"errorMessages":["x"],"errors":{}}}]})");
    CHECK(client.createIssues({draft()})[0].status == 400);
}

TEST_CASE_METHOD(Fixture, "a bulk create refused as a whole is a refusal", "[jira]") {
    wire->then(400, R"({"errorMessages":["INVALID_INPUT"],"errors":{}})");
    CHECK_THROWS_AS(client.createIssues({draft(), draft()}), Refusal);
}

TEST_CASE_METHOD(Fixture, "a bulk answer that does not add up leaves the outcome unknown", "[jira]") {
    wire->then(201, R"({"issues":[{"id":"2","key":"PAY-2"}],"errors":[]})");
    CHECK_THROWS_AS(client.createIssues({draft(), draft()}), UnknownOutcome);
}

TEST_CASE_METHOD(Fixture, "more than fifty drafts are a mistake of the caller", "[jira]") {
    CHECK_THROWS_AS(client.createIssues(std::vector<TicketDraft>(51, draft())), std::invalid_argument);
    CHECK(client.createIssues({}).empty());
    CHECK(wire->requests().empty());
}

TEST_CASE_METHOD(Fixture, "a lost answer to a create is unknown, a request that never left is not",
                 "[jira]") {
    wire->thenFail(TransportError::Kind::Cut, true);
    CHECK_THROWS_AS(client.createIssue(draft()), UnknownOutcome);
    wire->thenFail(TransportError::Kind::Connect, false);
    CHECK_THROWS_AS(client.createIssue(draft()), RetryLater);
    wire->then(201, R"({"unexpected":true})");
    CHECK_THROWS_AS(client.createIssue(draft()), UnknownOutcome);
}

TEST_CASE_METHOD(Fixture, "a document that Jira refuses is sent once more in plain paragraphs", "[jira]") {
    TicketDraft rich = draft();
    rich.description.emplace();
    rich.description->blocks.resize(1);
    rich.description->blocks[0].kind = jira_plugin::mapping::Block::Kind::CodeBlock;
    rich.description->blocks[0].text = "int x;";
    wire->then(400, R"({"errorMessages":["INVALID_INPUT"],"errors":{}})");
    wire->then(201, R"({"id":"1","key":"PAY-1"})");
    CHECK(client.createIssue(rich).key == "PAY-1");
    CHECK_THAT(wire->requests()[0].body, Contains("codeBlock"));
    CHECK_THAT(wire->requests()[1].body, !Contains("codeBlock") && Contains("int x;"));
}

TEST_CASE_METHOD(Fixture, "a label search reads all pages by their token", "[jira]") {
    wire->then(200, R"({"issues":[{"id":"1","key":"PAY-1","fields":{"summary":"s","labels":["aspm-1"],
        "status":{"name":"Done","statusCategory":{"key":"done"}},"priority":{"name":"High"},"assignee":null}}],
        "nextPageToken":"t2","isLast":false})");
    wire->then(200, R"({"issues":[{"id":"2","key":"PAY-2"}],"isLast":true})");
    const auto found = client.issuesWithLabels({"aspm-1", "aspm-2"});
    REQUIRE(found.size() == 2);
    CHECK(found[0].statusCategory == "done");
    CHECK(found[0].labels == std::vector<std::string>{"aspm-1"});
    const auto first = json::parseObject(wire->requests()[0].body);
    CHECK(json::text(first, "jql") == R"(labels in ("aspm-1", "aspm-2"))");
    CHECK_FALSE(first->has("nextPageToken"));
    CHECK(json::text(json::parseObject(wire->requests()[1].body), "nextPageToken") == "t2");
}

TEST_CASE_METHOD(Fixture, "many labels are searched in bounded queries", "[jira]") {
    for (int i = 0; i < 3; ++i) {
        wire->then(200, R"({"issues":[],"isLast":true})");
    }
    client.issuesWithLabels(std::vector<std::string>(120, "l"));
    CHECK(wire->requests().size() == 3);
    CHECK(client.issuesWithLabels({}).empty());
    CHECK(wire->requests().size() == 3);
}

TEST_CASE_METHOD(Fixture, "an issue that is gone or hidden is nothing", "[jira]") {
    wire->then(404, R"({"errorMessages":["Issue does not exist or you do not have permission to see it."]})");
    CHECK_FALSE(client.issue("10001"));
    wire->then(200, R"({"id":"10001","key":"PAY-1","fields":{"summary":"s"}})");
    CHECK(client.issue("10001")->summary == "s");
}

TEST_CASE_METHOD(Fixture, "deleting answers nothing and may be repeated", "[jira]") {
    wire->then([](const HttpRequest&) { return HttpResponse{204, {}, ""}; });
    CHECK_NOTHROW(client.deleteIssue("PAY-1"));
    CHECK(wire->requests()[0].method == "DELETE");
    wire->thenFail(TransportError::Kind::Timeout, true);
    CHECK_THROWS_AS(client.deleteIssue("PAY-1"), RetryLater);
}

TEST_CASE_METHOD(Fixture, "permissions that are not answered are not there", "[jira]") {
    wire->then(200, R"({"permissions":{"CREATE_ISSUES":{"havePermission":true}}})");
    const auto permissions = client.permissions("PAY", {"CREATE_ISSUES", "ASSIGN_ISSUES"});
    CHECK(permissions[0].have);
    CHECK_FALSE(permissions[1].have);
    CHECK(url() == "/mypermissions?permissions=CREATE_ISSUES%2CASSIGN_ISSUES&projectKey=PAY");
}
