#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;

namespace {

/// Moves a queued finding to Parked, as the worker does when a person must act.
void park(World& world, const std::string& finding, const std::string& cause) {
    const auto row = world.parts.outbox.find(acme, finding);
    REQUIRE(row);
    store::OutboxChange change;
    change.finding = finding;
    change.revision = row->revision;
    change.state = store::OutboxState::Parked;
    change.cause = cause;
    change.message = "Jira said no: <b>" + cause + "</b>";
    change.remedy = "Change the mapping.";
    REQUIRE(world.parts.outbox.apply(acme, {change}, world.hosting.nowMs()).size() == 1);
}

} // namespace

TEST_CASE_METHOD(World, "a preview shows the ticket, the exact payload and what would be left out",
                 "[settings]") {
    mapPayments();
    atlassian->screen.erase("duedate");
    const auto json = ask("POST", "/api/preview", R"({"finding":"f-1"})");
    CHECK(json["ticket"]["project"].text() == "PAY");
    CHECK(json["ticket"]["issueType"].text() == "Bug");
    CHECK(json["ticket"]["priority"].text() == "Highest");
    CHECK(json["ticket"]["dueDate"].isNull());
    CHECK_THAT(json["ticket"]["description"].text(), Catch::Contains("src/read.c:42"));
    CHECK(json["payload"]["fields"]["summary"].text() == "Possible buffer overflow in read_line");
    CHECK_THAT(json["notes"][0].text(), Catch::Contains("Due date is not on the create screen"));
    CHECK(json["problems"].size() == 0);
    CHECK(atlassian->issueCount() == 0);
}

TEST_CASE_METHOD(World, "a preview tries out settings that are not saved", "[settings]") {
    const auto tried = ask("POST", "/api/preview",
                           R"({"finding":"f-1","mapping":{"jiraProject":"AUTH","issueType":"Task"},)"
                           R"("fieldMapping":{"priorities":{"critical":"4"},"labels":["tried"]}})");
    CHECK(tried["ticket"]["project"].text() == "AUTH");
    CHECK(tried["ticket"]["priority"].text() == "Low");
    CHECK(tried["ticket"]["labels"][0].text() == "tried");
    CHECK_FALSE(mappings.project(acme, "p1"));
    CHECK(refusal("POST", "/api/preview",
                  R"({"finding":"f-1","mapping":{"jiraProject":"NOPE","issueType":"Task"}})") ==
          "422 invalid_mapping jiraProject");
}

TEST_CASE_METHOD(World, "a preview of a finding that cannot become a ticket says what is in the way",
                 "[settings]") {
    auto json = ask("POST", "/api/preview", R"({"finding":"f-1"})");
    CHECK(json["ticket"].isNull());
    CHECK_THAT(json["problems"][0]["message"].text(), Catch::Contains("payments-api is not mapped"));

    mapPayments();
    samples::add(atlassian->screen, samples::field("customfield_1", "string", true));
    parts.metadata.drop(acme);
    json = ask("POST", "/api/preview", R"({"finding":"f-1"})");
    CHECK(json["problems"][0]["code"].text() == "required_field:customfield_1");
    CHECK(refusal("POST", "/api/preview", "{}") == "400 invalid_request finding");
    CHECK(refusal("POST", "/api/preview", R"({"finding":"f-9"})") == "404 not_found");
}

TEST_CASE_METHOD(World, "pushes are listed with state, reason and remedy, and counted", "[settings]") {
    mapPayments();
    for (const char* id : {"f-1", "f-2", "f-3"})
        enqueue(id);
    park(*this, "f-2", "field/priority");

    const auto all = ask("GET", "/api/pushes");
    CHECK(all["pushes"].size() == 3);
    CHECK(all["counts"]["queued"].number() == 2);
    CHECK(all["counts"]["parked"].number() == 1);
    CHECK(all["counts"]["created"].number() == 0);
    CHECK(all["causes"][0]["cause"].text() == "field/priority");
    CHECK(all["causes"][0]["count"].number() == 1);
    CHECK(all["pause"].isNull());
    CHECK(all["next"].isNull());

    const auto parked = ask("GET", "/api/pushes?state=parked&project=payments-api&cause=field%2Fpriority");
    REQUIRE(parked["pushes"].size() == 1);
    CHECK(parked["pushes"][0]["finding"].text() == "f-2");
    CHECK(parked["pushes"][0]["message"].text() == "Jira said no: <b>field/priority</b>");
    CHECK(parked["pushes"][0]["requestedBy"].text() == "alice");
    CHECK(ask("GET", "/api/pushes?project=auth-service")["pushes"].size() == 0);
    CHECK(refusal("GET", "/api/pushes?project=nowhere") == "404 not_found");

    CHECK(ask("GET", "/api/pushes/f-2")["remedy"].text() == "Change the mapping.");
    CHECK(refusal("GET", "/api/pushes/f-9") == "404 not_pushed");
}

TEST_CASE_METHOD(World, "failed findings are tried again one by one, by cause or all", "[settings]") {
    mapPayments();
    for (const char* id : {"f-1", "f-2", "f-3", "f-4"})
        enqueue(id);
    park(*this, "f-1", "field/a");
    park(*this, "f-2", "field/a");
    park(*this, "f-3", "field/b");

    CHECK(ask("POST", "/api/pushes/retry", R"({"finding":"f-1"})")["queued"].number() == 1);
    CHECK(ask("POST", "/api/pushes/retry", R"({"finding":"f-4"})")["queued"].number() == 0);
    CHECK(ask("POST", "/api/pushes/retry", R"({"cause":"field/a"})")["queued"].number() == 1);
    CHECK(ask("POST", "/api/pushes/retry", R"({"all":true})")["queued"].number() == 1);
    for (const char* bad : {"{}", R"({"all":false})", R"({"all":true,"cause":"x"})", R"({"finding":""})"})
        CHECK(refusal("POST", "/api/pushes/retry", bad) == "400 invalid_request");
    CHECK(refusal("POST", "/api/pushes/retry", R"({"finding":"f-9"})") == "404 not_pushed");
}

TEST_CASE_METHOD(World, "a project admin tries again only what is theirs", "[settings]") {
    mapPayments();
    ask("PUT", "/api/mappings/p2", R"({"jiraProject":"AUTH","issueType":"Task"})");
    enqueue("f-1");
    auto foreign = samples::finding();
    foreign.id = "f-2";
    foreign.project = "p2";
    foreign.projectKey = "auth-service";
    service.request({acme, "alice", false}, {foreign});
    park(*this, "f-1", "field/a");
    park(*this, "f-2", "field/a");

    CHECK(refusal("POST", "/api/pushes/retry", R"({"finding":"f-2"})", projectAdmin()) == "403 forbidden");
    CHECK(ask("POST", "/api/pushes/retry", R"({"all":true})", projectAdmin())["queued"].number() == 1);
    CHECK(ask("GET", "/api/pushes/f-2")["state"].text() == "parked");
}

TEST_CASE_METHOD(World, "a new mapping sends what waited for it", "[settings]") {
    mapPayments();
    enqueue("f-1");
    park(*this, "f-1", std::string(push::mappingCauses[0]) + "required_field:x");
    mapPayments();
    CHECK(ask("GET", "/api/pushes/f-1")["state"].text() == "queued");
}
