#include <catch2/catch.hpp>

#include "http/exchange.hpp"
#include "sim_client.hpp"

using namespace sim_test;

namespace {

/// The element of an array of objects whose member has the value.
json::ObjectPtr find(const json::Value& list, const char* member, const std::string& value) {
    if (json::ArrayPtr array = json::asArray(list))
        for (const json::Value& item : *array)
            if (json::memberString(json::asObject(item), member) == value)
                return json::asObject(item);
    return {};
}

std::size_t sizeOf(const json::Value& list) {
    json::ArrayPtr array = json::asArray(list);
    return array.isNull() ? 0 : array->size();
}

} // namespace

TEST_CASE("serverInfo gives the browse address and says Cloud", "[metadata]") {
    jira_sim::Config config;
    config.siteUrl = "https://acme.atlassian.net";
    Sim sim(config);
    const Answer answer = sim.api("GET", "/serverInfo");
    CHECK(answer.textAt("baseUrl") == "https://acme.atlassian.net");
    CHECK(answer.textAt("deploymentType") == "Cloud");
}

TEST_CASE("projects are paged, searched and limited to a hundred a page", "[metadata]") {
    jira_sim::Config config;
    config.world.extraProjects = 150;
    Sim sim(config);
    const Answer first = sim.api("GET", "/project/search?maxResults=500");
    CHECK(first.textAt("maxResults") == "100");
    CHECK(first.textAt("total") == "156");
    CHECK(first.textAt("isLast") == "false");
    CHECK(sizeOf(first.at("values")) == 100);
    const std::string next = first.textAt("nextPage");
    const Answer second = sim.api("GET", next.substr(next.find("/project/search")));
    CHECK(sizeOf(second.at("values")) == 56);
    CHECK(second.textAt("isLast") == "true");

    const Answer found = sim.api("GET", "/project/search?query=payments");
    CHECK(sizeOf(found.at("values")) == 1);
    CHECK(found.textAt("values.0.key") == "PAY");
    const Answer mobile = sim.api("GET", "/project/search?keys=MOB");
    CHECK(mobile.textAt("values.0.style") == "next-gen");
    CHECK(mobile.textAt("values.0.simplified") == "true");

    sim.world(R"({"op":"deny","project":"PAY","account":"Sam Rivera","permission":"CREATE_ISSUES"})");
    CHECK(sizeOf(sim.api("GET", "/project/search?query=payments&action=create").at("values")) == 0);
    CHECK(sizeOf(sim.api("GET", "/project/search?query=payments&action=view").at("values")) == 1);
    CHECK(sim.api("GET", "/project/search?action=dance").status == 400);
}

TEST_CASE("a project lists its issue types and statuses with their categories", "[metadata]") {
    Sim sim;
    const Answer project = sim.api("GET", "/project/AUTH");
    CHECK(sizeOf(project.at("issueTypes")) == 2);
    const Answer statuses = sim.api("GET", "/project/PAY/statuses");
    CHECK(statuses.textAt("0.statuses.2.statusCategory.key") == "done");
    const Answer none = sim.api("GET", "/project/NONE");
    CHECK(none.status == 404);
    CHECK(none.text == R"({"errorMessages":["No project could be found with key 'NONE'."],"errors":{}})");
}

TEST_CASE("create metadata lists the issue types of a project, paged", "[metadata]") {
    Sim sim;
    const Answer page = sim.api("GET", "/issue/createmeta/PAY/issuetypes?maxResults=3");
    CHECK(page.textAt("total") == "4");
    CHECK(sizeOf(page.at("issueTypes")) == 3);
    CHECK(sizeOf(sim.api("GET", "/issue/createmeta/PAY/issuetypes?startAt=3").at("issueTypes")) == 1);
    const Answer tooMany = sim.api("GET", "/issue/createmeta/PAY/issuetypes?maxResults=201");
    CHECK(tooMany.status == 400);
    CHECK(tooMany.text ==
          R"({"errorMessages":["Parameter 'maxResults' must not exceed the limit '200'."],"errors":{}})");
    CHECK(sim.api("GET", "/issue/createmeta/NONE/issuetypes").status == 400);
}

