#include "push_world.hpp"

#include <catch2/catch.hpp>

using namespace push_test;

TEST_CASE("a single finding that is due is created with a single request", "[push]") {
    World world;
    world.request({finding("f1")});
    REQUIRE(world.batch());
    world.report();

    CHECK(world.atlassian->requests.size() == 1);
    CHECK(world.atlassian->requests.front().size() == 1);
    CHECK(world.state("f1") == PushState::Created);
    const auto ticket = world.service->state(acme, "f1").ticket.value();
    CHECK(ticket.key == "PAY-1");
    CHECK(ticket.system == "site-1");
    CHECK(ticket.url == "https://jira.example/browse/PAY-1");
    CHECK(ticket.priority == "High");
    CHECK(world.hosting.lastReport("f1").ticketKey == "PAY-1");
}

TEST_CASE("120 findings need three bulk requests and one reading of the create screen", "[push]") {
    World world;
    world.request(findings(120));
    world.batches();

    REQUIRE(world.atlassian->requests.size() == 3);
    CHECK(world.atlassian->requests[0].size() == 50);
    CHECK(world.atlassian->requests[1].size() == 50);
    CHECK(world.atlassian->requests[2].size() == 20);
    CHECK(world.atlassian->screenReads == 1);
    CHECK(world.atlassian->issueCount() == 120);
}

TEST_CASE("the most severe findings go first, then the oldest", "[push]") {
    World world;
    auto many = findings(60);
    many.back().severity = host::Severity::Critical;
    world.request(many);
    world.hosting.advance(1000);
    world.request({finding("a-younger-one")});
    world.batch();

    const Drafts& first = world.atlassian->requests.front();
    CHECK(first.front().summary.find(many.back().id) != std::string::npos);
    for (const auto& draft : first)
        CHECK(draft.summary.find("a-younger-one") == std::string::npos);
}

TEST_CASE("an element that Jira refuses in a bulk creation parks only its finding", "[push]") {
    World world;
    world.atlassian->refuse = [](const auto& draft) -> std::optional<jira::BulkElement> {
        if (draft.summary.find("f1003") == std::string::npos)
            return std::nullopt;
        return refusal(400, "The summary is invalid.", {{"summary", "invalid"}});
    };
    world.request(findings(10));
    world.batches();
    world.report();

    CHECK(world.atlassian->issueCount() == 9);
    CHECK(world.state("f1003") == PushState::Parked);
    CHECK(world.hosting.lastReport("f1003").message == "The summary is invalid.");
    CHECK(world.hosting.lastReport("f1003").remedy == "remedy of: The summary is invalid.");
    for (const char* id : {"f1002", "f1004", "f1009"}) {
        const auto ticket = world.service->state(acme, id).ticket.value();
        const auto& issue = world.atlassian->issues.at(std::stoul(ticket.id) - 10000);
        CHECK(issue.summary.find(id) != std::string::npos);
    }
}

TEST_CASE("a bulk creation that is refused as a whole is halved until the culprit stands alone", "[push]") {
    World world;
    world.atlassian->beforeCreate = [](const Drafts& drafts) {
        for (const auto& draft : drafts)
            if (draft.summary.find("f1007") != std::string::npos)
                throw jira::Refusal(413, "The request is too large.", "Shorten the description.", {});
    };
    world.request(findings(20));
    world.batches();

    CHECK(world.atlassian->issueCount() == 19);
    CHECK(world.state("f1007") == PushState::Parked);
    CHECK(world.service->state(acme, "f1007").message == "The request is too large.");
}

TEST_CASE("a refusal that meets the whole project is heard once, and parks all with the same cause",
          "[push]") {
    World world;
    world.atlassian->refuse = [](const auto&) {
        return refusal(400, "Team is required.", {{"customfield_10001", "Team is required."}});
    };
    world.request(findings(300));
    world.batches();

    CHECK(world.atlassian->requests.size() == 1);
    CHECK(world.service->listing().counts(acme)[store::OutboxState::Parked] == 300);
    const auto causes = world.service->listing().causes(acme);
    REQUIRE(causes.size() == 1);
    CHECK(causes.front().count == 300);
    CHECK(causes.front().cause == "field/customfield_10001/PAY/1");

    world.atlassian->refuse = nullptr;
    CHECK(world.service->retryCause(acme, causes.front().cause) == 300);
    world.batches();
    CHECK(world.atlassian->issueCount() == 300);
}

TEST_CASE("a refused field that the create screen no longer has is left out after reading the screen anew",
          "[push]") {
    World world;
    world.request({finding("f1")});
    world.batches();
    world.atlassian->screen.erase("priority");
    world.atlassian->refuse = [](const auto& draft) -> std::optional<jira::BulkElement> {
        if (!draft.priorityId)
            return std::nullopt;
        return refusal(400, "Field 'priority' cannot be set.", {{"priority", "cannot be set"}});
    };
    world.request(findings(5));
    world.batches();
    world.report();

    CHECK(world.service->listing().counts(acme)[store::OutboxState::Created] == 6);
    CHECK(world.atlassian->screenReads == 2);
    CHECK(world.hosting.note("f1000", "jira.draft.1").find("Priority") != std::string::npos);
}

