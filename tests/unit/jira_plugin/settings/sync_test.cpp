#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;
namespace sync = jira_plugin::sync;
using Strings = std::vector<std::string>;

TEST_CASE_METHOD(World, "the webhook's health is told as it stands, also beside the connection",
                 "[settings]") {
    health.state.state = sync::WebhookHealth::State::Deaf;
    health.state.message = "Jira has the webhook, and nothing arrives.";
    health.state.remedy = "Repair it.";
    health.state.heardAtMs = 1767225600000;
    health.state.delayMs = 420;
    health.state.isRepairable = true;
    const auto webhook = ask("GET", "/api/webhook", "", projectAdmin());
    CHECK(webhook["state"].text() == "deaf");
    CHECK(webhook["heardAt"].text() == "2026-01-01T00:00:00Z");
    CHECK(webhook["delayMs"].number() == 420);
    CHECK(webhook["expiresAt"].isNull());
    CHECK(webhook["repairable"].truth());
    CHECK_FALSE(webhook["well"].truth());
    const auto connection = ask("GET", "/api/connection")["webhook"];
    CHECK(connection["state"].text() == "deaf");
    CHECK(connection["remedy"].text() == "Repair it.");
}

TEST_CASE_METHOD(World, "only an admin checks, repairs and renews the webhook", "[settings]") {
    for (const char* action : {"check", "repair", "rotate"}) {
        const std::string path = std::string("/api/webhook/") + action;
        CHECK(refusal("POST", path, "{}", projectAdmin()) == "403 forbidden");
        ask("POST", path, "{}");
        CHECK(refusal("POST", path, R"({"force":true})") == "400 invalid_request force");
    }
    CHECK(health.asked == Strings{"check acme", "repair acme alice", "rotate acme alice"});
}

TEST_CASE_METHOD(World,
                 "the secret of a webhook by hand is shown to an admin who asks for it, and that is noted",
                 "[settings]") {
    CHECK(ask("GET", "/api/webhook")["manual"].isNull());
    CHECK(refusal("POST", "/api/webhook/secret", "{}") == "409 no_secret");
    health.setup = sync::ManualSetup{"https://aspm.example/w/unguessable",
                                     "s3cret-of-acme",
                                     {"jira:issue_updated"},
                                     "project = 10000",
                                     {"Open the page."}};
    CHECK(ask("GET", "/api/webhook", "", projectAdmin())["manual"].isNull());
    const auto shown = send("GET", "/api/webhook").body;
    CHECK_THAT(shown, Catch::Contains("unguessable") && !Catch::Contains("s3cret-of-acme"));
    CHECK(refusal("POST", "/api/webhook/secret", "{}", projectAdmin()) == "403 forbidden");
    CHECK(ask("POST", "/api/webhook/secret", "{}")["secret"].text() == "s3cret-of-acme");
    CHECK(hosting.audits.back() == "acme alice jira.webhook.secret_shown acme");
}

TEST_CASE_METHOD(World, "a comparison is begun by an admin, and its report has every difference",
                 "[settings]") {
    CHECK(ask("GET", "/api/reconciliation")["report"].isNull());
    sync::ReconciliationReport report;
    report.state = sync::ReconciliationReport::State::Done;
    report.reason = "asked";
    report.by = "alice";
    report.startedAtMs = 1767225600000;
    report.checked = 3;
    report.drifted = 1;
    report.orphanCount = 1;
    report.rows = {{"f-1", "PAY-1", "status", "Done", "open", "The finding is resolved."}};
    report.orphans = {{"PAY-9", "https://acme.atlassian.example/browse/PAY-9", "<b>left over</b>"}};
    report.doubles = {{"f-1", "PAY-1", "PAY-2", "https://acme.atlassian.example/browse/PAY-2"}};
    health.last = report;
    const auto told = ask("GET", "/api/reconciliation", "", projectAdmin())["report"];
    CHECK(told["state"].text() == "done");
    CHECK(told["counts"]["checked"].number() == 3);
    CHECK(told["rows"][0]["inJira"].text() == "Done");
    CHECK(told["orphans"][0]["summary"].text() == "<b>left over</b>");
    CHECK(told["doubles"][0]["otherKey"].text() == "PAY-2");
    CHECK(told["finishedAt"].isNull());

    CHECK(refusal("POST", "/api/reconciliation", "{}", projectAdmin()) == "403 forbidden");
    CHECK(ask("POST", "/api/reconciliation", "{}")["started"].truth());
    health.isReconciling = true;
    CHECK_FALSE(ask("POST", "/api/reconciliation", "{}")["started"].truth());
    CHECK(health.asked == Strings{"reconcile acme alice", "reconcile acme alice"});
}

