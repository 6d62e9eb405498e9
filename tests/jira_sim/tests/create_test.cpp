#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

namespace {

std::string text(std::size_t length) {
    return std::string(length, 'x');
}

/// The error text for one field when creating with `fields`.
std::string refusal(Sim& sim, const std::string& field, const std::string& fields) {
    const Answer answer = sim.create(fields);
    CHECK(answer.status == 400);
    return errorOf(answer, field);
}

std::string document(const std::string& text) {
    return R"({"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":")" +
           text + R"("}]}]})";
}

} // namespace

TEST_CASE("creating answers id, key and a self link through the gateway, and reading gives the issue back",
          "[create]") {
    Sim sim;
    const Answer created = sim.create(
        R"({"summary":"SQL injection","priority":{"id":"2"},"labels":["b","a"],"duedate":"2026-12-31",)"
        R"("description":)" +
        document("Bind it") + R"(,"assignee":{"accountId":")" + sim.accountId("Jonas Weber") + "\"}}");
    REQUIRE(created.status == 201);
    CHECK(created.textAt("key") == "PAY-1");
    CHECK(created.textAt("self") ==
          sim.server.url() + "/ex/jira/" + sim.cloudId() + "/rest/api/3/issue/" + created.textAt("id"));
    const Answer read = sim.api("GET", "/issue/pay-1");
    CHECK(read.textAt("fields.summary") == "SQL injection");
    CHECK(read.textAt("fields.priority.name") == "High");
    CHECK(read.textAt("fields.labels") == R"(["a","b"])");
    CHECK(read.textAt("fields.duedate") == "2026-12-31");
    CHECK(read.textAt("fields.assignee.displayName") == "Jonas Weber");
    CHECK(read.textAt("fields.reporter.displayName") == "Sam Rivera");
    CHECK(read.textAt("fields.status.statusCategory.key") == "new");
    CHECK(read.textAt("fields.description.content.0.content.0.text") == "Bind it");
    CHECK(read.at("fields.resolution").isEmpty());
}

TEST_CASE("without a priority the project's default is set", "[create]") {
    Sim sim;
    CHECK(sim.api("GET", "/issue/" + sim.key()).textAt("fields.priority.name") == "Medium");
}

TEST_CASE("an unknown project and issue type are refused", "[create]") {
    Sim sim;
    const Answer project = sim.create(R"({"project":{"id":-100}})");
    CHECK(project.status == 400);
    CHECK(project.text == R"({"errorMessages":[],"errors":{"project":"Specify a valid project ID or key"}})");
    CHECK(refusal(sim, "project", R"({"project":null})") == "Specify a valid project ID or key");
    CHECK(refusal(sim, "issuetype", R"({"issuetype":{"id":"99999"}})") ==
          "The issue type selected is invalid.");
    CHECK(refusal(sim, "issuetype", R"({"project":{"key":"AUTH"},"issuetype":{"name":"Epic"}})") ==
          "The issue type selected is invalid.");
    CHECK(refusal(sim, "issuetype", R"({"issuetype":null})") == "Specify an issue type");
}

TEST_CASE("a project without permission to create is refused by its project field", "[create]") {
    Sim sim;
    sim.world(R"({"op":"deny","project":"PAY","account":"Sam Rivera","permission":"CREATE_ISSUES"})");
    CHECK(refusal(sim, "project", "{}") == "You do not have permission to create issues in this project.");
    sim.world(R"({"op":"deny","project":"PAY","account":"Sam Rivera","permission":"BROWSE_PROJECTS"})");
    CHECK(refusal(sim, "project", "{}") == "Specify a valid project ID or key");
}

TEST_CASE("a summary must be there, on one line and within 255 UTF-16 units", "[create]") {
    Sim sim;
    CHECK(refusal(sim, "summary", R"({"summary":null})") == "You must specify a summary of the issue.");
    CHECK(refusal(sim, "summary", R"({"summary":"  "})") == "You must specify a summary of the issue.");
    CHECK(refusal(sim, "summary", R"({"summary":5})") == "Operation value must be a string");
    CHECK(refusal(sim, "summary", R"({"summary":"two\nlines"})") ==
          "The summary is invalid because it contains newline characters.");
    CHECK(refusal(sim, "summary", R"({"summary":")" + text(256) + "\"}") ==
          "Summary can't exceed 255 characters.");
    CHECK(sim.create(R"({"summary":")" + text(255) + "\"}").status == 201);
    std::string emoji;
    for (int i = 0; i < 128; ++i)
        emoji += "\xF0\x9F\x98\x80"; // two units each
    CHECK(refusal(sim, "summary", R"({"summary":")" + emoji + "\"}") ==
          "Summary can't exceed 255 characters.");
}

