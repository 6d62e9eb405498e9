// All host services through the C++ layer: what goes in arrives, what is missing is an answer.
#include <catch2/catch.hpp>

#include "support/loaded.hpp"

using namespace contract;
using namespace aspm::host;
using Catch::Matchers::Contains;

TEST_CASE("every service works from a hook", "[contract]") {
    Loaded plugin(bundle("probe"));
    plugin.memory.config["probe.word"] = "xyzzy";
    plugin.memory.owners["f1"] = "alice";
    plugin->start();
    const auto answer = plugin->servePage("probe", pageRequest("/services"));
    INFO(answer.result.message);
    REQUIRE(answer.result.ok());
    CHECK(answer.body == "organisations=Acme\n"
                         "projects=payments-api\n"
                         "members=alice@example.com\n"
                         "member=Alice\n"
                         "owner=alice\n"
                         "config=xyzzy\n"
                         "default=42\n"
                         "key=same\n"
                         "directory=there\n"
                         "database=none\n"
                         "base=http://127.0.0.1:1\n"
                         "page=" +
                             plugin.memory.services().urls->settingsPage("probe") +
                             "\n"
                             "clock=runs\n");
    CHECK(plugin.memory.finding("acme", "f1").status == ASPM_FINDING_ACCEPTED);
    const auto entry = plugin.memory.timeline("f1").at(0);
    CHECK(entry.kind == ASPM_TIMELINE_PROBLEM);
    CHECK(entry.author == "Bob");
    CHECK(entry.remedy == "remedy");
    CHECK(entry.atMs == 5);
    const auto ticket = plugin.memory.tickets().at("f1");
    CHECK(ticket.key == "PAY-1");
    CHECK(ticket.labels == std::vector<std::string>{"one", "two"});
    CHECK(plugin.memory.reportedPushes().at(0).ticketKey == "PAY-1");
    CHECK(plugin.memory.alerts().at(0).title == "title");
    CHECK(plugin.memory.auditEvents().at(0).action == "probe.used");
    CHECK(plugin.memory.logLines().back().fields == Fields{{"organisation", "acme"}});
    plugin.unload();
    CHECK(plugin.misbehaviour.sentences().empty());
}

TEST_CASE("what is not there is an answer, what cannot be done is an error", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = (*plugin)->servePage("probe", pageRequest("/not-found"));
    INFO(answer.result.message);
    CHECK(answer.body == "mmmmmmmmMSA");
}

TEST_CASE("a plugin may call the host from within a listing, with the same call", "[contract]") {
    Loaded plugin(bundle("probe"));
    plugin.memory.putFinding(finding("f2"));
    plugin->start();
    const auto answer = plugin->servePage("probe", pageRequest("/reenter"));
    INFO(answer.result.message);
    CHECK(answer.body == "f1 of payments-apif2 of payments-api");
    CHECK(plugin.memory.timeline("f2").size() == 1);
}

TEST_CASE("what a visitor throws comes out of the listing, and a visitor can stop it", "[contract]") {
    Loaded plugin(bundle("probe"));
    for (const char* id : {"f2", "f3"}) {
        plugin.memory.putFinding(finding(id));
    }
    plugin->start();
    CHECK(plugin->servePage("probe", pageRequest("/visitor-throws")).body == "no f1");
    CHECK(plugin->servePage("probe", pageRequest("/visitor-stops")).body == "2");
}

TEST_CASE("many reports go in one call, and one on an unknown finding does not lose the others",
          "[contract]") {
    Loaded plugin(bundle("probe"));
    plugin.memory.putFinding(finding("f2"));
    plugin->start();
    auto request = pageRequest("/reports");
    request.query = "f1,nothing,f2,f1";
    const auto answer = plugin->servePage("probe", request);
    INFO(answer.result.message);
    CHECK(answer.body == "together 1:NOT_FOUND told");
    const auto reported = plugin.memory.reportedPushes();
    REQUIRE(reported.size() == 3);
    CHECK(reported[0].finding == "f1");
    CHECK(reported[1].finding == "f2");
    CHECK(reported[1].state == ASPM_PUSH_CREATED);
    CHECK(reported[1].message == "made");
    CHECK(reported[1].remedy == "look");
    CHECK(reported[1].ticketKey == "PAY-f2");
    CHECK(plugin.memory.tickets().at("f2").labels == std::vector<std::string>{"one", "two"});
    CHECK(plugin->servePage("probe", pageRequest("/reports")).body == "together");
}

TEST_CASE("too many reports for one call are refused, all of them", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = (*plugin)->servePage("probe", pageRequest("/too-many-reports"));
    CHECK(answer.body == "0 refused, 1001 reports are too many for one call: at most 1000 are taken.");
    CHECK(plugin->memory.reportedPushes().size() == 1000);
}

TEST_CASE("a wrong report is refused by itself, a wrong call as a whole", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = (*plugin)->servePage("probe", pageRequest("/wrong-reports"));
    CHECK(answer.body == "0ARGUMENT 1ARGUMENT 3ARGUMENT 4ARGUMENT OK\nOK\nARGUMENT\nARGUMENT\n");
    CHECK(plugin->memory.reportedPushes().size() == 1);
    plugin->unload();
    CHECK(plugin->misbehaviour.sentences().empty());
}

TEST_CASE("without an optional service the layer says so, and the rest works", "[contract]") {
    MemoryServices memory;
    Misbehaviour misbehaviour;
    HostServices services;
    services.log = memory.services().log;
    auto plugin = Plugin::load(bundle("probe"), services, misbehaviour);
    plugin->start();
    const auto answer = plugin->servePage("probe", pageRequest("/services"));
    CHECK(answer.result.status == ASPM_UNSUPPORTED);
    CHECK_THAT(answer.result.message, Contains("aspm.findings/1"));
    CHECK(plugin->servePage("probe", pageRequest()).result.ok());
}
