#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

TEST_CASE("an edit changes what it names and nothing else", "[edit]") {
    Sim sim;
    const std::string key = sim.key(R"({"labels":["theirs"],"duedate":"2026-12-31"})");
    CHECK(sim.api("PUT", "/issue/" + key,
                  R"({"fields":{"summary":"New"},"update":{"labels":[{"add":"ours"}]}})")
              .status == 204);
    const Answer read = sim.api("GET", "/issue/" + key);
    CHECK(read.textAt("fields.summary") == "New");
    CHECK(read.textAt("fields.labels") == R"(["ours","theirs"])");
    CHECK(read.textAt("fields.duedate") == "2026-12-31");
    CHECK(sim.api("PUT", "/issue/" + key,
                  R"({"update":{"labels":[{"remove":"theirs"}]},"fields":{"duedate":null}})")
              .status == 204);
    CHECK(sim.api("GET", "/issue/" + key).textAt("fields.labels") == R"(["ours"])");
    CHECK(sim.api("GET", "/issue/" + key).at("fields.duedate").isEmpty());
}

TEST_CASE("an edit with one bad field changes nothing", "[edit]") {
    Sim sim;
    const std::string key = sim.key();
    const Answer answer =
        sim.api("PUT", "/issue/" + key, R"({"fields":{"summary":"New","resolution":{"id":"10000"}}})");
    CHECK(answer.status == 400);
    CHECK(errorOf(answer, "resolution") ==
          "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown.");
    CHECK(sim.api("GET", "/issue/" + key).textAt("fields.summary") == "A finding");
}

TEST_CASE("an edit needs something to do and an issue to do it on", "[edit]") {
    Sim sim;
    const std::string key = sim.key();
    CHECK(sim.api("PUT", "/issue/" + key, "{}").text ==
          R"({"errorMessages":["one of 'fields' or 'update' required"],"errors":{}})");
    CHECK(sim.api("PUT", "/issue/PAY-99", R"({"fields":{"summary":"x"}})").status == 404);
    CHECK(sim.api("PUT", "/issue/" + key, R"({"update":{"labels":[{"explode":"x"}]}})").status == 400);
    CHECK(errorOf(sim.api("PUT", "/issue/" + key, R"({"fields":{"summary":null}})"), "summary") ==
          "You must specify a summary of the issue.");
}

TEST_CASE("returnIssue answers the edited issue", "[edit]") {
    Sim sim;
    const std::string key = sim.key();
    const Answer answer =
        sim.api("PUT", "/issue/" + key + "?returnIssue=true", R"({"fields":{"summary":"New"}})");
    CHECK(answer.status == 200);
    CHECK(answer.textAt("fields.summary") == "New");
}

TEST_CASE("the assignee is set and cleared on its own path", "[edit]") {
    Sim sim;
    const std::string key = sim.key();
    CHECK(sim.api("PUT", "/issue/" + key + "/assignee",
                  R"({"accountId":")" + sim.accountId("Jonas Weber") + "\"}")
              .status == 204);
    CHECK(sim.api("GET", "/issue/" + key).textAt("fields.assignee.displayName") == "Jonas Weber");
    CHECK(sim.api("PUT", "/issue/" + key + "/assignee", R"({"accountId":null})").status == 204);
    CHECK(sim.api("GET", "/issue/" + key).at("fields.assignee").isEmpty());
}

TEST_CASE("edits leave a changelog with ids and texts", "[edit]") {
    Sim sim;
    const std::string key = sim.key();
    sim.api("PUT", "/issue/" + key, R"({"fields":{"priority":{"id":"1"},"labels":["a","b"]}})");
    const Answer log = sim.api("GET", "/issue/" + key + "/changelog");
    CHECK(log.textAt("total") == "1");
    CHECK(log.textAt("values.0.author.displayName") == "Sam Rivera");
    CHECK(log.textAt("values.0.items.0.fieldId") == "priority");
    CHECK(log.textAt("values.0.items.0.from") == "3");
    CHECK(log.textAt("values.0.items.0.toString") == "Highest");
    CHECK(log.textAt("values.0.items.1.toString") == "a b");
    CHECK(json::isString(log.at("values.0.items.1.fromString")));
    CHECK(sim.api("GET", "/issue/" + key + "?expand=changelog").textAt("changelog.total") == "1");
}

TEST_CASE("bulkfetch gives issues by id and key and names those it cannot give", "[edit]") {
    Sim sim;
    const std::string key = sim.key();
    const std::string id = sim.api("GET", "/issue/" + key).textAt("id");
    const Answer answer =
        sim.api("POST", "/issue/bulkfetch",
                R"({"issueIdsOrKeys":[")" + key + "\",\"" + id + R"(","PAY-99"],"fields":["status"]})");
    CHECK(json::asArray(answer.at("issues"))->size() == 2);
    CHECK(answer.textAt("issues.0.fields.status.name") == "To Do");
    CHECK(json::asObject(answer.at("issues.0.fields"))->size() == 1);
    CHECK(answer.textAt("issueErrors.0.id") == "PAY-99");
    CHECK(sim.api("POST", "/issue/bulkfetch", R"({"issueIdsOrKeys":["PAY-1"],"startAt":1})").status == 400);
}

TEST_CASE("fields of an issue are chosen by name, by exclusion and by group", "[edit]") {
    Sim sim;
    const std::string key = sim.key();
    const auto names = [&](const std::string& fields) {
        return json::asObject(sim.api("GET", "/issue/" + key + "?fields=" + fields).at("fields"));
    };
    CHECK(names("summary,status")->size() == 2);
    CHECK(names("*navigable")->has("summary"));
    CHECK_FALSE(names("*navigable")->has("comment"));
    CHECK(names("*all")->has("comment"));
    CHECK_FALSE(names("-description")->has("description"));
    CHECK(names("-description")->has("summary"));
}