TEST_CASE("an unknown priority and one outside the project's scheme are refused", "[create]") {
    Sim sim;
    CHECK(refusal(sim, "priority", R"({"priority":{"name":"BLARG"}})") ==
          "Priority name 'BLARG' is not valid");
    CHECK(refusal(sim, "priority", R"({"priority":{"id":"99"}})") == "The priority selected is invalid.");
    CHECK(refusal(sim, "priority", R"({"project":{"key":"LEG"},"priority":{"id":"1"}})") ==
          "The priority selected is invalid.");
    CHECK(sim.create(R"({"project":{"key":"LEG"},"priority":{"id":"2"}})").status == 201);
    CHECK(refusal(sim, "priority", R"({"priority":"High"})") == "data was not an object");
    CHECK(refusal(sim, "priority", R"({"priority":{"id":2}})") ==
          "Could not find valid 'id' or 'name' in priority object.");
}

TEST_CASE("a field that is not on the screen cannot be set", "[create]") {
    Sim sim;
    CHECK(refusal(sim, "priority",
                  R"({"project":{"key":"OPS"},"issuetype":{"name":"Task"},"priority":{"id":"2"}})") ==
          "Field 'priority' cannot be set. It is not on the appropriate screen, or unknown.");
    CHECK(refusal(sim, "customfield_99999", R"({"customfield_99999":"x"})") ==
          "Field 'customfield_99999' cannot be set. It is not on the appropriate screen, or unknown.");
    sim.connect(allScopes, "Priya Natarajan"); // no Modify Reporter
    CHECK(refusal(sim, "reporter", R"({"reporter":{"id":"x"}})") ==
          "Field 'reporter' cannot be set. It is not on the appropriate screen, or unknown.");
}

TEST_CASE("labels with white space or over 255 characters are refused", "[create]") {
    Sim sim;
    CHECK(refusal(sim, "labels", R"({"labels":["x y"]})") ==
          "The label 'x y' contains spaces which is invalid.");
    CHECK(refusal(sim, "labels", R"({"labels":["x\ty"]})").find("contains spaces") != std::string::npos);
    CHECK(refusal(sim, "labels", R"({"labels":["ok",")" + text(256) + "\"]}").find("255") !=
          std::string::npos);
    CHECK(sim.create(R"({"labels":[")" + text(255) + "\"]}").status == 201);
    CHECK(refusal(sim, "labels", R"({"labels":"one"})") == "Operation value must be an array");
    CHECK(refusal(sim, "labels", R"({"labels":[1]})") == "Operation value must be a string");
}

TEST_CASE("rich text must be a document, valid and within 32,767 characters", "[create]") {
    Sim sim;
    CHECK(refusal(sim, "description", R"({"description":"plain"})") ==
          "Operation value must be an Atlassian Document (see the Atlassian Document Format)");
    CHECK(refusal(sim, "environment", R"({"environment":"plain"})") ==
          "Operation value must be an Atlassian Document (see the Atlassian Document Format)");
    const Answer broken =
        sim.create(R"({"description":{"type":"doc","version":1,"content":[{"type":"nonsense"}]}})");
    CHECK(broken.status == 400);
    CHECK(broken.text == R"({"errorMessages":["INVALID_INPUT"],"errors":{}})");
    CHECK(refusal(sim, "description", R"({"description":)" + document(text(32768)) + "}") ==
          "The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
    CHECK(sim.create(R"({"description":)" + document(text(32767)) + "}").status == 201);
    CHECK(sim.create(R"({"description":null})").status == 201);
}

TEST_CASE("a due date is a real day written yyyy-MM-dd", "[create]") {
    Sim sim;
    for (const char* bad : {"31.12.2026", "2026-02-30", "2026-1-1", "tomorrow"})
        CHECK(refusal(sim, "duedate", std::string(R"({"duedate":")") + bad + "\"}") ==
              std::string("Error parsing date string: ") + bad);
    CHECK(refusal(sim, "duedate", R"({"duedate":20261231})") == "Operation value must be a string");
}

TEST_CASE("an assignee must exist and be assignable in the project", "[create]") {
    Sim sim;
    const std::string mei = sim.accountId("Mei Tanaka"), carla = sim.accountId("Carla Souza");
    CHECK(refusal(sim, "assignee", R"({"assignee":{"accountId":"nobody"}})") ==
          "Account ID 'nobody' does not exist for the field 'assignee'.");
    CHECK(refusal(sim, "assignee", R"({"assignee":{"accountId":")" + mei + "\"}}") ==
          "User 'Mei Tanaka' cannot be assigned issues.");
    CHECK(sim.create(R"({"project":{"key":"AUTH"},"assignee":{"id":")" + mei + "\"}}").status == 201);
    CHECK(refusal(sim, "assignee", R"({"assignee":{"accountId":")" + carla + "\"}}") ==
          "User 'Carla Souza' cannot be assigned issues.");
    CHECK(refusal(sim, "assignee", R"({"assignee":"Jonas"})") == "data was not an object");
    CHECK(sim.create(R"({"assignee":null})").status == 201);
    sim.world(R"({"op":"make-unassignable","project":"AUTH","account":"Mei Tanaka"})");
    CHECK(refusal(sim, "assignee", R"({"project":{"key":"AUTH"},"assignee":{"id":")" + mei + "\"}}") ==
          "User 'Mei Tanaka' cannot be assigned issues.");
}

