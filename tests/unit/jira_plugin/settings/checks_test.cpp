#include <catch2/catch.hpp>

#include "diagnosis/check.hpp"
#include "settings_world.hpp"

using namespace settings_test;

namespace {

/// The lines of a run.
std::vector<Json> linesOf(const settings::Response& response, std::size_t most = 1000) {
    REQUIRE(response.stream);
    std::vector<Json> lines;
    response.stream([&](const std::string& piece) {
        CHECK(piece.find('\n') == piece.size() - 1); // one whole line at a time
        lines.push_back(Json::parse(piece));
        return lines.size() < most;
    });
    return lines;
}

} // namespace

TEST_CASE_METHOD(World, "the checks can be listed, and run line by line", "[settings]") {
    mapPayments();
    const auto listed = ask("GET", "/api/checks")["checks"];
    CHECK(listed.size() == jira_plugin::diagnosis::checkKinds().size());
    CHECK(listed[0]["id"].text() == "configuration");

    const auto response = send("POST", "/api/checks/run", R"({"only":["priorities","queue"]})");
    CHECK(response.status == 200);
    CHECK(response.header("Content-Type") == "application/x-ndjson");
    CHECK(response.body.empty());
    const auto lines = linesOf(response);
    REQUIRE(lines.size() == 5);
    CHECK(lines[0]["state"].text() == "running");
    CHECK(lines[1]["check"].text() == "priorities");
    CHECK(lines[1]["project"].text() == "payments-api");
    CHECK(lines[1]["state"].text() == "ok");
    CHECK(lines[3]["check"].text() == "queue");
    CHECK(lines[3]["project"].isNull());
    CHECK(lines[4]["done"].truth());
    CHECK(lines[4]["failed"].number() == 0);
}

TEST_CASE_METHOD(World, "a run counts its troubles and stops when nobody reads", "[settings]") {
    hosting.config.erase("jira.cloud.client_id");
    const auto lines = linesOf(send("POST", "/api/checks/run", R"({"only":["configuration"]})"));
    CHECK(lines[1]["state"].text() == "failed");
    CHECK_FALSE(lines[1]["cause"].text().empty());
    CHECK_FALSE(lines[1]["remedy"].text().empty());
    CHECK(lines.back()["failed"].number() == 1);
    CHECK(linesOf(send("POST", "/api/checks/run", "{}"), 1).size() == 2); // and the end, into the void
}

TEST_CASE_METHOD(World, "a run of unknown checks is refused, and project admins see their projects",
                 "[settings]") {
    CHECK(refusal("POST", "/api/checks/run", R"({"only":["nothing"]})") == "400 invalid_request only");
    CHECK(refusal("POST", "/api/checks/run", R"({"only":[]})") == "400 invalid_request only");
    CHECK(refusal("POST", "/api/checks/run", R"({"only":[1]})") == "400 invalid_request only");
    CHECK(refusal("POST", "/api/checks/run", "{}", member()) == "403 forbidden");
    mapPayments();
    ask("PUT", "/api/mappings/p2", R"({"jiraProject":"AUTH","issueType":"Task"})");
    const std::string body = R"({"only":["permissions"]})";
    CHECK(linesOf(send("POST", "/api/checks/run", body)).size() == 5);
    CHECK(linesOf(send("POST", "/api/checks/run", body, projectAdmin())).size() == 3);
}

TEST_CASE_METHOD(World, "a fix does what it says, for those who may", "[settings]") {
    const auto fix = [this](const std::string& id, const settings::Principal& who) {
        const auto response = send("POST", "/api/checks/fix", R"({"fix":")" + id + "\"}", who);
        return response.status;
    };
    CHECK(fix("refresh_token", admin()) == 200);
    CHECK(connectionDesk.renewed == std::vector<std::string>{acme});
    CHECK(fix("refresh_token", projectAdmin()) == 403);
    CHECK(fix("resume_queue", projectAdmin()) == 403);
    CHECK(connectionDesk.renewed.size() == 1);

    push::Ruling busy;
    busy.next = push::Next::Wait;
    busy.message = "Jira is busy.";
    busy.retryAfterMs = 600'000;
    parts.gate.close(acme, busy);
    REQUIRE(parts.gate.closed(acme));
    CHECK(fix("resume_queue", admin()) == 200);
    CHECK_FALSE(parts.gate.closed(acme));

    mapPayments();
    enqueue("f-1");
    database.transaction([](Poco::Data::Session& session) {
        session << "UPDATE outbox SET state = 'parked'", Poco::Data::Keywords::now;
    });
    auto elsewhere = projectAdmin();
    elsewhere.administeredProjects = {"p2"};
    CHECK(fix("retry_parked", elsewhere) == 200);
    CHECK(pushDesk.counts(acme)[store::OutboxState::Parked] == 1);
    CHECK(fix("retry_parked", projectAdmin()) == 200);
    CHECK(pushDesk.counts(acme)[store::OutboxState::Parked] == 0);
    CHECK(fix("reread_metadata", projectAdmin()) == 200);
    CHECK(refusal("POST", "/api/checks/fix", R"({"fix":"all"})") == "400 invalid_request fix");
    CHECK(refusal("POST", "/api/checks/fix", "{}") == "400 invalid_request fix");
}

TEST_CASE_METHOD(World, "the support bundle is a file for admins", "[settings]") {
    const auto response = send("GET", "/api/support-bundle");
    CHECK(response.status == 200);
    CHECK_THAT(response.header("Content-Disposition"),
               Catch::StartsWith("attachment; filename=\"mayo-aspm-jira-support-20"));
    CHECK(Json::parse(response.body)["versions"]["plugin"].text() == "1.2.3");
    CHECK(refusal("GET", "/api/support-bundle", "", projectAdmin()) == "403 forbidden");
}
