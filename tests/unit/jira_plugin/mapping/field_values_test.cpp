#include <catch2/catch.hpp>

#include "mapping/extra_fields.hpp"
#include "mapping/field_kind.hpp"
#include "mapping/json_reader.hpp"
#include "samples.hpp"

using namespace jira_plugin;
using mapping::normaliseFieldValue;

namespace {

jira::FieldMeta custom(const std::string& type, const std::string& customType,
                       const std::string& items = "") {
    auto field = samples::field("customfield_1", type);
    field.name = "Field";
    field.items = items;
    field.custom = "com.atlassian.jira.plugin.system.customfieldtypes:" + customType;
    return field;
}

jira::FieldMeta withOptions(jira::FieldMeta field) {
    field.allowedValues = {{"1", "Red"}, {"2", "1"}, {"3", "Blue", {{"31", "Navy"}, {"32", "Sky"}}}};
    return field;
}

/// What is said of a value that does not fit.
std::string refusal(const jira::FieldMeta& field, const std::string& json) {
    try {
        return "taken as " + normaliseFieldValue(field, json);
    } catch (const std::invalid_argument& e) {
        return e.what();
    }
}

} // namespace

TEST_CASE("every kind of field is known by its schema and has an editor", "[mapping]") {
    const auto editor = [](const jira::FieldMeta& field) {
        return std::string(mapping::toString(mapping::kindOf(field)));
    };
    CHECK(editor(custom("string", "textfield")) == "text");
    CHECK(editor(custom("string", "textarea")) == "richText");
    CHECK(editor(samples::field("environment", "string")) == "richText");
    CHECK(editor(custom("string", "url")) == "url");
    CHECK(editor(custom("number", "float")) == "number");
    CHECK(editor(custom("date", "datepicker")) == "date");
    CHECK(editor(custom("datetime", "datetime")) == "datetime");
    CHECK(editor(withOptions(custom("option", "select"))) == "select");
    CHECK(editor(withOptions(custom("version", "version"))) == "select");
    CHECK(editor(withOptions(custom("project", "project"))) == "select");
    CHECK(editor(withOptions(custom("array", "multiselect", "option"))) == "multiSelect");
    CHECK(editor(custom("array", "", "component")) == "multiSelect");
    CHECK(editor(withOptions(custom("option-with-child", "cascadingselect"))) == "cascade");
    CHECK(editor(custom("user", "userpicker")) == "user");
    CHECK(editor(custom("array", "multiuserpicker", "user")) == "multiUser");
    CHECK(editor(custom("group", "grouppicker")) == "group");
    CHECK(editor(custom("array", "multigrouppicker", "group")) == "multiGroup");
    CHECK(editor(custom("array", "labels", "string")) == "labels");
    CHECK(editor(custom("any", "gh-epic-link")) == "json");
    CHECK(editor(custom("array", "gh-sprint", "json")) == "json");
}

TEST_CASE("an option is found by id, value, name or word, and becomes its id", "[mapping]") {
    const auto field = withOptions(custom("option", "select"));
    CHECK(normaliseFieldValue(field, R"({"id":"1"})") == R"({"id":"1"})");
    CHECK(normaliseFieldValue(field, R"({"id":1})") == R"({"id":"1"})");
    CHECK(normaliseFieldValue(field, R"({"value":"red"})") == R"({"id":"1"})");
    CHECK(normaliseFieldValue(field, R"({"name":"Blue"})") == R"({"id":"3"})");
    // A word is a name before it is an id: people write names.
    CHECK(normaliseFieldValue(field, R"("1")") == R"({"id":"2"})");
    CHECK(normaliseFieldValue(field, R"("3")") == R"({"id":"3"})");
    CHECK(refusal(field, R"({"id":"Red"})") == "'Field' takes one of its options: Red, 1, Blue.");
    CHECK(refusal(field, "\"Green\"") == "'Field' takes one of its options: Red, 1, Blue.");
    CHECK(refusal(custom("option", "select"), "\"Red\"") ==
          "'Field' takes one of its options, and Jira offers none.");
}

TEST_CASE("lists hold each value once, and at least one", "[mapping]") {
    const auto field = withOptions(custom("array", "multiselect", "option"));
    CHECK(normaliseFieldValue(field, R"(["red",{"id":"3"},{"value":"Red"}])") ==
          R"([{"id":"1"},{"id":"3"}])");
    CHECK(refusal(field, "[]") == "'Field' takes a list of at least one value.");
    CHECK(refusal(field, "\"red\"") == "'Field' takes a list of at least one value.");
    CHECK(refusal(field, R"(["green"])") == "'Field' takes one of its options: Red, 1, Blue.");
}

TEST_CASE("the second choice of a cascading select is one of those below the first", "[mapping]") {
    const auto field = withOptions(custom("option-with-child", "cascadingselect"));
    const std::string navy = R"({"child":{"id":"31"},"id":"3"})";
    CHECK(normaliseFieldValue(field, R"({"value":"Blue","child":{"value":"Navy"}})") == navy);
    CHECK(normaliseFieldValue(field, R"({"id":"3","child":"navy"})") == navy);
    CHECK(normaliseFieldValue(field, navy) == navy);
    CHECK(normaliseFieldValue(field, "\"Blue\"") == R"({"id":"3"})");
    CHECK(normaliseFieldValue(field, R"({"id":"3","child":null})") == R"({"id":"3"})");
    CHECK(refusal(field, R"({"id":"3","child":{"id":"1"}})") ==
          "'Field' takes one of the options below 'Blue': Navy, Sky.");
    CHECK(refusal(field, R"({"id":"1","child":{"id":"31"}})") ==
          "'Field' takes one of the options below 'Red', and Jira offers none.");
}

