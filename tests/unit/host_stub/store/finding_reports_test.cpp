#include <catch2/catch.hpp>

#include "world.hpp"

using namespace aspm::host;
using host_tests::World;

namespace {

const std::string plugin = "test.plugin";

struct Reports : World {
    Reports() {
        findings.setOnChange([this](FindingStore::Changed what) {
            if (what == FindingStore::Changed::Push)
                ++told;
        });
    }

    static PushReport created(const std::string& finding, const std::string& key) {
        TicketRef ticket;
        ticket.key = key;
        ticket.url = "https://jira.example/browse/" + key;
        return {finding, ASPM_PUSH_CREATED, "", "", ticket};
    }

    FindingWithPush found(const std::string& id) { return findings.find("acme", id).value(); }

    int told = 0;
};

} // namespace

TEST_CASE("many reports arrive in one transaction, and the pages hear of it once", "[reports]") {
    Reports world;
    const std::string one = world.addFinding("One");
    const std::string two = world.addFinding("Two");
    const auto refusals =
        world.findings.reportPushes(plugin, "acme",
                                    {Reports::created(one, "PAY-1"),
                                     {two, ASPM_PUSH_PARKED, "No such type.", "Map another.", std::nullopt}});
    CHECK(refusals.empty());
    CHECK(world.told == 1);
    CHECK(world.found(one).push.state == ASPM_PUSH_CREATED);
    CHECK(world.found(one).push.ticket->key == "PAY-1");
    CHECK(world.found(two).push.state == ASPM_PUSH_PARKED);
    CHECK(world.found(two).push.remedy == "Map another.");
    CHECK(world.findings.timeline("acme", one).back().entry.text == "Ticket PAY-1 created.");
    CHECK(world.findings.timeline("acme", two).back().entry.text == "No ticket: No such type. Map another.");
}

TEST_CASE("a report on a finding that is not there does not lose the others", "[reports]") {
    Reports world;
    const std::string one = world.addFinding("One");
    const std::string two = world.addFinding("Two");
    const auto refusals =
        world.findings.reportPushes(plugin, "acme",
                                    {Reports::created(one, "PAY-1"), Reports::created("nothing", "PAY-2"),
                                     Reports::created(two, "PAY-3")});
    REQUIRE(refusals.size() == 1);
    CHECK(refusals[0].index == 1);
    CHECK(refusals[0].why.status() == ASPM_NOT_FOUND);
    CHECK(world.found(one).push.ticket->key == "PAY-1");
    CHECK(world.found(two).push.ticket->key == "PAY-3");
}

TEST_CASE("reports of another organisation's findings are refused", "[reports]") {
    Reports world;
    const std::string one = world.addFinding("One");
    const auto refusals = world.findings.reportPushes(plugin, "elsewhere", {Reports::created(one, "PAY-1")});
    REQUIRE(refusals.size() == 1);
    CHECK(refusals[0].why.status() == ASPM_NOT_FOUND);
    CHECK(world.found(one).push.state == ASPM_PUSH_NONE);
}

TEST_CASE("the last of several reports on a finding counts, and repeating them tells nothing new",
          "[reports]") {
    Reports world;
    const std::string one = world.addFinding("One");
    const std::vector<PushReport> reports{{one, ASPM_PUSH_WAITING, "Jira is away.", "", std::nullopt},
                                          Reports::created(one, "PAY-1")};
    world.findings.reportPushes(plugin, "acme", reports);
    world.findings.reportPushes(plugin, "acme", {reports.back()});
    CHECK(world.found(one).push.state == ASPM_PUSH_CREATED);
    int entries = 0;
    for (const TimelineLine& line : world.findings.timeline("acme", one))
        entries += line.entry.text == "Ticket PAY-1 created." ? 1 : 0;
    CHECK(entries == 1);
}
