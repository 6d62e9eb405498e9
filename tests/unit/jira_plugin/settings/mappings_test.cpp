#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;

namespace {

/// The mapping of payments-api as JSON, with further members.
std::string mappingWith(const std::string& more) {
    return R"({"jiraProject":"PAY","issueType":"Bug")" + (more.empty() ? "" : "," + more) + "}";
}

} // namespace

TEST_CASE_METHOD(World, "a project is mapped by key and name, and ids from Jira are kept", "[settings]") {
    const auto saved = ask("PUT", "/api/mappings/payments-api",
                           R"({"jiraProject":"PAY","issueType":"bug","assignee":{"accountId":"acc-ann"}})");
    CHECK(saved["mapping"]["jiraProject"]["id"].text() == "10000");
    CHECK(saved["mapping"]["issueType"]["id"].text() == "10004");
    CHECK(saved["mapping"]["issueType"]["name"].text() == "Bug");
    CHECK(saved["mapping"]["assignee"]["name"].text() == "Ann Example");
    CHECK(saved["warnings"].size() == 0);
    CHECK(hosting.audits == std::vector<std::string>{"acme alice jira.mapping.saved p1"});

    CHECK(ask("GET", "/api/mappings/p1")["mapping"].dump() == saved["mapping"].dump());
    const auto projects = ask("GET", "/api/projects")["projects"];
    CHECK(projects[0]["mapping"]["jiraProject"]["key"].text() == "PAY");
    CHECK(projects[1]["mapping"].isNull());

    // what was shown can be sent back
    CHECK(ask("PUT", "/api/mappings/p1", saved["mapping"].dump())["mapping"].dump() ==
          saved["mapping"].dump());
}

TEST_CASE_METHOD(World, "a mapping that Jira would not take is refused by its member", "[settings]") {
    const auto put = [&](const std::string& json) { return refusal("PUT", "/api/mappings/p1", json); };
    CHECK(put(R"({"jiraProject":"NOPE","issueType":"Bug"})") == "422 invalid_mapping jiraProject");
    CHECK(put(R"({"jiraProject":"../../x","issueType":"Bug"})") == "422 invalid_mapping jiraProject");
    CHECK(put(R"({"jiraProject":"SEC","issueType":"Bug"})") == "422 invalid_mapping jiraProject");
    CHECK(put(R"({"jiraProject":"PAY","issueType":"Story"})") == "422 invalid_mapping issueType");
    CHECK(put(R"({"jiraProject":"PAY","issueType":"10006"})") == "422 invalid_mapping issueType");
    CHECK(put(mappingWith(R"("assignee":{"accountId":"nobody"})")) == "422 invalid_mapping assignee");
    CHECK(put(mappingWith(R"("extraFields":{"customfield_9":"x"})")) ==
          "422 invalid_mapping extraFields.customfield_9");
    CHECK(put(mappingWith(R"("extraFields":{"summary":"x"})")) == "400 invalid_request extraFields.summary");
    CHECK(put("{}") == "400 invalid_request jiraProject");
    CHECK_FALSE(mappings.project(acme, "p1"));
}

TEST_CASE_METHOD(World, "the issue types to choose from are named, sub-tasks are not among them",
                 "[settings]") {
    const auto response = send("PUT", "/api/mappings/p1", R"({"jiraProject":"PAY","issueType":"Story"})");
    CHECK_THAT(response.body, Catch::Contains("Bug, Task.") && !Catch::Contains("Sub-task"));
}

TEST_CASE_METHOD(World, "required fields that nobody fills are named all at once", "[settings]") {
    samples::add(atlassian->screen, samples::field("customfield_1", "string", true));
    samples::add(atlassian->screen, samples::field("customfield_2", "number", true));
    atlassian->screen["assignee"].required = true;
    const auto response = send("PUT", "/api/mappings/p1", mappingWith(""));
    CHECK(response.status == 422);
    const auto details = Json::parse(response.body)["error"]["details"];
    REQUIRE(details.size() == 3);
    CHECK(details[0]["field"].text() == "extraFields.customfield_1");
    CHECK(details[1]["field"].text() == "extraFields.customfield_2");
    CHECK(details[2]["field"].text() == "assignee");

    CHECK(refusal("PUT", "/api/mappings/p1",
                  mappingWith(R"("assignee":{"accountId":"acc-ann"},)"
                              R"("extraFields":{"customfield_1":"x","customfield_2":"two"})")) ==
          "422 invalid_mapping extraFields.customfield_2");
    ask("PUT", "/api/mappings/p1",
        mappingWith(
            R"("assignee":{"accountId":"acc-ann"},"extraFields":{"customfield_1":"x","customfield_2":2})"));
    CHECK(mappings.project(acme, "p1")->extraFields.at("customfield_2") == "2");
}

TEST_CASE_METHOD(World, "what will be left out of tickets is a warning, not an error", "[settings]") {
    atlassian->screen.erase("priority");
    atlassian->screen.erase("labels");
    const auto warnings = ask("PUT", "/api/mappings/p1", mappingWith(""))["warnings"];
    REQUIRE(warnings.size() == 2);
    CHECK_THAT(warnings[0]["message"].text(), Catch::Contains("'priority'"));
}