TEST_CASE("numbers, dates, moments and addresses are held to their shapes", "[mapping]") {
    CHECK(normaliseFieldValue(custom("number", "float"), "2.5") == "2.5");
    CHECK(normaliseFieldValue(custom("number", "float"), "-3") == "-3");
    CHECK(refusal(custom("number", "float"), "\"3\"") == "'Field' takes a number.");
    CHECK(refusal(custom("number", "float"), "true") == "'Field' takes a number.");
    CHECK_THROWS_AS(normaliseFieldValue(custom("number", "float"), "1e999"), mapping::SettingsProblem);
    CHECK(normaliseFieldValue(custom("date", "datepicker"), "\"2026-11-01\"") == "\"2026-11-01\"");
    CHECK(refusal(custom("date", "datepicker"), "\"2026-02-30\"") == "'Field' takes a date as yyyy-MM-dd.");
    CHECK(normaliseFieldValue(custom("datetime", "datetime"), "\"2026-11-01T10:00Z\"") ==
          "\"2026-11-01T10:00:00.000+0000\"");
    CHECK_THAT(refusal(custom("datetime", "datetime"), "\"2026-11-01T10:00\""), Catch::Contains("time zone"));
    CHECK(normaliseFieldValue(custom("string", "url"), R"(" https://a.example/x?y=1 ")") ==
          R"("https://a.example/x?y=1")");
    CHECK_THAT(refusal(custom("string", "url"), "\"javascript:alert(1)\""), Catch::Contains("https://"));
    CHECK_THAT(refusal(custom("string", "url"), "\"a.example\""), Catch::Contains("https://"));
}

TEST_CASE("texts are cleaned and as long as Jira takes them", "[mapping]") {
    const auto line = custom("string", "textfield");
    CHECK(normaliseFieldValue(line, R"("one\ntwo")") == R"("one two")");
    CHECK(refusal(line, "\"" + std::string(256, 'x') + "\"") == "'Field' takes at most 255 characters.");
    CHECK(refusal(line, "\"  \"") == "'Field' takes a text.");
    CHECK(refusal(line, "7") == "'Field' takes a text.");
    const auto area = custom("string", "textarea");
    CHECK(normaliseFieldValue(area, R"("one\ntwo")") == R"("one\ntwo")");
    CHECK(refusal(area, "\"" + std::string(32'768, 'x') + "\"") == "'Field' takes at most 32767 characters.");
    const std::string document = R"({"content":[],"type":"doc","version":1})";
    CHECK(normaliseFieldValue(area, document) == document);
    CHECK(refusal(area, R"({"type":"paragraph"})") == "'Field' takes a text.");
}

TEST_CASE("people and groups are named by what Jira knows them by", "[mapping]") {
    CHECK(normaliseFieldValue(custom("user", "userpicker"), "\"acc-1\"") == R"({"accountId":"acc-1"})");
    CHECK(normaliseFieldValue(custom("user", "userpicker"), R"({"accountId":"acc-1","name":"Ann"})") ==
          R"({"accountId":"acc-1"})");
    CHECK_THAT(refusal(custom("user", "userpicker"), R"({"name":"Ann"})"), Catch::Contains("accountId"));
    const auto people = custom("array", "multiuserpicker", "user");
    const auto two = normaliseFieldValue(people, R"(["acc-1",{"accountId":"acc-2"},"acc-1"])");
    CHECK(two == R"([{"accountId":"acc-1"},{"accountId":"acc-2"}])");
    CHECK(mapping::peopleIn(people, two) == std::vector<std::string>{"acc-1", "acc-2"});
    CHECK(mapping::peopleIn(custom("string", "textfield"), "\"acc-1\"").empty());
    CHECK(normaliseFieldValue(custom("group", "grouppicker"), "\"security\"") == R"({"name":"security"})");
    CHECK(normaliseFieldValue(custom("group", "grouppicker"), R"({"groupId":"g-1"})") ==
          R"({"groupId":"g-1"})");
    CHECK(normaliseFieldValue(custom("array", "multigrouppicker", "group"), R"([{"name":"a"},"b"])") ==
          R"([{"name":"a"},{"name":"b"}])");
    CHECK_THAT(refusal(custom("group", "grouppicker"), "{}"), Catch::Contains("\"name\""));
}

TEST_CASE("labels are words; lists of an app's own texts may have blanks", "[mapping]") {
    const auto labels = custom("array", "labels", "string");
    CHECK(normaliseFieldValue(labels, R"(["CWE-89","x","x"])") == R"(["CWE-89","x"])");
    CHECK(refusal(labels, R"(["two words"])") == "'Field' takes words without blanks.");
    CHECK(refusal(labels, R"([""])") == "'Field' takes words without blanks.");
    auto app = custom("array", "", "string");
    app.custom = "com.example.app:tags";
    CHECK(normaliseFieldValue(app, R"(["two words"])") == R"(["two words"])");
}

TEST_CASE("what only an app understands is passed on; what cannot be set is refused", "[mapping]") {
    CHECK(normaliseFieldValue(custom("any", "x"), R"({"a":[1]})") == R"({"a":[1]})");
    CHECK(normaliseFieldValue(samples::field("parent", "issuelink"), "\"PAY-1\"") == R"({"key":"PAY-1"})");
    CHECK(normaliseFieldValue(samples::field("timetracking", "timetracking"),
                              R"({"originalEstimate":"2d"})") == R"({"originalEstimate":"2d"})");
    CHECK(refusal(custom("any", "x"), "null") == "'Field' takes a value.");
    auto attachment = samples::field("attachment", "array");
    attachment.canBeSet = false;
    CHECK_THAT(refusal(attachment, "[1]"), Catch::Contains("cannot be given when a ticket is created"));
}
