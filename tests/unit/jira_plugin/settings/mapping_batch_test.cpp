#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;

namespace {

std::string row(const std::string& project, const std::string& mapping) {
    return R"({"project":")" + project + R"(","mapping":)" + mapping + "}";
}

std::string batch(const std::string& rows, const std::string& more = "") {
    return R"({"mappings":[)" + rows + "]" + more + "}";
}

const std::string pay = R"({"jiraProject":"PAY","issueType":"Bug"})";

std::string outcomes(const Json& answer) {
    std::string words;
    for (const auto& result : answer["results"].items())
        words += (words.empty() ? "" : " ") + result["outcome"].text();
    return words;
}

} // namespace

TEST_CASE_METHOD(World, "many mappings are saved at once, and every row is told what became of it",
                 "[settings]") {
    const auto answer =
        ask("POST", "/api/mappings/batch",
            batch(row("payments-api", pay) + "," +
                  row("p2", R"({"jiraProject":"AUTH","issueType":"Story"})") + "," + row("nowhere", pay)));
    CHECK(outcomes(answer) == "saved invalid unknown_project");
    CHECK(answer["saved"].number() == 1);
    CHECK(answer["failed"].number() == 2);
    CHECK(answer["results"][0]["project"].text() == "p1");
    CHECK(answer["results"][0]["mapping"]["jiraProject"]["id"].text() == "10000");
    CHECK(answer["results"][0]["line"].isNull());
    CHECK(answer["results"][1]["problems"][0]["field"].text() == "issueType");
    CHECK(answer["results"][1]["mapping"].isNull());
    CHECK(answer["results"][2]["projectKey"].isNull());
    CHECK(mappings.project(acme, "p1"));
    CHECK_FALSE(mappings.project(acme, "p2"));
    CHECK(hosting.audits == std::vector<std::string>{"acme alice jira.mapping.saved p1"});

    CHECK(outcomes(ask("POST", "/api/mappings/batch", batch(row("p1", pay) + "," + row("p2", "null")))) ==
          "unchanged unchanged");
    CHECK(hosting.audits.size() == 1);
    CHECK(outcomes(ask("POST", "/api/mappings/batch", batch(row("p1", "null")))) == "removed");
    CHECK_FALSE(mappings.project(acme, "p1"));
    CHECK(hosting.audits.back() == "acme alice jira.mapping.removed p1");
}

TEST_CASE_METHOD(World, "a dry run says what would be, and saves nothing", "[settings]") {
    mapPayments();
    const auto answer =
        ask("POST", "/api/mappings/batch",
            batch(row("p1", "null") + "," + row("p2", pay) + "," + row("x", pay), R"(,"dryRun":true)"));
    CHECK(outcomes(answer) == "valid valid unknown_project");
    CHECK(answer["saved"].number() == 0);
    CHECK(answer["failed"].number() == 1);
    CHECK(mappings.project(acme, "p1"));
    CHECK_FALSE(mappings.project(acme, "p2"));
}

TEST_CASE_METHOD(World, "a project that is named twice is not mapped by either row", "[settings]") {
    const auto answer =
        ask("POST", "/api/mappings/batch", batch(row("p1", pay) + "," + row("payments-api", "null")));
    CHECK(outcomes(answer) == "invalid invalid");
    CHECK_THAT(answer["results"][1]["problems"][0]["message"].text(), Catch::Contains("more than once"));
    CHECK_FALSE(mappings.project(acme, "p1"));
}

TEST_CASE_METHOD(World, "a project admin changes the rows of their projects; repeating others is no offence",
                 "[settings]") {
    ask("PUT", "/api/mappings/p2", R"({"jiraProject":"AUTH","issueType":"Task"})");
    const auto mine =
        ask("POST", "/api/mappings/batch",
            batch(row("p1", pay) + "," + row("p2", R"({"jiraProject":"AUTH","issueType":"Task"})")),
            projectAdmin());
    CHECK(outcomes(mine) == "saved unchanged");
    const auto theirs = ask("POST", "/api/mappings/batch", batch(row("p2", pay)), projectAdmin());
    CHECK(outcomes(theirs) == "forbidden");
    CHECK_THAT(theirs["results"][0]["problems"][0]["remedy"].text(), Catch::Contains("Ask an admin of Acme"));
    CHECK(outcomes(ask("POST", "/api/mappings/batch", batch(row("p2", "null")), projectAdmin())) ==
          "forbidden");
    CHECK(mappings.project(acme, "p2")->jiraProjectKey == "AUTH");
    CHECK(refusal("POST", "/api/mappings/batch", batch(row("p1", pay)), member()) == "403 forbidden");
}

TEST_CASE_METHOD(World, "another organisation's projects are unknown", "[settings]") {
    CHECK(outcomes(ask("POST", "/api/mappings/batch", batch(row("g1", pay)))) == "unknown_project");
    CHECK_FALSE(mappings.project("globex", "g1"));
}

