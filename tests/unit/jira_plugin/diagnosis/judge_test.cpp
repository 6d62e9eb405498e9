#include <catch2/catch.hpp>

#include "../mapping/samples.hpp"

#include "diagnosis/judge_connection.hpp"
#include "diagnosis/judge_network.hpp"
#include "diagnosis/judge_project.hpp"
#include "diagnosis/judge_queue.hpp"

using namespace jira_plugin;
using namespace jira_plugin::diagnosis;
using Catch::Matchers::Contains;

namespace {

constexpr std::int64_t now = 1'767'225'600'000; // 2026-01-01
constexpr std::int64_t day = 24LL * 60 * 60 * 1000;

TlsFacts certificate(std::int64_t daysLeft) {
    return {"api.example", "CN=api.example", "CN=Authority", "", now + daysLeft * day, "", "", ""};
}

std::string stateOf(const Judgement& judgement) {
    const bool isTrouble = judgement.state == CheckState::Warning || judgement.state == CheckState::Failed;
    CHECK(judgement.cause.empty() != isTrouble); // what is wrong always has a cause and a remedy
    CHECK(judgement.remedy.empty() != isTrouble);
    return toString(judgement.state);
}

std::vector<jira::Permission> allBut(const std::string& key) {
    std::vector<jira::Permission> permissions;
    for (const auto& each : neededPermissions())
        permissions.push_back({each, each != key});
    return permissions;
}

} // namespace

TEST_CASE("a certificate is judged by its days and its chain", "[diagnosis]") {
    const auto fine = judgeTls({certificate(90)}, now);
    CHECK(stateOf(fine) == "ok");
    CHECK(fine.evidence == "api.example: CN=api.example, issued by CN=Authority, 90 days left");
    CHECK(stateOf(judgeTls({certificate(14)}, now)) == "ok");
    CHECK(stateOf(judgeTls({certificate(90), certificate(13)}, now)) == "warning");

    TlsFacts refused;
    refused.server = "auth.example";
    refused.refused = "CN=auth.example, issued by CN=Corporate Proxy";
    refused.cause = "Not signed by an authority this platform trusts.";
    refused.remedy = "Name the CA.";
    const auto broken = judgeTls({refused, certificate(3)}, now);
    CHECK(stateOf(broken) == "failed");
    CHECK_THAT(broken.evidence, Contains("Corporate Proxy"));
    CHECK_THAT(broken.evidence, Contains("3 days left"));
}

