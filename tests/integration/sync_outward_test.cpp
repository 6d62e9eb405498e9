#include <catch2/catch.hpp>

#include "connected_host.hpp"
#include "eventually.hpp"

#include <random>

/// What people and scans decide on findings arrives on their tickets, once.
using namespace integration;
using namespace test_support;

namespace {

/// Closing a ticket of LEG takes three steps, and the last one's screen wants a resolution.
struct Synced : ConnectedHost {
    explicit Synced(const std::string& jiraProject = "LEG")
        : ConnectedHost(traced(), {{"jira.push.settle_seconds", "1"}}) {
        mapProject(host, "legacy-billing", jiraProject, "Task");
    }

    std::string pushed(const std::string& severity = "high") const {
        NewFinding finding;
        finding.title = "Buffer overflow in the tax table";
        finding.severity = severity;
        const auto id = host.addFindings("legacy-billing", {finding}).front();
        host.push("legacy-billing", {id});
        return id;
    }

    void setStatus(const std::string& finding, const std::string& status, const std::string& actor) const {
        host.control("POST", "/organisations/acme/findings/" + finding + "/status",
                     R"({"status":")" + status + R"(","actor":")" + actor + R"(","reason":"as agreed"})");
    }
    void edit(const std::string& finding, const std::string& members) const {
        host.control("PATCH", "/organisations/acme/findings/" + finding, members);
    }

    std::string status(const std::string& finding) const { return ticketOf(finding)["status"].text(); }
    bool becomes(const std::string& finding, const std::string& status) const {
        return eventually([&] {
            advance(std::chrono::seconds(1)); // pauses after a failure grow
            return this->status(finding) == status;
        });
    }

    int comments(const std::string& finding, const std::string& part) const {
        int count = 0;
        for (const auto& comment : ticketOf(finding)["comments"].items())
            count += comment["text"].text().find(part) != std::string::npos ? 1 : 0;
        return count;
    }
    bool hears(const std::string& finding, const std::string& part, int times = 1) const {
        return eventually([&] {
            advance(std::chrono::seconds(1));
            return comments(finding, part) == times;
        });
    }
    bool tells(const std::string& finding, const std::string& part) const {
        return eventually([&] { return host.timeline(finding).find(part) != std::string::npos; });
    }
};

} // namespace

TEST_CASE("a finding that a scan resolves closes its ticket, and one that comes back reopens it",
          "[integration][sync]") {
    const Synced world;
    const auto finding = world.pushed();
    world.setStatus(finding, "resolved", "scan");
    REQUIRE(world.becomes(finding, "Done"));
    CHECK(world.ticketOf(finding)["resolution"].text() == "Done");
    REQUIRE(world.hears(finding, "the scanner no longer reports this finding"));
    CHECK(world.tells(finding, "was moved to 'Done' in Jira"));
    CHECK(eventually([&] { return world.host.finding(finding)["ticket"]["status"].text() == "Done"; }));

    world.setStatus(finding, "open", "scan");
    CHECK(world.hears(finding, "Reopened by a scan"));
    CHECK(world.status(finding) != "Done");
    CHECK(world.host.finding(finding)["status"].text() == "open");
}

TEST_CASE("what is decided while the ticket is being created arrives on it right after",
          "[integration][sync]") {
    const Synced world("PAY");
    world.jira.fault("latency=1500,method=POST,path=/issue,times=1");
    NewFinding fresh;
    fresh.title = "Buffer overflow in the tax table";
    const auto finding = world.host.addFindings("legacy-billing", {fresh}).front();
    world.host.push("legacy-billing", {finding}, 0);
    REQUIRE(eventually([&] { return world.jira.fired() == 1; }));
    world.setStatus(finding, "resolved", "scan");
    CHECK(world.host.pushState(finding) != "created");
    REQUIRE(eventually([&] { return world.host.pushState(finding) == "created"; }));
    // Nobody moves the clock, and the plan looks by itself twice a minute at most.
    CHECK(eventually([&] { return world.status(finding) == "Done"; }, std::chrono::seconds(20)));
}

TEST_CASE("an accepted risk closes its ticket as won't do", "[integration][sync]") {
    const Synced world;
    const auto finding = world.pushed();
    world.setStatus(finding, "accepted", "alice");
    REQUIRE(world.becomes(finding, "Done"));
    CHECK(world.ticketOf(finding)["resolution"].text() == "Won't Do");
    REQUIRE(world.hears(finding, "Risk accepted by Alice"));
    CHECK(world.comments(finding, "as agreed") == 1);
    CHECK(world.host.finding(finding)["status"].text() == "accepted");
}

TEST_CASE("a change of severity reaches the ticket, and a developer's edit stays", "[integration][sync]") {
    const Synced world("PAY");
    const auto followed = world.pushed("low"), edited = world.pushed("low");
    world.jira.control("POST", "/_sim/issues/" + world.ticketOf(edited)["key"].text() + "/edit",
                       R"({"priority":"Highest"})");
    for (const auto& finding : {followed, edited})
        world.edit(finding, R"({"severity":"high","actor":"alice"})");
    REQUIRE(world.hears(followed, "Severity changed from low to high"));
    REQUIRE(world.hears(edited, "Severity changed from low to high"));
    CHECK(world.ticketOf(followed)["priority"].text() == "High");
    CHECK(world.ticketOf(edited)["priority"].text() == "Highest");
    CHECK(world.tells(edited, "was changed in Jira to 'Highest'"));
}

TEST_CASE("answers of Jira that are lost give no second step and no second comment", "[integration][sync]") {
    const auto fault = GENERATE("lost-answer", "cut");
    const auto path = GENERATE("/transitions", "/comment");
    CAPTURE(fault, path);
    const Synced world;
    const auto finding = world.pushed();
    world.jira.fault(std::string(fault) + ",method=POST,path=" + path + ",times=1");
    world.setStatus(finding, "resolved", "alice");
    REQUIRE(world.hears(finding, "Resolved by Alice"));
    CHECK(world.status(finding) == "Done");
    world.setStatus(finding, "open", "alice"); // what comes later comes once, too
    CHECK(world.hears(finding, "Reopened by Alice"));
    CHECK(world.comments(finding, "Resolved by Alice") == 1);
}

TEST_CASE("a host that is killed while it writes to tickets writes each change once", "[integration][sync]") {
    Synced world;
    std::vector<std::string> findings;
    findings.reserve(6);
    for (int i = 0; i < 6; ++i)
        findings.push_back(world.pushed());
    world.jira.fault("latency=40,path=/ex/jira/");
    std::mt19937 random(std::random_device{}());
    for (const auto& finding : findings)
        world.setStatus(finding, "resolved", "scan");
    for (int crash = 0; crash < 5; ++crash) {
        const auto before = world.jira.requests();
        const auto further = std::uniform_int_distribution<long long>(1, 25)(random);
        eventually([&] { return world.jira.requests() >= before + further; }, std::chrono::seconds(3));
        world.host.kill();
        world.host.restart();
    }
    world.jira.clearFaults();
    auto admin = world.host.signedIn();
    REQUIRE(eventually([&] {
        world.advance(std::chrono::seconds(1));
        return settings(admin, "GET", "sync/queue")["outgoing"]["waiting"].number() == 0;
    }));
    for (const auto& finding : findings) {
        CHECK(world.status(finding) == "Done");
        CHECK(world.comments(finding, "the scanner no longer reports this finding") == 1);
        CHECK(world.comments(finding, "") == 1);
    }
}
