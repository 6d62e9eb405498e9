#include <catch2/catch.hpp>

#include "../settings/settings_world.hpp"

#include "diagnosis/organisation_checks.hpp"

using namespace settings_test;
using namespace jira_plugin::diagnosis;

namespace {

/// A platform on which all is well, and checks of it.
struct CheckedWorld : World {
    CheckedWorld() {
        hosting.config["jira.cloud.client_id"] = "id";
        hosting.config["jira.cloud.client_secret"] = "secret";
        hosting.now = 1'767'225'600'000;
        connectionDesk.state.scopes = "read:jira-work write:jira-work read:jira-user manage:jira-webhook";
        connectionDesk.state.tokenExpiresAtMs = hosting.now + 3'600'000;
        network.serverMs = hosting.now;
        health.state.state = jira_plugin::sync::WebhookHealth::State::Healthy;
        health.state.message = "Changes in Jira are heard of.";
        health.state.heardAtMs = hosting.now - 60'000;
    }

    std::vector<CheckResult> run(const std::set<std::string>& only = {},
                                 std::optional<std::set<std::string>> projects = std::nullopt) {
        std::vector<CheckResult> results;
        checks.run({acme, only, std::move(projects)}, [&](const CheckResult& result) {
            results.push_back(result);
            return true;
        });
        return results;
    }
    /// "state" of a check's last word; of a project's when one is named.
    static std::string stateOf(const std::vector<CheckResult>& results, const std::string& check,
                               const std::string& project = "") {
        std::string state = "none";
        for (const auto& result : results)
            if (result.check == check && (project.empty() || result.project == project))
                state = toString(result.judgement.state);
        return state;
    }
    /// The checks that did not end well, in order.
    static std::string troubles(const std::vector<CheckResult>& results) {
        std::string all;
        for (const auto& result : results)
            if (result.judgement.state == CheckState::Failed || result.judgement.state == CheckState::Warning)
                all += (all.empty() ? "" : " ") + result.check;
        return all;
    }
};

} // namespace

TEST_CASE_METHOD(CheckedWorld, "when all is well every check says so, in its order and once", "[diagnosis]") {
    mapPayments();
    const auto results = run();
    CHECK(troubles(results) == "");
    std::vector<std::string> begun, done;
    for (const auto& result : results)
        (result.judgement.state == CheckState::Running ? begun : done).push_back(result.check);
    std::vector<std::string> all;
    for (const auto& kind : checkKinds())
        all.emplace_back(kind.id);
    CHECK(done == all);
    CHECK(begun == all);
    CHECK(stateOf(results, "webhook_heard") == "ok");
    CHECK(stateOf(results, "permissions", "payments-api") == "ok");
    CHECK(checks.last(acme)->results.size() == all.size());
    CHECK_FALSE(checks.last("globex"));
}

TEST_CASE_METHOD(CheckedWorld, "a step that fails is the one that is named, and what rests on it is skipped",
                 "[diagnosis]") {
    mapPayments();
    const auto failing = GENERATE(values<std::pair<std::string, std::string>>(
        {{"addresses", "name_resolution"}, {"connect", "tcp"}, {"tls", "tls"}}));
    network.onStep = [&](const std::string& step) {
        if (step.compare(0, failing.first.size(), failing.first) == 0)
            throw jira::TransportError(jira::TransportError::Kind::Dns, false, "It fails.", "Mend it.");
    };
    const auto results = run();
    CHECK(troubles(results) == failing.second);
    for (const char* check : {"clock", "token", "scopes", "account", "projects", "permissions", "workflow"})
        CHECK(stateOf(results, check) == "skipped");
    CHECK(stateOf(results, "queue") == "ok");
    // Alone, a check runs whatever the others would say.
    CHECK(stateOf(run({"account"}), "account") == "ok");
}

TEST_CASE_METHOD(CheckedWorld, "each thing that can be wrong is found by its own check", "[diagnosis]") {
    mapPayments();
    const auto found = [&] { return troubles(run()); };
    SECTION("configuration") {
        hosting.config.erase("jira.cloud.client_id");
        CHECK(found() == "configuration");
    }
    SECTION("clock") {
        network.serverMs = hosting.now - 600'000;
        CHECK(found() == "clock");
    }
    SECTION("certificate") {
        network.facts.cause = "Not trusted.";
        network.facts.remedy = "Trust it.";
        CHECK(found() == "tls");
    }
    SECTION("grant") {
        connections.connect(false);
        const auto results = run();
        CHECK(troubles(results) == "token");
        CHECK(stateOf(results, "scopes") == "skipped");
    }
    SECTION("scopes") {
        connectionDesk.state.scopes = "read:jira-work";
        CHECK(found() == "scopes");
    }
    SECTION("no projects") {
        atlassian->hasNoProjects = true;
        CHECK(found() == "projects");
    }
    SECTION("permission") {
        atlassian->denied = {"CREATE_ISSUES"};
        CHECK(found() == "permissions");
    }
    SECTION("issue type") {
        atlassian->types = {{"10005", "Task", false}};
        CHECK(found() == "create_metadata");
    }
    SECTION("required field") {
        samples::add(atlassian->screen, samples::field("customfield_7", "string", true));
        CHECK(found() == "create_metadata");
    }
    SECTION("priority") {
        atlassian->screen.erase("priority");
        CHECK(found() == "priorities");
    }
    SECTION("workflow") {
        atlassian->statuses = {{"10004", {{"3", "Done", "done"}}}};
        CHECK(found() == "workflow");
    }
    SECTION("queue") {
        enqueue("f-1");
        database.transaction([](Poco::Data::Session& session) {
            session << "UPDATE outbox SET state = 'parked'", Poco::Data::Keywords::now;
        });
        CHECK(found() == "queue");
    }
}

TEST_CASE_METHOD(CheckedWorld, "what is read of one Jira project is read once, and only wanted projects are",
                 "[diagnosis]") {
    mapPayments();
    ask("PUT", "/api/mappings/p2", R"({"jiraProject":"PAY","issueType":"Bug"})");
    atlassian->screenReads = 0;
    auto results = run({"create_metadata", "priorities"});
    CHECK(atlassian->screenReads == 1);
    CHECK(stateOf(results, "priorities", "payments-api") == "ok");
    CHECK(stateOf(results, "priorities", "auth-service") == "ok");

    results = run({"priorities"}, std::set<std::string>{"p2"});
    CHECK(stateOf(results, "priorities", "auth-service") == "ok");
    CHECK(stateOf(results, "priorities", "payments-api") == "none");
    CHECK(stateOf(run({"priorities"}, std::set<std::string>{}), "priorities") == "skipped");
}

TEST_CASE_METHOD(CheckedWorld, "nothing begins after nobody listens or the plugin stops", "[diagnosis]") {
    int told = 0;
    checks.run({acme, {}, std::nullopt}, [&](const CheckResult&) { return ++told < 3; });
    CHECK(told == 3);
    checks.stop();
    CHECK(network.isStopped);
    for (const auto& result : run())
        CHECK(result.judgement.state == CheckState::Skipped);
}

TEST_CASE_METHOD(CheckedWorld, "a run that is under way when the plugin stops begins nothing more",
                 "[diagnosis]") {
    network.onStep = [this](const std::string& step) {
        if (step.compare(0, 7, "connect") == 0)
            checks.stop();
    };
    const auto results = run();
    CHECK(stateOf(results, "name_resolution") == "ok");
    for (const char* check : {"tls", "token", "permissions", "queue"})
        CHECK(stateOf(results, check) == "skipped");
}
