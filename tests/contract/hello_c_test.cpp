// The plugin in plain C, with one contribution of each kind, in the host.
#include <catch2/catch.hpp>

#include "support/loaded.hpp"

using namespace contract;
using namespace aspm::host;
using Catch::Matchers::Contains;

namespace {

PushRequest pushOf(const Finding& f) {
    PushRequest request;
    request.organisation = f.organisation;
    request.key = "key-1";
    request.findings = {f};
    return request;
}

HttpRequest delivery(const std::string& token, const std::string& body) {
    HttpRequest request;
    request.method = "POST";
    request.organisation = "acme";
    request.headers = {{"Content-Type", "text/plain"}, {"X-HELLO-token", token}};
    request.body = body;
    return request;
}

} // namespace

TEST_CASE("the C plugin registers one contribution of each kind", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    REQUIRE((*plugin)->settingsPages().size() == 1);
    CHECK((*plugin)->settingsPages()[0].navigation == "Integrations / Hello in C");
    CHECK((*plugin)->settingsPages()[0].maxBodySize == 1024 * 1024);
    REQUIRE((*plugin)->ticketPushes().size() == 1);
    CHECK((*plugin)->ticketPushes()[0].title == "Create a hello ticket");
    REQUIRE((*plugin)->findingStatusHooks().size() == 1);
    CHECK((*plugin)->findingStatusHooks()[0].interests == (ASPM_CHANGED_STATUS | ASPM_CHANGED_DELETED));
    REQUIRE((*plugin)->webhookRoutes().size() == 1);
    CHECK((*plugin)->webhookRoutes()[0].maxBodySize == 4096);
}

TEST_CASE("the C plugin's page greets who is signed in", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    const auto answer = (*plugin)->servePage("hello-c", pageRequest());
    CHECK(answer.result.ok());
    CHECK(answer.body == "Hello, Alice.\n");
    CHECK(answer.header("content-type") == "text/plain; charset=utf-8");
}

TEST_CASE("the C plugin's page says what to do about a wrong path", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    const auto answer = (*plugin)->servePage("hello-c", pageRequest("/nowhere"));
    CHECK(answer.result.status == ASPM_NOT_FOUND);
    CHECK(answer.result.message == "This plugin has one page only.");
    CHECK(answer.result.remedy == "Open it without a path behind it.");
}

TEST_CASE("the C plugin makes one ticket, however often it is asked", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    CHECK((*plugin)->pushState("hello-c", "acme", "f1").state == ASPM_PUSH_NONE);
    for (int i = 0; i < 2; ++i) {
        const auto answer = (*plugin)->push("hello-c", pushOf(finding()));
        REQUIRE(answer.result.ok());
        CHECK(answer.receipts.at(0).state == ASPM_PUSH_CREATED);
    }
    const auto state = (*plugin)->pushState("hello-c", "acme", "f1");
    CHECK(state.state == ASPM_PUSH_CREATED);
    REQUIRE(state.ticket);
    CHECK(state.ticket->key == "f1");
    CHECK(plugin->memory.tickets().size() == 1);
    CHECK(plugin->memory.reportedPushes().back().state == ASPM_PUSH_CREATED);
}

TEST_CASE("the C plugin's tickets survive a restart", "[contract]") {
    Loaded plugin(bundle("hello_c"));
    plugin->start();
    REQUIRE((plugin->push("hello-c", pushOf(finding())).result.ok()));
    plugin.unload();
    Misbehaviour misbehaviour;
    auto again = Plugin::load(bundle("hello_c"), plugin.memory.services(), misbehaviour);
    again->start();
    CHECK(again->pushState("hello-c", "acme", "f1").state == ASPM_PUSH_CREATED);
    CHECK(again->pushState("hello-c", "other", "f1").state == ASPM_PUSH_NONE);
}

TEST_CASE("what the host says about a failure reaches the caller without set_error", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    const auto answer = (*plugin)->push("hello-c", pushOf(finding("unknown to the host")));
    CHECK(answer.result.status == ASPM_NOT_FOUND);
    CHECK_THAT(answer.result.message, Contains("unknown to the host"));
}

TEST_CASE("the C plugin previews without creating", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    const auto answer = (*plugin)->preview("hello-c", finding());
    REQUIRE(answer.result.ok());
    CHECK(answer.fields == Fields{{"Title", "Buffer overflow in parse()"}});
    CHECK(answer.payload == "Buffer overflow in parse()");
    CHECK((*plugin)->pushState("hello-c", "acme", "f1").state == ASPM_PUSH_NONE);
}

TEST_CASE("the C plugin hears of a changed finding", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    FindingChange change;
    change.changes = ASPM_CHANGED_STATUS;
    change.finding = finding();
    change.event = "e1";
    CHECK((*plugin)->changed("hello-c", change).ok());
    const auto lines = plugin->memory.logLines();
    REQUIRE_FALSE(lines.empty());
    CHECK(lines.back().message == "A finding changed.");
    CHECK(lines.back().fields == Fields{{"finding", "f1"}});
}

TEST_CASE("the C plugin's webhook resolves a finding for those who know the token", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    CHECK((*plugin)->serveWebhook("hello-c", delivery("wrong", "f1")).status == 401);
    CHECK((*plugin)->serveWebhook("hello-c", delivery("let-me-i", "f1")).status == 401);
    CHECK((*plugin)->serveWebhook("hello-c", delivery("let-me-inn", "f1")).status == 401);
    CHECK(plugin->memory.finding("acme", "f1").status == ASPM_FINDING_OPEN);
    CHECK((*plugin)->serveWebhook("hello-c", delivery("let-me-in", "f1")).status == 204);
    CHECK(plugin->memory.finding("acme", "f1").status == ASPM_FINDING_RESOLVED);
}

TEST_CASE("the smallest C++ plugin greets too", "[contract]") {
    auto plugin = Loaded::started("hello_cpp");
    CHECK((*plugin)->servePage("hello-cpp", pageRequest()).body == "Hello, Alice.\n");
    const auto lost = (*plugin)->servePage("hello-cpp", pageRequest("/lost"));
    CHECK(lost.result.status == ASPM_NOT_FOUND);
    CHECK_THAT(lost.result.message, Contains("/lost"));
}
