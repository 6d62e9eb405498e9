#include "push_world.hpp"

#include <catch2/catch.hpp>

using namespace push_test;

TEST_CASE("asking twice, also within one request, creates one ticket", "[push][service]") {
    World world;
    const auto receipts = world.request({finding("f1"), finding("f1"), finding("f2")});
    REQUIRE(receipts.size() == 3);
    CHECK(receipts[1].state == PushState::Queued);
    world.request({finding("f2"), finding("f1")});
    world.batches();
    CHECK(world.atlassian->issueCount() == 2);

    const auto again = world.request({finding("f1")}, true);
    CHECK(again.front().state == PushState::Created);
    CHECK(again.front().ticket.value().key == "PAY-1");
    CHECK_FALSE(world.batch());
}

TEST_CASE("findings of a project without mapping are refused with what to do, the others taken",
          "[push][service]") {
    World world;
    const auto receipts = world.request({finding("f1"), finding("f2", host::Severity::Low, "unmapped")});
    CHECK(receipts[0].state == PushState::Queued);
    CHECK(receipts[1].state == PushState::Refused);
    CHECK(receipts[1].message.find("unmapped") != std::string::npos);
    CHECK(receipts[1].remedy.find("Project Mapping") != std::string::npos);
    CHECK(world.state("f2") == PushState::None);
}

TEST_CASE("a finding of another organisation spoils the whole request and stores nothing",
          "[push][service]") {
    World world;
    auto foreign = finding("f2");
    foreign.organisation = "other";
    CHECK_THROWS_AS(world.request({finding("f1"), foreign}), std::invalid_argument);
    CHECK(world.state("f1") == PushState::None);
}

TEST_CASE("more than 10,000 findings in one request are refused, 10,000 are not", "[push][service]") {
    World world;
    CHECK(world.request(findings(10'000)).size() == 10'000);
    auto many = findings(10'001);
    CHECK_THROWS_AS(world.request(many), std::invalid_argument);
    CHECK(world.service->listing().counts(acme)[store::OutboxState::Queued] == 10'000);
}

TEST_CASE("a parked finding is tried again with its current text only when the caller says so",
          "[push][service]") {
    World world;
    world.atlassian->refuse = [](const auto&) {
        return refusal(400, "The summary is invalid.", {{"summary", "invalid"}});
    };
    world.request({finding("f1")});
    world.batches();
    CHECK(world.request({finding("f1")}).front().state == PushState::Parked);
    CHECK(world.request({finding("f1")}).front().remedy == "remedy of: The summary is invalid.");

    world.atlassian->refuse = nullptr;
    auto changed = finding("f1");
    changed.title = "Another title";
    CHECK(world.request({changed}, true).front().state == PushState::Queued);
    world.batches();
    CHECK(world.atlassian->issues.front().summary.find("Another title") != std::string::npos);
}

TEST_CASE("another organisation does not see a push", "[push][service]") {
    World world;
    world.request({finding("f1")});
    world.batches();
    CHECK(world.service->state("other", "f1").state == PushState::None);
    CHECK(world.service->listing().list("other", {}).pushes.empty());
    CHECK_FALSE(world.service->retry("other", "f1"));
}

TEST_CASE("a preview shows the body that would be sent and creates nothing", "[push][service]") {
    World world;
    world.atlassian->screen.erase("duedate");
    const auto preview = world.service->preview(finding("f1"));
    CHECK(preview.body == world.atlassian->renderCreate(preview.draft.value()));
    CHECK(world.atlassian->requests.empty());
    REQUIRE(preview.problems.size() == 1);
    CHECK(preview.problems.front().message.find("Due date") != std::string::npos);

    const auto unmapped = world.service->preview(finding("f1", host::Severity::Low, "unmapped"));
    CHECK_FALSE(unmapped.problems.empty());
    world.connections.connect(false);
    CHECK(world.service->preview(finding("f1")).problems.front().remedy == "Reconnect Jira.");
}

TEST_CASE("the activity listing pages through everything once and filters", "[push][service]") {
    World world;
    world.atlassian->refuse = [](const auto& draft) -> std::optional<jira::BulkElement> {
        if (draft.summary.find("f1001") == std::string::npos)
            return std::nullopt;
        return refusal(400, "The summary is invalid.", {{"summary", "invalid"}});
    };
    world.request(findings(25));
    world.batches();
    std::set<std::string> seen;
    store::OutboxListing::Filter filter;
    filter.limit = 10;
    do {
        const auto page = world.service->listing().list(acme, filter);
        for (const auto& push : page.pushes)
            CHECK(seen.insert(push.row.finding).second);
        filter.after = page.next;
    } while (!filter.after.empty());
    CHECK(seen.size() == 25);

    filter = {};
    filter.state = store::OutboxState::Parked;
    CHECK(world.service->listing().list(acme, filter).pushes.size() == 1);
    filter = {};
    filter.text = "PAY-1";
    CHECK(world.service->listing().list(acme, filter).pushes.size() == 11);
    filter.text = "100%";
    CHECK(world.service->listing().list(acme, filter).pushes.empty());
    filter = {};
    filter.after = "1; DROP TABLE outbox:x";
    CHECK_THROWS_AS(world.service->listing().list(acme, filter), std::invalid_argument);
}
