// Text in both directions: not terminated, with NUL inside, without data, not UTF-8; borrowed and then gone.
#include <catch2/catch.hpp>

#include <temp_dir.hpp>

#include "support/guarded_text.hpp"
#include "support/opened.hpp"

using namespace contract;
using namespace aspm::host;
using Catch::Matchers::Contains;

namespace {

aspm_str lent(const GuardedText& text) {
    return {text.view().data(), text.view().size()};
}

} // namespace

TEST_CASE("hooks read inputs up to their end and keep none of them", "[contract]") {
    const test_support::TempDir dir;
    MiniHost host(dir.path().string());
    Opened plugin("hello_c", host);
    REQUIRE(plugin.start() == ASPM_OK);
    MiniCall call;
    {
        const GuardedText path("/"), user("Bob");
        aspm_principal principal{};
        principal.struct_size = sizeof(principal);
        principal.user_name = lent(user);
        aspm_http_request request{};
        request.struct_size = sizeof(request);
        request.path = lent(path);
        request.principal = &principal;
        MiniResponse response;
        const auto& page = host.contribution<aspm_settings_page>(ASPM_SETTINGS_PAGE_1);
        CHECK(page.handle(plugin.self, call.raw(), &request, response.raw()) == ASPM_OK);
        CHECK(response.body == "Hello, Bob.\n");
    }
    {
        const GuardedText name("x-hello-token"), value("let-me-in"), other("x-hello"), body("f1"),
            acme("acme");
        const aspm_header headers[] = {{lent(other), lent(value)}, {lent(name), lent(value)}};
        aspm_http_request request{};
        request.struct_size = sizeof(request);
        request.headers = headers;
        request.header_count = 2;
        request.organisation = lent(acme);
        request.body = lent(body);
        MiniResponse response;
        const auto& route = host.contribution<aspm_webhook_route>(ASPM_WEBHOOK_ROUTE_1);
        CHECK(route.handle(plugin.self, call.raw(), &request, response.raw()) == ASPM_OK);
        CHECK(response.status == 204);
        CHECK(host.resolved == std::vector<std::string>{"f1"});
    }
    {
        const GuardedText id("f1"), acme("acme"), title("Title");
        aspm_finding finding{};
        finding.struct_size = sizeof(finding);
        finding.organisation = lent(acme);
        finding.id = lent(id);
        finding.title = lent(title);
        const aspm_finding* findings[] = {&finding};
        aspm_push_request request{};
        request.struct_size = sizeof(request);
        request.organisation = lent(acme);
        request.findings = findings;
        request.finding_count = 1;
        aspm_push_receipts receipts{};
        receipts.struct_size = sizeof(receipts);
        receipts.set = [](aspm_push_receipts*, std::size_t, aspm_push_state state, aspm_str, aspm_str) {
            return state == ASPM_PUSH_CREATED ? ASPM_OK : ASPM_INTERNAL;
        };
        const auto& push = host.contribution<aspm_ticket_push>(ASPM_TICKET_PUSH_1);
        CHECK(push.push(plugin.self, call.raw(), &request, &receipts) == ASPM_OK);
    }
    CHECK(call.message.empty());
}

TEST_CASE("NUL inside a text is a character like any other", "[contract]") {
    auto plugin = Loaded::started("hello_c");
    auto f = finding();
    f.title = std::string("before\0after", 12);
    CHECK((*plugin)->preview("hello-c", f).payload == f.title);
    auto request = pageRequest(std::string("/\0", 2));
    CHECK((*plugin)->servePage("hello-c", request).result.status == ASPM_NOT_FOUND);
    auto probe = Loaded::started("probe");
    request = pageRequest();
    request.body = std::string("a\0b", 3);
    CHECK((*probe)->servePage("probe", request).body == std::string("GET  a\0b", 8));
}

TEST_CASE("the host reads what it is given up to its end", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = (*plugin)->servePage("probe", pageRequest("/guarded"));
    INFO(answer.result.message);
    REQUIRE(answer.result.ok());
    CHECK(answer.body == "up to the edge");
    CHECK(answer.header("x-edge") == "up to the edge");
    CHECK(plugin->memory.timeline("f1").at(0).text == "up to the edge");
    CHECK(plugin->memory.logLines().back().message == "up to the edge");
}

TEST_CASE("empty text needs no data", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = (*plugin)->servePage("probe", pageRequest("/null-data"));
    INFO(answer.result.message);
    CHECK(answer.body == "fine");
}

TEST_CASE("text that is not UTF-8 is refused by services and repaired in the log", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = (*plugin)->servePage("probe", pageRequest("/bad-utf8"));
    CHECK(answer.result.status == ASPM_ARGUMENT);
    CHECK_THAT(answer.result.message, Contains("UTF-8"));
    CHECK(plugin->memory.timeline("f1").empty());
    const std::string line = plugin->memory.logLines().back().message;
    CHECK_THAT(line, Contains("broken ") && Contains(" text") && !Contains("\xff"));
}

TEST_CASE("an error text that is not UTF-8 is repaired", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = (*plugin)->servePage("probe", pageRequest("/bad-utf8-error"));
    CHECK(answer.result.status == ASPM_REMOTE);
    CHECK_THAT(answer.result.message, Contains("it said ") && !Contains("\xff"));
}

TEST_CASE("headers with control characters and the host's own headers are refused", "[contract]") {
    auto plugin = Loaded::started("probe");
    auto request = pageRequest("/header");
    CHECK((*plugin)->servePage("probe", request).result.status == ASPM_ARGUMENT);
    request.query = "name";
    CHECK((*plugin)->servePage("probe", request).result.status == ASPM_ARGUMENT);
}
