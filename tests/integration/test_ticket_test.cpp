#include <catch2/catch.hpp>

#include "connected_host.hpp"
#include "eventually.hpp"

using namespace integration;
using namespace test_support;

namespace {

const std::string testLabel = "mayo-aspm-test";

Json sendTestTicket(HttpClient& admin, const std::string& project) {
    return settings(admin, "POST", "test-tickets", R"({"project":)" + quoted(project) + "}");
}

/// The verdicts by field id.
std::map<std::string, std::string> verdicts(const Json& ticket) {
    std::map<std::string, std::string> all;
    for (const auto& field : ticket["fields"].items())
        all[field["field"].text()] = field["verdict"].text();
    return all;
}

} // namespace

TEST_CASE("a test ticket of every mapped project arrives as it was sent, and can be deleted",
          "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    for (const char* project : {"payments-api", "auth-service", "mobile-app"}) {
        const auto ticket = sendTestTicket(admin, project);
        INFO(ticket.dump());
        CHECK(ticket["state"].text() == "there");
        CHECK(ticket["verdict"].text() == "same");
        const auto fields = verdicts(ticket);
        for (const char* field :
             {"summary", "project", "issuetype", "priority", "labels", "duedate", "description"})
            CHECK(fields.count(field) == 1);
    }
    CHECK(world.jira.issues(testLabel).size() == 3);
    const auto latest = settings(admin, "GET", "test-tickets")["testTickets"];
    CHECK(latest.size() == 3);
    for (const auto& ticket : latest.items())
        CHECK(settings(admin, "DELETE", "test-tickets/" + ticket["id"].text())["state"].text() == "deleted");
    CHECK(world.jira.issueCount() == 0);
}

TEST_CASE("what somebody changed in Jira after the test shows when it is read again", "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    const auto sent = sendTestTicket(admin, "payments-api");
    const std::string key = sent["ticket"]["key"].text();
    world.jira.control("POST", "/_sim/issues/" + key + "/edit", R"({"priority":"Low"})");
    const auto read = settings(admin, "GET", "test-tickets/" + sent["id"].text());
    CHECK(read["verdict"].text() == "differs");
    CHECK(verdicts(read)["priority"] == "differs");
    CHECK(verdicts(read)["summary"] == "same");
    world.jira.control("DELETE", "/_sim/issues/" + key);
    CHECK(settings(admin, "GET", "test-tickets/" + sent["id"].text())["state"].text() == "gone");
    CHECK(settings(admin, "DELETE", "test-tickets/" + sent["id"].text())["state"].text() == "gone");
}

TEST_CASE("a test ticket whose answer was lost is found by its label and never made twice", "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    world.jira.fault("lost-answer,method=POST,path=/issue,times=1");
    const auto sent = sendTestTicket(admin, "payments-api");
    CHECK(sent["state"].text() == "in_doubt");
    CHECK(askSettings(admin, "POST", "test-tickets", R"({"project":"payments-api"})").status == 409);
    Json read = sent;
    CHECK(eventually([&] {
        read = settings(admin, "GET", "test-tickets/" + sent["id"].text());
        return read["state"].text() == "there";
    }));
    CHECK(read["verdict"].text() == "same");
    CHECK(world.jira.issues(testLabel).size() == 1);
    CHECK(world.jira.requests("POST /rest/api/3/issue") == 1);
}

TEST_CASE("without the permission to delete, the test ticket stays with a word about it", "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    const auto sent = sendTestTicket(admin, "payments-api");
    world.jira.change(
        {{"op", "deny"}, {"project", "PAY"}, {"account", "Sam Rivera"}, {"permission", "DELETE_ISSUES"}});
    const auto refused = askSettings(admin, "DELETE", "test-tickets/" + sent["id"].text());
    CHECK(refused.status == 409);
    CHECK(refused.json()["error"]["code"].text() == "delete_refused");
    CHECK_THAT(refused.json()["error"]["remedy"].text(), Catch::Contains("Delete Issues"));
    CHECK(world.jira.issueCount() == 1);
}

TEST_CASE("a test ticket that Jira refuses says why", "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    world.jira.change({{"op", "require-field"}, {"project", "PAY"}, {"field", "environment"}});
    const auto ticket = sendTestTicket(admin, "payments-api");
    CHECK(ticket["state"].text() == "failed");
    CHECK_THAT(ticket["message"].text(), Catch::Contains("Environment"));
    CHECK_FALSE(ticket["remedy"].text().empty());
    CHECK(world.jira.issueCount() == 0);
}
