#include "push_world.hpp"

#include <catch2/catch.hpp>

using namespace push_test;

namespace {

std::optional<std::string> assigneeOfFirst(const World& world) {
    return world.atlassian->requests.front().front().assigneeId;
}

} // namespace

TEST_CASE("the owner by policy is found by e-mail when exactly one person matches", "[push]") {
    World world;
    world.hosting.owners["f1"] = {"u1", "Bea", "bea@acme.example"};
    world.atlassian->usersByQuery["bea@acme.example"] = {{"acc-bea", "Bea B.", "", true}};
    world.request({finding("f1")});
    world.batches();
    CHECK(assigneeOfFirst(world) == std::optional<std::string>("acc-bea"));
    CHECK(world.service->state(acme, "f1").ticket.value().assignee == "Bea B.");
}

TEST_CASE("an owner whom two people could be is left out, and the timeline says so", "[push]") {
    World world;
    world.hosting.owners["f1"] = {"u1", "Bea", "bea@acme.example"};
    world.atlassian->usersByQuery["bea@acme.example"] = {{"acc-1", "Bea One", "", true},
                                                         {"acc-2", "Bea Two", "", true}};
    world.request({finding("f1")});
    world.batches();
    world.report();
    CHECK_FALSE(assigneeOfFirst(world));
    CHECK(world.state("f1") == PushState::Created);
    CHECK(world.hosting.note("f1", "jira.assignee").find("Bea") != std::string::npos);
}

TEST_CASE("an owner is not taken for somebody whose name only begins like theirs", "[push]") {
    World world;
    world.hosting.owners["f1"] = {"u1", "Ann", ""};
    world.atlassian->usersByQuery["Ann"] = {{"acc-1", "Anna Smith", "", true}};
    world.request({finding("f1")});
    world.batches();
    CHECK_FALSE(assigneeOfFirst(world));
}

TEST_CASE("an override that cannot be assigned in the project leaves the ticket without assignee", "[push]") {
    World world;
    world.mappings.settings.assigneeId = "acc-gone";
    world.mappings.settings.assigneeName = "Gus";
    world.request(findings(80));
    world.batches();
    world.report();
    CHECK(world.atlassian->issueCount() == 80);
    CHECK(world.atlassian->userReads == 1);
    CHECK(world.hosting.note("f1000", "jira.assignee").find("Gus") != std::string::npos);
}

TEST_CASE("an assignee that Jira refuses at creation is left out in a second request", "[push]") {
    World world;
    world.mappings.settings.assigneeId = "acc-1";
    world.atlassian->usersById["acc-1"] = {"acc-1", "Cy", "", true};
    world.atlassian->refuse = [](const auto& draft) -> std::optional<jira::BulkElement> {
        if (!draft.assigneeId)
            return std::nullopt;
        return refusal(400, "User 'Cy' cannot be assigned issues.", {{"assignee", "cannot be assigned"}});
    };
    world.request(findings(4));
    world.batches();
    world.report();
    CHECK(world.atlassian->issueCount() == 4);
    CHECK(world.atlassian->requests.size() == 2);
    CHECK(world.hosting.note("f1000", "jira.assignee").find("refused Cy") != std::string::npos);
    CHECK(world.service->state(acme, "f1000").ticket.value().assignee.empty());
}
