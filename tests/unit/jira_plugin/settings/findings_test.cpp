#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;

namespace {

struct FindingsWorld : World {
    host::Finding& add(const std::string& id, const std::string& title, const std::string& project = "p1") {
        auto finding = samples::finding();
        finding.id = id;
        finding.title = title;
        finding.project = project;
        return hosting.findings[id] = finding;
    }
    std::string idsOf(const std::string& query) {
        std::string ids;
        for (const auto& finding : ask("GET", "/api/findings" + query)["findings"].items())
            ids += (ids.empty() ? "" : " ") + finding["id"].text();
        return ids;
    }
    Json why(const std::string& id) { return ask("GET", "/api/findings/" + id + "/explanation"); }
    /// Puts a push where the worker would have brought it.
    void move(const std::string& id, store::OutboxState state, const std::string& message) {
        store::OutboxChange change;
        change.finding = id;
        change.revision = parts.outbox.find(acme, id)->revision;
        change.state = state;
        change.message = message;
        change.remedy = message.empty() ? "" : "Do something.";
        if (state == store::OutboxState::Created) {
            store::TicketLink link;
            link.organisation = acme;
            link.finding = id;
            link.ticket.system = "site-1";
            link.ticket.id = "10000";
            link.ticket.key = "PAY-1";
            change.link = link;
        }
        REQUIRE(parts.outbox.apply(acme, {change}, hosting.nowMs()).size() == 1);
    }
    std::string verdict(const std::string& id) {
        const auto json = why(id);
        CHECK_FALSE(json["message"].text().empty());
        CHECK_FALSE(json["remedy"].text().empty());
        return json["verdict"].text();
    }
};

} // namespace

TEST_CASE_METHOD(FindingsWorld, "findings are found by project and by a part of their texts", "[settings]") {
    add("f-2", "SQL injection");
    add("f-3", "Open port", "p2");
    CHECK(idsOf("") == "f-1 f-2 f-3");
    CHECK(idsOf("?text=sql") == "f-2");
    CHECK(idsOf("?text=READ.c") == "f-1 f-2 f-3");
    CHECK(idsOf("?project=auth-service") == "f-3");
    CHECK(idsOf("?limit=2") == "f-1 f-2");
    CHECK_FALSE(ask("GET", "/api/findings?limit=2")["complete"].truth());
    CHECK(ask("GET", "/api/findings?limit=3")["complete"].truth());
    const auto first = ask("GET", "/api/findings")["findings"][0];
    CHECK(first["projectKey"].text() == "payments-api");
    CHECK(first["line"].number() == 42);
    CHECK(refusal("GET", "/api/findings?project=nowhere") == "404 not_found");
    CHECK(refusal("GET", "/api/findings?limit=0") == "400 invalid_request limit");
    auto stranger = admin();
    stranger.organisation = "globex";
    CHECK(ask("GET", "/api/findings", "", stranger)["findings"].size() == 0);
}

TEST_CASE_METHOD(FindingsWorld, "a search ends after a bounded number of findings and says so",
                 "[settings]") {
    for (int i = 0; i < 5100; ++i)
        add("g-" + std::to_string(10'000 + i), i == 5090 ? "needle" : "hay");
    const auto json = ask("GET", "/api/findings?text=needle");
    CHECK(json["findings"].size() == 0);
    CHECK_FALSE(json["complete"].truth());
}

TEST_CASE_METHOD(FindingsWorld, "a finding without push is explained by the first thing that is in its way",
                 "[settings]") {
    CHECK(verdict("f-1") == "not_mapped");
    CHECK_THAT(why("f-1")["message"].text(), Catch::Contains("payments-api"));
    mapPayments();
    CHECK(verdict("f-1") == "not_asked");
    CHECK(why("f-1")["push"].isNull());
    connections.connect(false);
    CHECK(verdict("f-1") == "not_connected");
    hosting.findings["f-1"].status = host::FindingStatus::FalsePositive;
    CHECK(verdict("f-1") == "settled");
    CHECK_THAT(why("f-1")["message"].text(), Catch::Contains("false positive"));
    CHECK(refusal("GET", "/api/findings/nowhere/explanation") == "404 not_found");
}

TEST_CASE_METHOD(FindingsWorld, "a finding with a push is explained by where the push stands", "[settings]") {
    mapPayments();
    enqueue("f-1");
    CHECK(verdict("f-1") == "queued");
    CHECK(why("f-1")["push"]["state"].text() == "queued");
    connections.connect(false);
    CHECK(verdict("f-1") == "not_connected");
    connections.connect(true);

    move("f-1", store::OutboxState::Parked, "Team is required.");
    CHECK(verdict("f-1") == "parked");
    CHECK(why("f-1")["message"].text() == "Team is required.");
    move("f-1", store::OutboxState::InDoubt, "");
    CHECK(verdict("f-1") == "in_doubt");
    move("f-1", store::OutboxState::Waiting, "Jira has too much to do.");
    CHECK(verdict("f-1") == "waiting");
    move("f-1", store::OutboxState::Created, "");
    CHECK(verdict("f-1") == "created");
    CHECK_THAT(why("f-1")["message"].text(), Catch::Contains("PAY-1"));
    connections.connect(false); // what is done is done
    CHECK(verdict("f-1") == "created");
}