TEST_CASE_METHOD(World, "links by hand are made by whoever administers the finding's project", "[settings]") {
    syncDesk.others = {"f-2"};
    const auto linked = ask("POST", "/api/links/f-1", R"({"ticket":"PAY-7"})", projectAdmin());
    CHECK(linked["ticket"]["key"].text() == "PAY-7");
    CHECK(linked["others"].texts() == Strings{"f-2"});
    ask("DELETE", "/api/links/f-1", "", projectAdmin());
    ask("POST", "/api/links/f-1/create-again", "{}", projectAdmin());
    CHECK(syncDesk.asked ==
          Strings{"link acme f-1 PAY-7 paul", "unlink acme f-1 paul", "again acme f-1 paul"});

    auto other = projectAdmin();
    other.administeredProjects = {"p2"};
    CHECK(refusal("POST", "/api/links/f-1", R"({"ticket":"PAY-7"})", other) == "403 forbidden");
    CHECK(refusal("DELETE", "/api/links/f-1", "", other) == "403 forbidden");
    CHECK(refusal("POST", "/api/links/f-1/create-again", "{}", other) == "403 forbidden");
    CHECK(refusal("DELETE", "/api/links/f-404", "", projectAdmin()) == "404 not_found");
    auto stranger = projectAdmin();
    stranger.organisation = "globex";
    CHECK(refusal("POST", "/api/links/f-1", R"({"ticket":"PAY-7"})", stranger) == "404 not_found");
    CHECK(syncDesk.asked.size() == 3);
}

TEST_CASE_METHOD(World, "a link that cannot be made says why and what to do", "[settings]") {
    using Kind = sync::LinkProblem::Kind;
    const std::string body = R"({"ticket":"PAY-7"})";
    CHECK(refusal("POST", "/api/links/f-1", "{}") == "400 invalid_request ticket");
    for (const auto& [kind, answer] : {std::pair(Kind::BadReference, "422 bad_reference ticket"),
                                       {Kind::OtherSite, "422 other_site ticket"},
                                       {Kind::NoTicket, "422 no_ticket ticket"},
                                       {Kind::NoFinding, "404 not_found"},
                                       {Kind::AlreadyLinked, "409 already_linked"},
                                       {Kind::NotLinked, "409 not_linked"},
                                       {Kind::StillUnderWay, "409 under_way"},
                                       {Kind::NotMapped, "409 not_mapped"}}) {
        syncDesk.problem = sync::LinkProblem(kind, "It cannot be linked.", "Do something else.");
        CHECK(refusal("POST", "/api/links/f-1", body) == answer);
    }
}

TEST_CASE_METHOD(World, "what failed between tickets and findings is shown, tried again and given up",
                 "[settings]") {
    syncDesk.incoming.parked = 1;
    syncDesk.incoming.rows = {{"d-1", "", "PAY-1", "", "The ticket was changed.", 1767225600000, "host",
                               "The host did not answer.", "Retry it."}};
    const auto queue = ask("GET", "/api/sync/queue", "", projectAdmin());
    CHECK(queue["incoming"]["parked"].number() == 1);
    CHECK(queue["incoming"]["rows"][0]["remedy"].text() == "Retry it.");
    CHECK(queue["incoming"]["rows"][0]["finding"].isNull());
    CHECK(queue["outgoing"]["rows"].size() == 0);

    CHECK(refusal("POST", "/api/sync/retry", R"({"direction":"incoming","all":true})", projectAdmin()) ==
          "403 forbidden");
    ask("POST", "/api/sync/retry", R"({"direction":"incoming","id":"d-1"})");
    ask("POST", "/api/sync/retry", R"({"direction":"outgoing","cause":"no_path"})");
    ask("POST", "/api/sync/retry", R"({"direction":"outgoing","all":true})");
    CHECK(send("DELETE", "/api/sync/outgoing/7").status == 204);
    CHECK(syncDesk.asked == Strings{"retry acme in 'd-1' ''", "retry acme out '' 'no_path'",
                                    "retry acme out '' ''", "drop acme 7"});

    CHECK(refusal("POST", "/api/sync/retry", R"({"direction":"up","all":true})") ==
          "400 invalid_request direction");
    CHECK(refusal("POST", "/api/sync/retry", R"({"direction":"incoming"})") == "400 invalid_request");
    CHECK(refusal("POST", "/api/sync/retry", R"({"direction":"incoming","id":"d-1","all":true})") ==
          "400 invalid_request");
    syncDesk.retried = 0;
    CHECK(refusal("POST", "/api/sync/retry", R"({"direction":"incoming","id":"d-9"})") == "404 not_parked");
    CHECK(refusal("DELETE", "/api/sync/outgoing/9") == "404 not_parked");
}
