#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;

namespace {

const std::string forPayments = R"({"project":"payments-api"})";

} // namespace

TEST_CASE_METHOD(World, "a test ticket is sent, shown, listed and deleted", "[settings]") {
    mapPayments();
    const auto created = send("POST", "/api/test-tickets", forPayments);
    REQUIRE(created.status == 201);
    const auto ticket = Json::parse(created.body);
    CHECK(ticket["state"].text() == "there");
    CHECK(ticket["verdict"].text() == "same");
    CHECK(ticket["ticket"]["key"].text() == "PAY-1");
    CHECK(ticket["fields"][0]["field"].text() == "summary");
    CHECK(ticket["fields"][0]["verdict"].text() == "same");
    CHECK(ticket["deletedAt"].isNull());
    const std::string path = "/api/test-tickets/" + ticket["id"].text();
    CHECK(ask("GET", path)["state"].text() == "there");
    CHECK(ask("GET", "/api/test-tickets")["testTickets"].size() == 1);
    const auto deleted = ask("DELETE", path);
    CHECK(deleted["state"].text() == "deleted");
    CHECK_FALSE(deleted["deletedAt"].isNull());
    CHECK(ask("GET", path)["state"].text() == "deleted");
    CHECK(hosting.audits.back() == "acme alice jira.test_ticket.deleted payments-api PAY-1");
}

TEST_CASE_METHOD(World, "what is missing for a test ticket is said", "[settings]") {
    CHECK(refusal("POST", "/api/test-tickets", forPayments) == "409 not_mapped");
    CHECK(refusal("POST", "/api/test-tickets", "{}") == "400 invalid_request project");
    CHECK(refusal("POST", "/api/test-tickets", R"({"project":"nothing"})") == "404 not_found");
    CHECK(refusal("GET", "/api/test-tickets/test-0") == "404 not_found");
    CHECK(refusal("DELETE", "/api/test-tickets/test-0") == "404 not_found");
    mapPayments();
    connections.connect(false);
    CHECK(refusal("POST", "/api/test-tickets", forPayments) == "409 reconnect_needed");
    CHECK(atlassian->issueCount() == 0);
}

TEST_CASE_METHOD(World, "project admins test their projects only, and organisations see their own tickets",
                 "[settings]") {
    mapPayments();
    ask("PUT", "/api/mappings/p2", R"({"jiraProject":"AUTH","issueType":"Task"})");
    CHECK(send("POST", "/api/test-tickets", forPayments, projectAdmin()).status == 201);
    CHECK(refusal("POST", "/api/test-tickets", R"({"project":"auth-service"})", projectAdmin()) ==
          "403 forbidden");
    const auto other = Json::parse(send("POST", "/api/test-tickets", R"({"project":"p2"})").body);
    const std::string path = "/api/test-tickets/" + other["id"].text();
    CHECK(refusal("DELETE", path, "", projectAdmin()) == "403 forbidden");
    CHECK(refusal("POST", "/api/test-tickets", forPayments, member()) == "403 forbidden");
    auto stranger = admin();
    stranger.organisation = "globex";
    CHECK(refusal("GET", path, "", stranger) == "404 not_found");
    CHECK(refusal("DELETE", path, "", stranger) == "404 not_found");
    CHECK(ask("GET", "/api/test-tickets", "", stranger)["testTickets"].size() == 0);
}