TEST_CASE_METHOD(World, "a stored mapping can be held against Jira later", "[settings]") {
    mapPayments();
    CHECK_FALSE(ask("GET", "/api/mappings/p1").has("problems"));
    CHECK(ask("GET", "/api/mappings/p1?check=true")["problems"].size() == 0);
    atlassian->known.erase(atlassian->known.begin());
    CHECK(ask("GET", "/api/mappings/p1?check=true")["problems"][0]["field"].text() == "jiraProject");
    CHECK(refusal("GET", "/api/mappings/p1?check=yes") == "400 invalid_request check");
}

TEST_CASE_METHOD(World, "a mapping is removed once", "[settings]") {
    mapPayments();
    CHECK(send("DELETE", "/api/mappings/p1").status == 204);
    CHECK(refusal("DELETE", "/api/mappings/p1") == "404 not_mapped");
    CHECK(refusal("GET", "/api/mappings/p1") == "404 not_mapped");
    CHECK(hosting.audits.back() == "acme alice jira.mapping.removed p1");
}

TEST_CASE_METHOD(World, "a field mapping shows what is set, what holds and what is inherited", "[settings]") {
    ask("PUT", "/api/field-mapping", R"({"labels":["org"],"slaDays":{"critical":1}})");
    const auto json = ask("PUT", "/api/field-mapping/p1", R"({"slaDays":{"critical":null}})");
    CHECK(json["own"].dump() == R"({"slaDays":{"critical":null}})");
    CHECK(json["effective"]["labels"].texts() == std::vector<std::string>{"org"});
    CHECK(json["effective"]["slaDays"]["critical"].isNull());
    CHECK(json["effective"]["slaDays"]["high"].number() == 30);
    CHECK(json["inherited"]["slaDays"]["critical"].number() == 1);
    CHECK(send("DELETE", "/api/field-mapping/payments-api").status == 204);
    CHECK(ask("GET", "/api/field-mapping/p1")["own"].dump() == "{}");
    CHECK(ask("GET", "/api/field-mapping")["effective"]["slaDays"]["critical"].number() == 1);
}

TEST_CASE_METHOD(World, "a project's priorities and assignee are held against its Jira project",
                 "[settings]") {
    ask("PUT", "/api/field-mapping/p1", R"({"priorities":{"high":"77"}})"); // not mapped: nothing to ask
    mapPayments();
    CHECK(refusal("PUT", "/api/field-mapping/p1", R"({"priorities":{"high":"77"}})") ==
          "422 invalid_mapping priorities.high");
    CHECK(refusal("PUT", "/api/field-mapping/p1", R"({"assignee":{"accountId":"nobody"}})") ==
          "422 invalid_mapping assignee");
    ask("PUT", "/api/field-mapping/p1", R"({"priorities":{"high":"2"},"assignee":{"accountId":"acc-ann"}})");
}

TEST_CASE_METHOD(World, "Jira's metadata is shown with who fills each field", "[settings]") {
    samples::add(atlassian->screen, samples::field("customfield_1", "string", true));
    const auto json = ask("GET", "/api/jira/projects/PAY/issue-types/Bug/fields");
    std::map<std::string, std::string> filledBy;
    for (const auto& field : json["fields"].items())
        filledBy[field["id"].text()] = field["filledBy"].text();
    CHECK(filledBy["customfield_1"] == "admin");
    CHECK(filledBy["reporter"] == "jira");
    CHECK(filledBy["summary"] == "mapping");
    for (const auto& field : json["fields"].items())
        if (field["id"].text() == "customfield_1") {
            CHECK(field["editor"].text() == "text");
            CHECK(field["custom"].isNull());
            CHECK(field["canBeSet"].truth());
        }
    CHECK(json["priorities"].size() == 5);
    CHECK(json["suggestedPriorities"]["critical"].text() == "1");
    CHECK(json["suggestedPriorities"]["info"].text() == "5");

    CHECK(ask("GET", "/api/jira/projects/10000/issue-types")["issueTypes"].size() == 3);
    CHECK(ask("GET", "/api/jira/projects/PAY/assignable-users?query=ann")["users"][0]["accountId"].text() ==
          "acc-ann");
    CHECK(refusal("GET", "/api/jira/projects/NOPE/issue-types") == "404 not_found");
    CHECK(refusal("GET", "/api/jira/projects/PAY/issue-types/77/fields") == "404 not_found");
}

TEST_CASE_METHOD(World, "an empty list of Jira projects says why", "[settings]") {
    CHECK(ask("GET", "/api/jira/projects")["notice"].isNull());
    atlassian->hasNoProjects = true;
    CHECK(ask("GET", "/api/jira/projects")["notice"]["message"].text() == "No Jira projects found.");
    CHECK(ask("GET", "/api/jira/projects?query=zzz")["notice"].isNull());
}