TEST_CASE("create metadata lists the fields of the screen with schema, default and allowed values",
          "[metadata]") {
    Sim sim;
    const Answer page = sim.api("GET", "/issue/createmeta/CMP/issuetypes/10002");
    json::ObjectPtr risk = find(page.at("fields"), "fieldId", "customfield_10050");
    REQUIRE_FALSE(risk.isNull());
    CHECK(risk->getValue<bool>("required"));
    CHECK_FALSE(risk->getValue<bool>("hasDefaultValue"));
    CHECK(sizeOf(risk->get("allowedValues")) == 3);
    json::ObjectPtr priority = find(page.at("fields"), "fieldId", "priority");
    CHECK(priority->getValue<bool>("hasDefaultValue"));
    CHECK(json::memberString(json::asObject(priority->get("defaultValue")), "id") == "3");
    CHECK(sizeOf(priority->get("allowedValues")) == 5);

    CHECK(find(sim.api("GET", "/issue/createmeta/OPS/issuetypes/10002").at("fields"), "fieldId", "priority")
              .isNull());
    const Answer legacy = sim.api("GET", "/issue/createmeta/LEG/issuetypes/10004");
    CHECK(sizeOf(find(legacy.at("fields"), "fieldId", "priority")->get("allowedValues")) == 3);
    CHECK(sizeOf(sim.api("GET", "/issue/createmeta/PAY/issuetypes/10004?maxResults=5").at("fields")) == 5);
}

TEST_CASE("the reporter is listed only to those who may set it", "[metadata]") {
    Sim sim;
    CHECK_FALSE(
        find(sim.api("GET", "/issue/createmeta/PAY/issuetypes/10004").at("fields"), "fieldId", "reporter")
            .isNull());
    sim.connect(allScopes, "Priya Natarajan");
    CHECK(find(sim.api("GET", "/issue/createmeta/PAY/issuetypes/10004").at("fields"), "fieldId", "reporter")
              .isNull());
}

TEST_CASE("a field made required later shows in the metadata and in the refusals", "[metadata]") {
    Sim sim;
    sim.world(R"({"op":"require-field","project":"PAY","issueType":"Bug","field":"customfield_10054"})");
    json::ObjectPtr field = find(sim.api("GET", "/issue/createmeta/PAY/issuetypes/10004").at("fields"),
                                 "fieldId", "customfield_10054");
    REQUIRE_FALSE(field.isNull());
    CHECK(field->getValue<bool>("required"));
    CHECK(errorOf(sim.create(), "customfield_10054") == "Scanner is required.");
}

TEST_CASE("priorities come whole, by project and by id", "[metadata]") {
    Sim sim;
    CHECK(sizeOf(sim.api("GET", "/priority").json) == 5);
    CHECK(sim.api("GET", "/priority/1").textAt("name") == "Highest");
    CHECK(sim.api("GET", "/priority/77").status == 404);
    const Answer legacy = sim.api("GET", "/priority/search?projectId=10005");
    CHECK(legacy.textAt("total") == "3");
    CHECK(legacy.textAt("values.0.isDefault") == "false");
}

TEST_CASE("assignable users are found by name, address and account id, per project", "[metadata]") {
    Sim sim;
    CHECK(sizeOf(sim.api("GET", "/user/assignable/search?project=PAY").json) == 3);
    CHECK(sim.api("GET", "/user/assignable/search?project=PAY&query=web").textAt("0.displayName") ==
          "Jonas Weber");
    CHECK(sim.api("GET", "/user/assignable/search?project=PAY&query=priya%40acme").textAt("0.displayName") ==
          "Priya Natarajan");
    const std::string mei = jira_sim::percentEncode(sim.accountId("Mei Tanaka"));
    CHECK(sim.api("GET", "/user/assignable/search?project=PAY&accountId=" + mei).text == "[]");
    CHECK(sizeOf(sim.api("GET", "/user/assignable/search?project=AUTH&accountId=" + mei).json) == 1);
    CHECK(sim.api("GET", "/user/assignable/search").status == 400);
    CHECK(sim.api("GET", "/user/assignable/search?project=NONE").status == 404);
    const Answer user = sim.api("GET", "/user?accountId=" + mei);
    CHECK(user.textAt("displayName") == "Mei Tanaka");
    CHECK_FALSE(user.object()->has("emailAddress"));
    CHECK(sim.api("GET", "/user?accountId=nobody").status == 404);
}

TEST_CASE("mypermissions demands the keys and names unknown ones", "[metadata]") {
    Sim sim;
    CHECK(sim.api("GET", "/mypermissions").status == 400);
    const Answer unknown = sim.api("GET", "/mypermissions?permissions=CREATE_ISSUES,FLY");
    CHECK(unknown.status == 400);
    CHECK(errorOf(unknown, "FLY") == "Unrecognized permission");
    const Answer known = sim.api("GET", "/mypermissions?permissions=CREATE_ISSUES,ADMINISTER&projectKey=PAY");
    CHECK(known.textAt("permissions.CREATE_ISSUES.havePermission") == "true");
    CHECK(known.textAt("permissions.ADMINISTER.type") == "GLOBAL");
    sim.world(R"({"op":"deny","project":"PAY","account":"Sam Rivera","permission":"CREATE_ISSUES"})");
    CHECK(sim.api("GET", "/mypermissions?permissions=CREATE_ISSUES&projectKey=PAY")
              .textAt("permissions.CREATE_ISSUES.havePermission") == "false");
}