TEST_CASE("a clock may be off by a minute, and not by more than five", "[diagnosis]") {
    CHECK(stateOf(judgeClock(now, now + 60'000, "api")) == "ok");
    CHECK(stateOf(judgeClock(now, now - 60'001, "api")) == "warning");
    CHECK(stateOf(judgeClock(now, now + 300'000, "api")) == "warning");
    const auto wrong = judgeClock(now, now + 600'000, "api");
    CHECK(stateOf(wrong) == "failed");
    CHECK_THAT(wrong.cause, Contains("10 minutes behind"));
    CHECK_THAT(wrong.evidence, Contains("2026-01-01 00:00 UTC") && Contains("2026-01-01 00:10 UTC"));
    CHECK(stateOf(judgeClock(now, 0, "api")) == "skipped");
}

TEST_CASE("configuration, scopes, account and projects say what is missing", "[diagnosis]") {
    connection::CloudApp app;
    app.authUrl = app.apiUrl = "https://a.example";
    CHECK(stateOf(judgeConfiguration(app)) == "failed");
    app.clientId = "id-canary";
    app.clientSecret = connection::Secret("secret-canary");
    const auto configured = judgeConfiguration(app);
    CHECK(stateOf(configured) == "ok");
    CHECK_THAT(configured.evidence, !Contains("canary"));

    connection::ConnectionStatus status;
    status.scopes = "read:jira-work write:jira-work read:jira-user manage:jira-webhook";
    CHECK(stateOf(judgeScopes(status)) == "ok");
    status.scopes = "read:jira-work write:jira-work";
    const auto missing = judgeScopes(status);
    CHECK(stateOf(missing) == "failed");
    CHECK_THAT(missing.cause, Contains("read:jira-user") && Contains("manage:jira-webhook"));

    CHECK(stateOf(judgeAccount({"a", "Ann", "", true})) == "ok");
    CHECK(stateOf(judgeAccount({"a", "Ann", "", false})) == "failed");

    jira::Page<jira::ProjectRef> page;
    CHECK_THAT(judgeProjects(page).cause, Contains("No Jira projects found"));
    CHECK(stateOf(judgeProjects(page)) == "failed");
    page.values.push_back({"1", "PAY", "Payments", false});
    CHECK(stateOf(judgeProjects(page)) == "ok");
}

TEST_CASE("an address that Jira Cloud cannot reach is warned of", "[diagnosis]") {
    const auto of = [](const std::string& url) {
        return stateOf(judgePublicUrl(url, url + "/oauth/callback"));
    };
    CHECK(of("https://aspm.example.com/settings") == "ok");
    CHECK(of("http://aspm.example.com/settings") == "warning");
    CHECK(of("https://localhost:8080/settings") == "warning");
    CHECK(of("https://10.1.2.3/settings") == "warning");
    CHECK(of("https://aspm/settings") == "warning");
    CHECK(of("nonsense") == "failed");
}

TEST_CASE("without a permission that creating needs it fails, without another it warns", "[diagnosis]") {
    const auto project = samples::project();
    CHECK(stateOf(judgePermissions(project, allBut(""))) == "ok");
    CHECK(stateOf(judgePermissions(project, {})) == "failed");
    for (const char* key : {"BROWSE_PROJECTS", "CREATE_ISSUES"})
        CHECK(stateOf(judgePermissions(project, allBut(key))) == "failed");
    for (const char* key :
         {"EDIT_ISSUES", "ASSIGN_ISSUES", "ADD_COMMENTS", "TRANSITION_ISSUES", "DELETE_ISSUES"})
        CHECK(stateOf(judgePermissions(project, allBut(key))) == "warning");
    CHECK_THAT(judgePermissions(project, allBut("ASSIGN_ISSUES")).cause,
               Contains("Assign Issues in PAY") && Contains("no assignee"));
}

TEST_CASE("what Jira changed after the mapping was made is drift", "[diagnosis]") {
    auto project = samples::project();
    CHECK(stateOf(judgeIssueType(project, {{"10004", "Bug", false}})) == "ok");
    CHECK(stateOf(judgeIssueType(project, {{"10004", "Bug", true}})) == "failed");
    const auto gone = judgeIssueType(project, {{"10005", "Task", false}});
    CHECK(stateOf(gone) == "failed");
    REQUIRE(gone.fix);
    CHECK(gone.fix->id == rereadMetadata);

    auto screen = samples::screen();
    CHECK(stateOf(judgeScreen(project, screen)) == "ok");
    project.extraFields["customfield_1"] = "3";
    const auto lost = judgeScreen(project, screen);
    CHECK(stateOf(lost) == "warning");
    CHECK_THAT(lost.cause, Contains("customfield_1"));
    auto number = samples::field("customfield_1", "number", true);
    number.name = "Story points";
    samples::add(screen, number);
    CHECK(stateOf(judgeScreen(project, screen)) == "ok");
    project.extraFields["customfield_1"] = "\"many\"";
    CHECK(stateOf(judgeScreen(project, screen)) == "failed");
    project.extraFields.clear();
    const auto required = judgeScreen(project, screen);
    CHECK(stateOf(required) == "failed");
    CHECK_THAT(required.cause, Contains("Story points"));
}

TEST_CASE("priorities are held against the project's own", "[diagnosis]") {
    const auto project = samples::project();
    mapping::FieldMapping fields;
    auto screen = samples::screen();
    CHECK(stateOf(judgePriorities(project, fields, screen)) == "ok");
    fields.priorityIds[static_cast<std::size_t>(host::Severity::High)] = "2";
    CHECK(stateOf(judgePriorities(project, fields, screen)) == "ok");
    fields.priorityIds[static_cast<std::size_t>(host::Severity::High)] = "99";
    const auto taken = judgePriorities(project, fields, screen);
    CHECK(stateOf(taken) == "warning");
    CHECK_THAT(taken.cause, Contains("chosen for high"));
    screen["priority"].allowedValues.clear();
    CHECK(stateOf(judgePriorities(project, fields, screen)) == "warning");
    screen.erase("priority");
    CHECK(stateOf(judgePriorities(project, fields, screen)) == "warning");
}

TEST_CASE("a workflow must have a place where tickets begin", "[diagnosis]") {
    const auto project = samples::project();
    CHECK(stateOf(judgeWorkflow(project, {{"10004", {{"1", "To Do", "new"}, {"2", "Done", "done"}}}})) ==
          "ok");
    CHECK(stateOf(judgeWorkflow(project, {{"10004", {{"2", "Done", "done"}}}})) == "warning");
    CHECK(stateOf(judgeWorkflow(project, {{"10005", {{"1", "To Do", "new"}}}})) == "failed");
}

TEST_CASE("a queue that waits for somebody says for whom", "[diagnosis]") {
    using store::OutboxState;
    CHECK(stateOf(judgeQueue({{OutboxState::Created, 3}}, std::nullopt)) == "ok");
    const auto parked = judgeQueue({{OutboxState::Parked, 2}, {OutboxState::InDoubt, 1}}, std::nullopt);
    CHECK(stateOf(parked) == "warning");
    CHECK(parked.fix->id == retryParked);
    CHECK(stateOf(judgeQueue({{OutboxState::InDoubt, 1}}, std::nullopt)) == "warning");
    store::Pause pause;
    pause.message = "Jira is down.";
    pause.remedy = "Wait.";
    CHECK(judgeQueue({}, pause).fix->id == resumeQueue);
    CHECK(stateOf(judgeQueue({}, pause)) == "warning");
    pause.kind = store::Pause::Kind::Connection;
    CHECK(stateOf(judgeQueue({}, pause)) == "failed");
    CHECK_FALSE(judgeQueue({}, pause).fix);
}
