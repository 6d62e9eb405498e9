#include "jira/workflow.hpp"

#include "jira/errors.hpp"
#include "sample.hpp"
#include "two_dialects.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;

TEST_CASE_METHOD(ScriptedCloud, "steps are read with the fields of their screens", "[jira][workflow]") {
    wire->then(200, R"({"transitions":[
        {"id":"5","name":"Resolve","isAvailable":true,
         "to":{"id":"10001","name":"Done","statusCategory":{"id":3,"key":"done"}},
         "fields":{"resolution":{"required":true,"name":"Resolution","schema":{"type":"resolution"},
                                 "operations":["set"],"allowedValues":[{"id":"1","name":"Fixed"}]},
                   "strange":null}},
        {"id":6,"name":"Wait","isAvailable":false,"to":{"id":"2"}},
        {"id":7,"name":"Reopen","to":null}, null, {"name":"nameless"}]})");
    const auto steps = client.workflow().transitions("10001");
    CHECK(asked() == "GET /issue/10001/transitions?expand=transitions.fields");
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].id == "5");
    CHECK(steps[0].to.category == "done");
    const FieldMeta& resolution = steps[0].fields.at("resolution");
    CHECK(resolution.fieldId == "resolution");
    CHECK(resolution.required);
    REQUIRE(resolution.allowedValues.size() == 1);
    CHECK(resolution.allowedValues[0].name == "Fixed");
    CHECK_FALSE(steps[0].fields.at("strange").required);
    CHECK(steps[1].id == "7");
    CHECK(steps[1].to.category.empty());
}

TEST_CASE_METHOD(ScriptedServer10, "the recorded steps of a Data Center are read",
                 "[jira][workflow][server]") {
    wire->then([](const HttpRequest&) { return sampleAnswer("rest/server-transitions-200.json"); });
    const auto steps = client.workflow().transitions("OSIM-123");
    REQUIRE(steps.size() > 2);
    CHECK(steps[0].id == "11");
    CHECK(steps[0].name == "New");
    CHECK(steps[0].to.id == "10016");
    CHECK(steps[0].to.category == "new");
    CHECK(steps[0].fields.empty());
}

TEST_CASE_METHOD(ScriptedCloud, "no steps are no failure, another answer is", "[jira][workflow]") {
    wire->then(200, R"({"transitions":[]})");
    CHECK(client.workflow().transitions("1").empty());
    wire->then(200, R"({"expand":"transitions"})");
    CHECK_THROWS_AS(client.workflow().transitions("1"), RetryLater);
}

TEST_CASE_METHOD(ScriptedCloud, "a step is taken with its fields", "[jira][workflow]") {
    wire->then([](const HttpRequest&) { return sampleAnswer("cloud-transition-204.json"); });
    client.workflow().transition("10001", "5", {{"resolution", R"({"id":"1"})"}, {"customfield_1", "null"}});
    CHECK(asked() == "POST /issue/10001/transitions");
    CHECK(body() == R"({"transition":{"id":"5"},"fields":{"customfield_1":null,"resolution":{"id":"1"}}})");
    wire->then(204, "");
    client.workflow().transition("10001", "5", {});
    CHECK(body(1) == R"({"transition":{"id":"5"}})");
}

TEST_CASE_METHOD(ScriptedCloud, "what can happen to a step is told apart", "[jira][workflow]") {
    wire->then(409, R"({"errorMessages":["conflict"],"errors":{}})");
    CHECK_THROWS_AS(client.workflow().transition("1", "5", {}), RetryLater);
    wire->then(503, "");
    CHECK_THROWS_AS(client.workflow().transition("1", "5", {}), UnknownOutcome);
    wire->thenFail(TransportError::Kind::Cut, true);
    CHECK_THROWS_AS(client.workflow().transition("1", "5", {}), UnknownOutcome);
    wire->thenFail(TransportError::Kind::Cut, false);
    CHECK_THROWS_AS(client.workflow().transition("1", "5", {}), RetryLater);
    wire->then(400, R"({"errorMessages":[],"errors":{"resolution":"Resolution is required."}})");
    try {
        client.workflow().transition("1", "5", {});
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.fields().at("resolution") == "Resolution is required.");
        CHECK_THAT(refusal.remedy(), Contains("resolution") && Contains("screen"));
    }
}

TEST_CASE_METHOD(ScriptedServer10, "resolutions are listed", "[jira][workflow][server]") {
    wire->then(200, R"([{"id":"1","name":"Fixed"},{"name":"no id"},null,{"id":2,"name":"Won't Fix"}])");
    const auto all = client.workflow().resolutions();
    CHECK(asked() == "GET /resolution");
    REQUIRE(all.size() == 2);
    CHECK(all[1].id == "2");
    CHECK(all[1].name == "Won't Fix");
}
