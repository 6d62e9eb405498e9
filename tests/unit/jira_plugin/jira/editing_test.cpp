#include "jira/editing.hpp"

#include "jira/errors.hpp"
#include "two_dialects.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;

namespace {

IssueEdit everything() {
    IssueEdit change;
    change.summary = "a \"b\"";
    change.priorityId = "2";
    change.assigneeId = "712020:a";
    change.dueDate = "2026-12-31";
    change.addLabels = {"x", "y"};
    change.removeLabels = {"z"};
    return change;
}

} // namespace

TEST_CASE_METHOD(ScriptedCloud, "an edit sends what is set and nothing else", "[jira][editing]") {
    wire->then(204, "");
    client.editing().edit("10001", everything());
    CHECK(asked() == "PUT /issue/10001");
    CHECK(body() == R"({"fields":{"summary":"a \"b\"","priority":{"id":"2"},)"
                    R"("assignee":{"accountId":"712020:a"},"duedate":"2026-12-31"},)"
                    R"("update":{"labels":[{"add":"x"},{"add":"y"},{"remove":"z"}]}})");
    IssueEdit labels;
    labels.removeLabels = {"z"};
    wire->then(204, "");
    client.editing().edit("10001", labels);
    CHECK(body(1) == R"({"update":{"labels":[{"remove":"z"}]}})");
    client.editing().edit("10001", {});
    CHECK(requestCount() == 2); // nothing to say, nothing sent
}

TEST_CASE_METHOD(ScriptedServer10, "Data Center knows people by name, and empty means none",
                 "[jira][editing][server]") {
    IssueEdit change;
    change.assigneeId = "ann";
    wire->then(204, "");
    client.editing().edit("10001", change);
    CHECK(body() == R"({"fields":{"assignee":{"name":"ann"}}})");
    change.assigneeId = "";
    change.dueDate = "";
    wire->then(204, "");
    client.editing().edit("10001", change);
    CHECK(body(1) == R"({"fields":{"assignee":null,"duedate":null}})");
}

TEST_CASE_METHOD(ScriptedCloud, "what can happen to an edit is told apart", "[jira][editing]") {
    wire->thenFail(TransportError::Kind::Cut, true);
    CHECK_THROWS_AS(client.editing().edit("1", everything()), UnknownOutcome);
    wire->then(409, "");
    CHECK_THROWS_AS(client.editing().edit("1", everything()), RetryLater);
    wire->then(400, R"({"errorMessages":[],"errors":{"priority":"Field 'priority' cannot be set."}})");
    try {
        client.editing().edit("1", everything());
        FAIL("was not refused");
    } catch (const Refusal& refusal) {
        CHECK(refusal.fields().count("priority") == 1);
        CHECK_THAT(refusal.remedy(), Contains("edit screen") && Contains("priority"));
    }
}

TEST_CASE_METHOD(ScriptedCloud, "a property is set, whatever Jira says to it", "[jira][editing]") {
    wire->then([](const HttpRequest&) { return HttpResponse{201, {}, ""}; });
    client.editing().setProperty("10001", "com.mayoaspm.canary", R"({"at":1})");
    CHECK(asked() == "PUT /issue/10001/properties/com.mayoaspm.canary");
    CHECK(body() == R"({"at":1})");
    wire->then(200, "{}");
    client.editing().setProperty("10001", "k", "1");
    wire->then([](const HttpRequest&) {
        return HttpResponse{200, {{"Content-Type", "text/html"}}, "<html>Log in</html>"};
    });
    CHECK_THROWS_AS(client.editing().setProperty("10001", "k", "1"), RetryLater);
}