TEST_CASE("a description that Jira refuses is sent once more as plain text", "[push]") {
    World world;
    world.atlassian->refuse = [](const auto& draft) -> std::optional<jira::BulkElement> {
        for (const auto& block : draft.description->blocks)
            if (block.kind != jira_plugin::mapping::Block::Kind::Paragraph)
                return refusal(400, "INVALID_INPUT");
        return std::nullopt;
    };
    world.request(findings(2));
    world.batches();
    world.report();

    CHECK(world.atlassian->issueCount() == 2);
    CHECK(world.hosting.note("f1000", "jira.description").find("plain text") != std::string::npos);
}

TEST_CASE("a rate limit pauses the whole organisation and loses nothing", "[push]") {
    World world;
    world.atlassian->beforeCreate = [](const Drafts&) {
        throw jira::RetryLater("Jira asks to wait.", "It is tried again.", 60'000);
    };
    world.request(findings(120));
    CHECK_FALSE(world.batch());
    CHECK_FALSE(world.batch());
    CHECK(world.atlassian->requests.size() == 1);
    CHECK(world.row("f1000").state == store::OutboxState::Waiting);
    CHECK(world.row("f1119").state == store::OutboxState::Queued);
    CHECK(world.state("f1119") == PushState::Waiting);
    CHECK(world.service->state(acme, "f1119").message == "Jira asks to wait.");

    world.atlassian->beforeCreate = nullptr;
    world.hosting.advance(59'999);
    CHECK_FALSE(world.batch());
    world.hosting.advance(1);
    world.batches();
    CHECK(world.atlassian->issueCount() == 120);
    CHECK_FALSE(world.service->pause(acme));
}

TEST_CASE("a finding over which the host stumbles holds up no other", "[push]") {
    World world;
    world.hosting.broken = {"f1001"};
    world.request(findings(3));
    world.batches();
    CHECK(world.atlassian->issueCount() == 2);
    CHECK(world.state("f1001") == PushState::Waiting);
    CHECK(world.service->state(acme, "f1001").message.find("stumbles over f1001") != std::string::npos);

    world.hosting.broken.clear();
    world.hosting.advance(30'000);
    world.batches();
    CHECK(world.state("f1001") == PushState::Created);
}

TEST_CASE("failures in a row make the pauses longer", "[push]") {
    World world;
    world.atlassian->beforeCreate = [](const Drafts&) {
        throw jira::RetryLater("Jira cannot be reached.", "It is tried again.", 0);
    };
    world.request({finding("f1")});
    std::int64_t last = 0;
    for (int i = 0; i < 5; ++i) {
        CHECK_FALSE(world.batch());
        const std::int64_t pause = world.service->pause(acme).value().untilMs - world.hosting.nowMs();
        CHECK(pause > last);
        last = pause;
        world.hosting.advance(pause);
    }
}

TEST_CASE("without a connection the queue waits, alerts once and goes on when it is back", "[push]") {
    World world;
    world.connections.connect(false);
    world.request(findings(3));
    CHECK_FALSE(world.batch());
    world.report();
    CHECK(world.hosting.lastReport("f1002").state == PushState::Waiting);
    CHECK(world.hosting.lastReport("f1002").remedy == "Reconnect Jira.");
    world.hosting.advance(3'600'000);
    CHECK_FALSE(world.batch());
    CHECK(world.hosting.alertsRaised == 1);
    CHECK(world.hosting.hasAlert("acme/jira.push.connection"));

    world.connections.connect(true);
    world.worker->connectionChanged(acme);
    CHECK_FALSE(world.hosting.hasAlert("acme/jira.push.connection"));
    world.batches();
    CHECK(world.atlassian->issueCount() == 3);
}

TEST_CASE("a finding whose project lost its mapping is parked and comes back with the mapping", "[push]") {
    World world;
    world.request(findings(2));
    world.mappings.projects.clear();
    world.batches();
    CHECK(world.state("f1000") == PushState::Parked);
    CHECK(world.atlassian->requests.empty());

    world.mappings.map("payments", "PAY");
    CHECK(world.service->requeueForMapping(acme, "another-project") == 0);
    CHECK(world.service->requeueForMapping("other-organisation", "payments") == 0);
    CHECK(world.service->requeueForMapping(acme, "payments") == 2);
    world.batches();
    CHECK(world.atlassian->issueCount() == 2);
}

TEST_CASE("a project that Jira does not show is asked about once and parks its findings", "[push]") {
    World world;
    world.atlassian->onScreen = [] {
        throw jira::Refusal(404, "No project PAY.", "Choose another project.", {});
    };
    world.request(findings(60));
    world.batches();
    CHECK(world.atlassian->screenReads == 1);
    CHECK(world.service->listing().counts(acme)[store::OutboxState::Parked] == 60);
}

TEST_CASE("a second report of a ticket for the same finding keeps the first and alerts", "[push]") {
    World world;
    world.request({finding("f1")});
    // While the answer is on its way, somebody else finds and links the ticket of an earlier attempt.
    world.atlassian->afterCreate = [&](const Drafts&) {
        store::OutboxChange change;
        change.finding = "f1";
        change.state = store::OutboxState::Created;
        store::TicketLink link;
        link.organisation = acme;
        link.finding = "f1";
        link.ticket.system = "site-1";
        link.ticket.id = "9";
        link.ticket.key = "PAY-9";
        change.link = link;
        world.parts->outbox.apply(acme, {change}, world.hosting.nowMs());
    };
    world.batch();
    CHECK(world.service->state(acme, "f1").ticket.value().key == "PAY-9");
    CHECK(world.hosting.hasAlert("acme/jira.push.double.f1"));
}