TEST_CASE("a required custom field is demanded by its name, and its options are checked", "[create]") {
    Sim sim;
    const std::string base = R"({"project":{"key":"CMP"},"issuetype":{"name":"Task"})";
    CHECK(refusal(sim, "customfield_10050", base + "}") == "Risk class is required.");
    CHECK(refusal(sim, "customfield_10050", base + R"(,"customfield_10050":{"id":"1"}})") ==
          "Option id '1' is not valid");
    CHECK(refusal(sim, "customfield_10050", base + R"(,"customfield_10050":"A"})") ==
          "Specify a valid 'id' or 'value' for Risk class");
    const Answer created = sim.create(base + R"(,"customfield_10050":{"value":"B - elevated"}})");
    REQUIRE(created.status == 201);
    CHECK(sim.api("GET", "/issue/" + created.textAt("key")).textAt("fields.customfield_10050.id") == "10101");
}

TEST_CASE("all kinds of custom fields take their values and refuse others", "[create]") {
    Sim sim;
    const std::string base = R"({"project":{"key":"CMP"},"issuetype":{"name":"Bug"},)";
    const std::string sam = sim.accountId("Sam Rivera");
    const std::pair<const char*, std::string> good[] = {
        {"customfield_10016", "3.5"},
        {"customfield_10051", R"([{"value":"GDPR"},{"id":"10112"}])"},
        {"customfield_10052", R"("2026-11-01")"},
        {"customfield_10053", R"("2026-11-01T10:00:00.000+0000")"},
        {"customfield_10054", R"("semgrep")"},
        {"customfield_10055", document("seen")},
        {"customfield_10056", R"("https://example.org")"},
        {"customfield_10057", R"({"accountId":")" + sam + "\"}"},
        {"customfield_10058", R"([{"accountId":")" + sam + "\"}]"},
        {"customfield_10059", R"({"value":"Cloud","child":{"value":"Storage"}})"},
        {"customfield_10060", R"(["CWE-89"])"},
        {"customfield_10061", R"({"id":"10131"})"},
    };
    for (const auto& [field, value] : good) {
        INFO(field);
        const Answer answer = sim.create(base + "\"" + field + "\":" + value + "}");
        CHECK(answer.status == 201);
        CHECK_FALSE(
            sim.api("GET", "/issue/" + answer.textAt("key")).textAt(std::string("fields.") + field).empty());
        CHECK_FALSE(refusal(sim, field, base + "\"" + field + "\":true}").empty());
    }
    CHECK(refusal(sim, "customfield_10059",
                  base + R"("customfield_10059":{"value":"Cloud","child":{"value":"?"}}})") ==
          "Option value '?' is not valid");
}

TEST_CASE("a parent must be an epic, given as an object", "[create]") {
    Sim sim;
    const std::string epic = sim.key(R"({"issuetype":{"name":"Epic"}})"), bug = sim.key();
    CHECK(refusal(sim, "parent", R"({"parent":"PAY-1"})") == "data was not an object");
    CHECK(refusal(sim, "parent", R"({"parent":{"key":"PAY-99"}})") == "Could not find issue by id or key.");
    CHECK(refusal(sim, "parent", R"({"parent":{"key":")" + bug + "\"}}") ==
          "Given parent work item does not belong to appropriate hierarchy.");
    const std::string child = sim.key(R"({"parent":{"key":")" + epic + "\"}}");
    CHECK(sim.api("GET", "/issue/" + child).textAt("fields.parent.key") == epic);
}

TEST_CASE("all problems of an issue are reported together", "[create]") {
    Sim sim;
    const Answer answer = sim.create(R"({"summary":"a\nb","labels":["x y"],"duedate":"never"})");
    CHECK(json::asObject(answer.at("errors"))->size() == 3);
}

TEST_CASE("a field may be set or updated, not both, and properties are stored", "[create]") {
    Sim sim;
    const std::string fields =
        R"("fields":{"project":{"key":"PAY"},"issuetype":{"name":"Bug"},"summary":"s","labels":["a"]})";
    const Answer both = sim.api("POST", "/issue", "{" + fields + R"(,"update":{"labels":[{"add":"b"}]}})");
    CHECK_FALSE(errorOf(both, "labels").empty());
    const Answer created = sim.api(
        "POST", "/issue", "{" + fields + R"(,"properties":[{"key":"aspm","value":{"finding":"7"}}]})");
    REQUIRE(created.status == 201);
    CHECK(sim.api("GET", "/issue/" + created.textAt("key") + "/properties/aspm").textAt("value.finding") ==
          "7");
    std::string many;
    for (int i = 0; i < 11; ++i)
        many += (i == 0 ? "" : ",") + std::string(R"({"key":"k)") + std::to_string(i) + R"(","value":1})";
    CHECK(sim.api("POST", "/issue", "{" + fields + R"(,"properties":[)" + many + "]}").status == 400);
}

TEST_CASE("a deleted issue is gone, and its key is not given again", "[create]") {
    Sim sim;
    const std::string key = sim.key();
    CHECK(sim.api("DELETE", "/issue/" + key).status == 204);
    const Answer read = sim.api("GET", "/issue/" + key);
    CHECK(read.status == 404);
    CHECK(
        read.text ==
        R"({"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}})");
    CHECK(sim.key() == "PAY-2");
}