TEST_CASE_METHOD(World, "a thousand rows into one Jira project ask Jira as much as one does", "[settings]") {
    auto& projects = hosting.directory[acme];
    std::string rows;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = "many-" + std::to_string(i);
        projects.push_back({id, id, id});
        rows += (rows.empty() ? "" : ",") +
                row(id, std::string(R"({"jiraProject":")") + (i % 2 ? "PAY" : "10000") +
                            R"(","issueType":"Bug","assignee":{"accountId":"acc-ann"}})");
    }
    const auto answer = ask("POST", "/api/mappings/batch", batch(rows));
    CHECK(answer["saved"].number() == 1000);
    CHECK(atlassian->metadataReads <= 4); // the project by id and by key, the permission, the issue types
    CHECK(atlassian->screenReads == 1);
    CHECK(atlassian->userReads == 1);
    CHECK(mappings.projects(acme).size() == 1000);

    projects.push_back({"one-more", "one-more", "one-more"});
    CHECK(refusal("POST", "/api/mappings/batch", batch(rows + "," + row("one-more", pay))) ==
          "400 invalid_request mappings");
}

TEST_CASE_METHOD(World, "when Jira cannot be asked, nothing is saved", "[settings]") {
    atlassian->isDown = true;
    CHECK(refusal("POST", "/api/mappings/batch", batch(row("p1", pay))) == "503 jira_unavailable");
    CHECK_FALSE(mappings.project(acme, "p1"));
    connections.connect(false);
    CHECK(refusal("POST", "/api/mappings/batch", batch(row("p1", pay))) == "409 reconnect_needed");
    // Removing needs no Jira.
    CHECK(outcomes(ask("POST", "/api/mappings/batch", batch(row("p1", "null")))) == "unchanged");
}

TEST_CASE_METHOD(World, "a batch that is none is refused; a mapping that is none is its row's problem",
                 "[settings]") {
    const auto post = [&](const std::string& json) { return refusal("POST", "/api/mappings/batch", json); };
    CHECK(post("{}") == "400 invalid_request mappings");
    CHECK(post(batch("7")) == "400 invalid_request mappings[0]");
    CHECK(post(batch(R"({"project":"p1"})")) == "400 invalid_request mappings[0]");
    CHECK(post(batch(row("p1", pay), R"(,"more":1)")) == "400 invalid_request more");
    const auto answer = ask("POST", "/api/mappings/batch", batch(row("p1", R"({"jiraProject":"PAY"})")));
    CHECK(outcomes(answer) == "invalid");
    CHECK(answer["results"][0]["problems"][0]["field"].text() == "issueType");
}

TEST_CASE_METHOD(World, "findings that waited for a mapping are queued again by a batch", "[settings]") {
    mapPayments();
    enqueue("f-1");
    store::OutboxChange parked;
    parked.finding = "f-1";
    parked.revision = parts.outbox.find(acme, "f-1")->revision;
    parked.state = store::OutboxState::Parked;
    parked.cause = push::mappingCauses[0] + std::string("customfield_1");
    REQUIRE(parts.outbox.apply(acme, {parked}, hosting.nowMs()).size() == 1);
    const std::string rows = row("p1", R"({"jiraProject":"AUTH","issueType":"Task"})") + "," + row("p2", pay);
    ask("POST", "/api/mappings/batch", batch(rows, R"(,"dryRun":true)"));
    CHECK(parts.outbox.find(acme, "f-1")->state == store::OutboxState::Parked);
    CHECK(outcomes(ask("POST", "/api/mappings/batch", batch(rows))) == "saved saved");
    CHECK(parts.outbox.find(acme, "f-1")->state == store::OutboxState::Queued);
}

TEST_CASE_METHOD(World, "a field that names people who cannot be assigned is a warning", "[settings]") {
    auto owner = samples::field("customfield_1", "user");
    owner.name = "Risk owner";
    samples::add(atlassian->screen, owner);
    const auto saved =
        ask("PUT", "/api/mappings/p1",
            R"({"jiraProject":"PAY","issueType":"Bug","extraFields":{"customfield_1":"acc-bob"}})");
    REQUIRE(saved["warnings"].size() == 1);
    CHECK(saved["warnings"][0]["field"].text() == "extraFields.customfield_1");
    CHECK(ask("PUT", "/api/mappings/p1",
              R"({"jiraProject":"PAY","issueType":"Bug","extraFields":{"customfield_1":"acc-ann"}})")
              ["warnings"]
                  .size() == 0);
}

TEST_CASE_METHOD(World, "a required field that cannot be given is told apart from one that needs a value",
                 "[settings]") {
    auto attachment = samples::field("attachment", "array", true);
    attachment.canBeSet = false;
    samples::add(atlassian->screen, attachment);
    const auto response = send("PUT", "/api/mappings/p1", pay);
    CHECK(response.status == 422);
    CHECK_THAT(response.body, Catch::Contains("cannot be given when a ticket is created"));
}

TEST_CASE_METHOD(World, "a priority of the organisation that the Jira project does not have is a warning",
                 "[settings]") {
    ask("PUT", "/api/field-mapping", R"({"priorities":{"high":"77","low":"4"}})");
    const auto warnings = ask("PUT", "/api/mappings/p1", pay)["warnings"];
    REQUIRE(warnings.size() == 1);
    CHECK_THAT(warnings[0]["message"].text(), Catch::Contains("high findings (id 77)"));
}
