#include <catch2/catch.hpp>

#include "mapping/settings_json.hpp"
#include "samples.hpp"

using namespace jira_plugin::mapping;
using jira_plugin::host::Severity;

namespace {

FieldSettings settingsOf(const std::string& json) {
    return readFieldSettings(parseJsonObject(json));
}

/// The member that a text is refused for.
std::string refusedField(const std::string& json) {
    try {
        settingsOf(json);
    } catch (const SettingsProblem& e) {
        CHECK_THAT(e.what(), Catch::EndsWith("."));
        return e.field();
    }
    return "accepted";
}

std::string refusedMapping(const std::string& json) {
    try {
        readMappingRequest(parseJsonObject(json));
    } catch (const SettingsProblem& e) {
        return e.field();
    }
    return "accepted";
}

std::size_t at(Severity severity) {
    return static_cast<std::size_t>(severity);
}

} // namespace

TEST_CASE("a field mapping is read and written without loss", "[mapping]") {
    for (
        const std::string json :
        {R"({})", R"({"assignee":null})",
         R"({"assignee":{"accountId":"a","name":"Ann"},"calendar":"business","labels":["x","{cwe}"],)"
         R"("priorities":{"critical":"1","info":null},"slaDays":{"high":3,"low":null},"timeZone":"Europe/Berlin"})"})
        CHECK(jsonText(toJson(settingsOf(json))) == json);
}

TEST_CASE("a project's settings replace the organisation's member by member", "[mapping]") {
    const auto organisation =
        settingsOf(R"({"slaDays":{"critical":1,"high":2},"labels":["org"],"priorities":{"low":"4"},)"
                   R"("assignee":{"accountId":"a"},"calendar":"business"})");
    const auto project =
        settingsOf(R"({"slaDays":{"critical":null,"low":9},"assignee":null,"timeZone":"Asia/Tokyo"})");
    const auto mapping = apply(apply(FieldMapping{}, organisation), project);
    CHECK_FALSE(mapping.slaDays[at(Severity::Critical)]);
    CHECK(mapping.slaDays[at(Severity::High)] == 2);
    CHECK(mapping.slaDays[at(Severity::Medium)] == 90);
    CHECK(mapping.slaDays[at(Severity::Low)] == 9);
    CHECK(mapping.labels == std::vector<std::string>{"org"});
    CHECK(mapping.priorityIds[at(Severity::Low)] == "4");
    CHECK(mapping.assigneeId.empty());
    CHECK(mapping.calendar == SlaCalendar::Business);
    CHECK(mapping.timeZone == "Asia/Tokyo");
}

TEST_CASE("what is wrong with a field mapping is named by its member", "[mapping]") {
    CHECK(refusedField(R"({"slaDays":{"critical":-1}})") == "slaDays.critical");
    CHECK(refusedField(R"({"slaDays":{"critical":3651}})") == "slaDays.critical");
    CHECK(refusedField(R"({"slaDays":{"critical":"7"}})") == "slaDays.critical");
    CHECK(refusedField(R"({"slaDays":{"critical":true}})") == "slaDays.critical");
    CHECK(refusedField(R"({"slaDays":{"critical":1.5}})") == "slaDays.critical");
    CHECK(refusedField(R"({"slaDays":{"critical":999999999999999}})") == "slaDays.critical");
    CHECK(refusedField(R"({"slaDays":{"urgent":1}})") == "slaDays.urgent");
    CHECK(refusedField(R"({"slaDays":[1]})") == "slaDays");
    CHECK(refusedField(R"({"priorities":{"high":2}})") == "priorities.high");
    CHECK(refusedField(R"({"labels":"x"})") == "labels");
    CHECK(refusedField(R"({"labels":["ok","{nobody}"]})") == "labels[1]");
    CHECK(refusedField(R"({"labels":[3]})") == "labels[0]");
    CHECK(refusedField(R"({"calendar":"lunar"})") == "calendar");
    CHECK(refusedField(R"({"timeZone":"Mars/Olympus"})") == "timeZone");
    CHECK(refusedField(R"({"assignee":{"accountId":""}})") == "assignee.accountId");
    CHECK(refusedField(R"({"assignee":"ann"})") == "assignee");
    CHECK(refusedField(R"({"sladays":{}})") == "sladays");
}

TEST_CASE("text that is no JSON object is refused with a sentence", "[mapping]") {
    for (const std::string& bad :
         {std::string(""), std::string("{"), std::string("[]"), std::string("7"), std::string("\"x\""),
          std::string("{\"a\":1}}"), std::string("{},{}"), std::string("{}],[{}"), std::string("1e999"),
          std::string("{\"a\":99999999999999999999}"), std::string(5000, '['),
          std::string("{\"a\":") + std::string(100000, '[')})
        CHECK_THROWS_AS(parseJsonObject(bad), SettingsProblem);
}

TEST_CASE("a mapping names its Jira project and issue type by id, key or name", "[mapping]") {
    const auto read = [](const char* json) { return readMappingRequest(parseJsonObject(json)); };
    CHECK(read(R"({"jiraProject":"PAY","issueType":"Bug"})").jiraProject == "PAY");
    CHECK(read(R"({"jiraProject":{"key":"PAY"},"issueType":{"name":"Bug"}})").issueType == "Bug");
    const auto full = read(R"({"jiraProject":{"id":"1","key":"PAY"},"issueType":{"id":"2"},
        "assignee":{"accountId":"a","name":"Ann"},"extraFields":{"customfield_1":{"id":"3"}}})");
    CHECK(full.jiraProject == "1");
    CHECK(full.issueType == "2");
    CHECK(full.assignee.accountId == "a");
    CHECK(full.extraFields.at("customfield_1") == R"({"id":"3"})");
}

TEST_CASE("what the API shows of a mapping can be sent back as it is", "[mapping]") {
    auto project = samples::project();
    project.assigneeId = "a";
    project.extraFields["customfield_1"] = "[1,2]";
    const auto request = readMappingRequest(parseJsonObject(jsonText(toJson(project))));
    CHECK(request.jiraProject == "10000");
    CHECK(request.issueType == "10004");
    CHECK(request.assignee.accountId == "a");
    CHECK(request.extraFields == project.extraFields);
}

TEST_CASE("what is wrong with a mapping is named by its member", "[mapping]") {
    CHECK(refusedMapping(R"({"issueType":"Bug"})") == "jiraProject");
    CHECK(refusedMapping(R"({"jiraProject":"PAY"})") == "issueType");
    CHECK(refusedMapping(R"({"jiraProject":"PAY","issueType":3})") == "issueType");
    CHECK(refusedMapping(R"({"jiraProject":{"url":"x"},"issueType":"Bug"})") == "jiraProject.url");
    CHECK(refusedMapping(R"({"jiraProject":"PAY","issueType":"Bug","asignee":null})") == "asignee");
    CHECK(refusedMapping(R"({"jiraProject":"PAY","issueType":"Bug","extraFields":{"summary":"x"}})") ==
          "extraFields.summary");
}
