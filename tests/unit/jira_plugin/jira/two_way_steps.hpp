#pragma once

#include "jira/client.hpp"
#include "jira/errors.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

/// What two-way sync does with a ticket, on whatever Jira.
namespace jira_plugin::jira {

inline void commentOn(Client& client, const std::string& issueId) {
    mapping::Document body;
    body.blocks.emplace_back();
    body.blocks.back().spans.push_back({"Fixed in *main*, see ", {}, {}});
    body.blocks.back().spans.push_back({"here", {}, "https://aspm.example/f/1"});
    const Comment added = client.comments().addComment(issueId, body, "write-1");
    CHECK(added.text == "Fixed in *main*, see here (https://aspm.example/f/1)");
    const auto all = client.comments().comments(issueId);
    REQUIRE(all.size() == 1);
    CHECK(all[0].id == added.id);
    CHECK(added.marker == "write-1");
    CHECK(all[0].restrictedTo.empty());
    CHECK(all[0].createdMs > 0);
    CHECK_FALSE(all[0].authorId.empty());
    client.comments().addComment(issueId, body, "write-2");
    for (const std::string marker : {"write-1", "write-2"}) {
        const auto ours = client.comments().marked(issueId, marker, added.createdMs);
        REQUIRE(ours);
        CHECK((ours->id == added.id) == (marker == "write-1"));
        CHECK(ours->marker == marker);
    }
    CHECK_FALSE(client.comments().marked(issueId, "write-3", 0));
    CHECK_FALSE(client.comments().marked(issueId, "write-1", added.createdMs + 3'600'000));
    CHECK(client.comments().comment(issueId, added.id)->text == added.text);
    CHECK_FALSE(client.comments().comment(issueId, "99999999").has_value());
}

inline void closeIt(Client& client, const std::string& issueId) {
    const auto steps = client.workflow().transitions(issueId);
    const auto toDone =
        std::find_if(steps.begin(), steps.end(), [](const auto& step) { return step.to.category == "done"; });
    REQUIRE(toDone != steps.end());
    std::map<std::string, std::string> fields;
    if (toDone->fields.count("resolution") != 0) {
        const auto resolutions = client.workflow().resolutions();
        REQUIRE_FALSE(resolutions.empty());
        fields["resolution"] = R"({"id":")" + resolutions[0].id + "\"}";
    }
    client.workflow().transition(issueId, toDone->id, fields);
    const auto found = client.issueStates().fetch({issueId, "99999999"});
    REQUIRE(found.issues.size() == 1);
    CHECK(found.issues[0].isDone());
    CHECK(found.missing == std::vector<std::string>{"99999999"});
}

inline void change(Client& client, const std::string& issueId) {
    IssueEdit edit;
    edit.summary = "another";
    edit.dueDate = "2026-12-31";
    edit.addLabels = {"added"};
    edit.removeLabels = {"mayo-aspm"};
    client.editing().edit(issueId, edit);
    client.editing().setProperty(issueId, "com.mayoaspm.canary", R"({"at":1})");
    const IssueState state = client.issueStates().fetch({issueId}).issues.at(0);
    CHECK(state.summary == "another");
    CHECK(state.dueDate == "2026-12-31");
    CHECK(std::count(state.labels.begin(), state.labels.end(), "added") == 1);
    CHECK(std::count(state.labels.begin(), state.labels.end(), "mayo-aspm") == 0);
    CHECK(state.updatedMs > 0);
    edit = {};
    edit.priorityId = "no such priority";
    CHECK_THROWS_AS(client.editing().edit(issueId, edit), Refusal);
}

inline void findIt(Client& client, const std::string& issueId) {
    const IssueState state = client.issueStates().fetch({issueId}).issues.at(0);
    const auto holds = [&](const ChangedIssues& found) {
        return std::any_of(found.issues.begin(), found.issues.end(),
                           [&](const auto& issue) { return issue.id == issueId; });
    };
    CHECK(holds(client.issueStates().changedSince({state.projectId}, state.updatedMs - 60'000, {})));
    CHECK_FALSE(holds(client.issueStates().changedSince({state.projectId}, state.updatedMs + 600'000, {})));
    CHECK(holds(client.issueStates().withLabel("added", {})));
    CHECK_FALSE(holds(client.issueStates().withLabel("nobody-has-\"this\"", {})));
}

inline void keepWebhook(Client& client, const WebhookOrder& order) {
    Webhooks& webhooks = client.webhooks();
    const std::string id = webhooks.add(order);
    auto all = webhooks.list();
    const auto ours = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
    REQUIRE(ours != all.end());
    CHECK(ours->enabled);
    CHECK(ours->events == order.events);
    CHECK((ours->expiresAtMs > 0) == (webhooks.kind() == Webhooks::Kind::Dynamic));
    CHECK((webhooks.refresh({id}) > 0) == (webhooks.kind() == Webhooks::Kind::Dynamic));
    webhooks.remove({id, "99999999"});
    all = webhooks.list();
    CHECK(std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.id == id; }));
}

inline WebhookOrder webhookOrder() {
    return {"Mayo ASPM",
            "https://aspm.example/api/jira/webhook",
            {"jira:issue_updated", "jira:issue_deleted", "comment_created"},
            "project = PAY",
            {},
            "a-secret-of-this-webhook"};
}

} // namespace jira_plugin::jira
