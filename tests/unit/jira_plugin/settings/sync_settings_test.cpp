#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;

TEST_CASE_METHOD(World, "the sync settings in force, what is set and what is inherited are told apart",
                 "[settings]") {
    ask("PUT", "/api/sync-settings", R"({"onClose":"wait_for_scan","showRestrictedComments":true})");
    const auto project = ask("PUT", "/api/sync-settings/payments-api", R"({"onClose":"trust_ticket"})");
    CHECK(project["own"].dump() == R"({"onClose":"trust_ticket"})");
    CHECK(project["effective"]["onClose"].text() == "trust_ticket");
    CHECK(project["effective"]["showRestrictedComments"].truth());
    CHECK(project["inherited"]["onClose"].text() == "wait_for_scan");
    CHECK(syncSettings.of(acme, "p1").showRestrictedComments);
    CHECK(hosting.audits.back() == "acme alice jira.sync_settings.saved p1");

    CHECK(send("DELETE", "/api/sync-settings/p1").status == 204);
    CHECK(hosting.audits.back() == "acme alice jira.sync_settings.removed p1");
    CHECK(ask("GET", "/api/sync-settings/p1")["effective"]["onClose"].text() == "wait_for_scan");
}

TEST_CASE_METHOD(World, "who may change sync settings is who may change the field mapping", "[settings]") {
    ask("GET", "/api/sync-settings", "", projectAdmin());
    ask("PUT", "/api/sync-settings/p1", "{}", projectAdmin());
    CHECK(refusal("PUT", "/api/sync-settings", "{}", projectAdmin()) == "403 forbidden");
    CHECK(refusal("PUT", "/api/sync-settings/p2", "{}", projectAdmin()) == "403 forbidden");
    CHECK(refusal("DELETE", "/api/sync-settings/p2", "", projectAdmin()) == "403 forbidden");
    auto stranger = admin();
    stranger.organisation = "globex";
    CHECK(refusal("GET", "/api/sync-settings/p1", "", stranger) == "404 not_found");
    CHECK(refusal("PUT", "/api/sync-settings/p1", "{}", stranger) == "404 not_found");
}

TEST_CASE_METHOD(World, "a target status is held against the workflow of the mapped project", "[settings]") {
    const std::string done = R"({"closed":{"status":{"id":"3","name":"Done"}}})";
    CHECK(refusal("PUT", "/api/sync-settings", done) == "422 invalid_settings closed.status");
    CHECK(refusal("PUT", "/api/sync-settings/p1", done) == "422 not_mapped closed.status");
    mapPayments();
    CHECK(ask("PUT", "/api/sync-settings/p1", done)["own"]["closed"]["status"]["name"].text() == "Done");
    CHECK(refusal("PUT", "/api/sync-settings/p1", R"({"closed":{"status":{"id":"1"}}})") ==
          "422 invalid_settings closed.status");
    CHECK(refusal("PUT", "/api/sync-settings/p1", R"({"closed":{"status":{"id":"77"}}})") ==
          "422 invalid_settings closed.status");
    CHECK(refusal("PUT", "/api/sync-settings/p1", R"({"reopened":{"status":{"id":"3"}}})") ==
          "422 invalid_settings reopened.status");
    CHECK(syncSettings.of(acme, "p1").closed.statusId == "3");

    atlassian->site = "another-site"; // where the ids of the mapping mean something else
    CHECK(refusal("PUT", "/api/sync-settings/p1", done) == "422 not_mapped closed.status");
}

TEST_CASE_METHOD(World, "the statuses of a workflow are listed once each", "[settings]") {
    atlassian->statuses.push_back({"10005", {{"1", "To Do", "new"}, {"4", "Rejected", "done"}}});
    const auto all = ask("GET", "/api/jira/projects/PAY/statuses")["statuses"];
    REQUIRE(all.size() == 3);
    CHECK(all[1]["category"].text() == "done");
    CHECK(ask("GET", "/api/jira/projects/PAY/statuses?issueType=10004")["statuses"].size() == 2);
    CHECK(refusal("GET", "/api/jira/projects/NOPE/statuses") == "404 not_found");
}

TEST_CASE_METHOD(World,
                 "the fields of the screens on the way are known as soon as there is a ticket to look at",
                 "[settings]") {
    const std::string path = "/api/jira/projects/PAY/transition-fields?issueType=10004";
    mapPayments();
    CHECK_FALSE(ask("GET", path)["known"].truth());

    jira::FieldMeta cause;
    cause.fieldId = "customfield_1";
    cause.name = "Root cause";
    cause.required = true;
    atlassian->board.allow(push_test::toDo, {"31", "Close", push_test::done, {{cause.fieldId, cause}}});
    atlassian->board.allow(push_test::toDo, {"21", "Start", push_test::inProgress, {}});
    const auto push = [&](const std::string& finding, const std::string& issue, const std::string& key) {
        enqueue(finding);
        store::OutboxChange change;
        change.finding = finding;
        change.revision = parts.outbox.find(acme, finding)->revision;
        change.state = store::OutboxState::Created;
        store::TicketLink link;
        link.organisation = acme;
        link.finding = finding;
        link.ticket.system = atlassian->system();
        link.ticket.id = issue;
        link.ticket.key = key;
        change.link = link;
        REQUIRE(parts.outbox.apply(acme, {change}, hosting.nowMs()).size() == 1);
    };
    push("f-1", "10100", "PAY-1");
    push("f-2", "10101", "PAY-2");
    CHECK_FALSE(ask("GET", path)["known"].truth()); // the tickets are gone from Jira

    // One of them is there: the other, of the same status, does not stand for it.
    const auto [id, key] = GENERATE(std::pair("10100", "PAY-1"), std::pair("10101", "PAY-2"));
    atlassian->board.put(id, key);
    const auto fields = ask("GET", path);
    CHECK(fields["known"].truth());
    REQUIRE(fields["closing"].size() == 1);
    CHECK(fields["closing"][0]["name"].text() == "Root cause");
    CHECK(fields["closing"][0]["required"].truth());
    CHECK(fields["reopening"].size() == 0);
    CHECK_FALSE(ask("GET", "/api/jira/projects/PAY/transition-fields?issueType=10005")["known"].truth());
}

TEST_CASE_METHOD(World, "Jira's resolutions are listed", "[settings]") {
    const auto resolutions = ask("GET", "/api/jira/resolutions", "", projectAdmin())["resolutions"];
    REQUIRE(resolutions.size() == 2);
    CHECK(resolutions[1]["id"].text() == "10001");
    CHECK(resolutions[1]["name"].text() == "Won't Do");
}
