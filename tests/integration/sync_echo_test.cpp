#include <catch2/catch.hpp>

#include "data_center.hpp"
#include "eventually.hpp"

#include <algorithm>

/// What we write to Jira comes back by its webhook and changes nothing; what people do there counts, whoever
/// they are.
using namespace integration;
using namespace test_support;

namespace {

const std::map<std::string, std::string> settlesSoon{{"jira.push.settle_seconds", "1"}};

/// Both sides of two-way sync, on whatever Jira.
struct Sides {
    const Simulator& jira;
    const StubHost& host;
    HttpClient& admin;

    std::string pushed() const {
        const auto finding = host.addFindings("payments-api", 1).front();
        host.push("payments-api", {finding});
        return finding;
    }
    void setStatus(const std::string& finding, const std::string& status, const std::string& actor) const {
        host.control("POST", "/organisations/acme/findings/" + finding + "/status",
                     R"({"status":")" + status + R"(","actor":")" + actor + R"("})");
    }
    std::string statusHere(const std::string& finding) const {
        return host.finding(finding)["status"].text();
    }
    Json ticketOf(const std::string& finding) const {
        return jira.issue(host.finding(finding)["ticket"]["key"].text());
    }
    std::size_t comments(const std::string& finding) const {
        return ticketOf(finding)["comments"].items().size();
    }
    std::size_t timelineLength(const std::string& finding) const {
        const auto text = host.timeline(finding);
        return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    }
    long long heard() const {
        return jira.control("GET", "/_sim/deliveries")["counts"]["delivered"].number();
    }

    /// Moves, edits and comments that Jira was asked for.
    long long writes() const {
        long long count = 0;
        for (const std::string root : {"/rest/api/3", "/rest/api/2"})
            for (const std::string& route : {"PUT " + root + "/issue/{issueIdOrKey}",
                                             "POST " + root + "/issue/{issueIdOrKey}/transitions",
                                             "POST " + root + "/issue/{issueIdOrKey}/comment"})
                count += jira.requests(route);
        return count;
    }

    /// Waits until Jira has told all that happened, and nothing waits to be done about it on either way.
    bool isQuiet() const {
        return eventually([&] {
            jira.control("POST", "/_sim/clock", R"({"advanceMs":1000})"); // pauses after a failure grow
            host.advanceClock(std::chrono::seconds(1));
            const auto before = writes() + heard();
            const auto due = jira.control("GET", "/_sim/deliveries")["due"].number();
            const auto queue = settings(admin, "GET", "sync/queue");
            return due == 0 && queue["incoming"]["waiting"].number() == 0 &&
                   queue["outgoing"]["waiting"].number() == 0 && writes() + heard() == before;
        });
    }
};

/// Jira tells of the project's tickets.
bool listens(const Simulator& jira) {
    return eventually([&] {
        const auto all = jira.control("GET", "/_sim/webhooks")["webhooks"].items();
        const auto filter = all.size() == 1 ? all.front()["jql"].text() : "";
        return std::count(filter.begin(), filter.end(), ',') == 2; // the three mappings of the guide
    });
}

void checkOneComment(const Sides& sides, const std::string& fault) {
    const auto finding = sides.pushed();
    sides.jira.fault(fault + ",method=POST,path=/comment,times=1");
    sides.setStatus(finding, "resolved", "alice");
    REQUIRE(eventually([&] { return sides.comments(finding) > 0; }));
    REQUIRE(sides.isQuiet());
    CHECK(sides.comments(finding) == 1);
    CHECK(sides.statusHere(finding) == "resolved");
    CHECK(sides.host.timeline(finding).find("was closed in Jira") == std::string::npos);
}

} // namespace

TEST_CASE("the webhook of our own writes changes nothing", "[integration][sync]") {
    ConnectedHost world(traced(), settlesSoon);
    auto admin = world.host.signedIn();
    const Sides sides{world.jira, world.host, admin};
    REQUIRE(listens(world.jira));
    const auto finding = sides.pushed();
    REQUIRE(sides.isQuiet());
    const auto heardBefore = sides.heard();

    sides.setStatus(finding, "no longer found", "scan");
    REQUIRE(eventually([&] { return sides.comments(finding) == 1; }));
    REQUIRE(eventually([&] { return sides.heard() >= heardBefore + 2; })); // of the move and of the comment
    REQUIRE(sides.isQuiet());
    CHECK(sides.ticketOf(finding)["status"].text() == "Done");
    CHECK(sides.statusHere(finding) == "no longer found");
    CHECK(sides.comments(finding) == 1);
    CHECK(world.host.timeline(finding).find("was closed in Jira") == std::string::npos);
    const auto lines = sides.timelineLength(finding);
    const auto writes = sides.writes();

    // Somebody's word makes Jira tell of the ticket again.
    world.jira.control("POST", "/_sim/issues/" + sides.ticketOf(finding)["key"].text() + "/comment",
                       R"({"text":"Thank you."})");
    REQUIRE(eventually([&] { return world.host.timeline(finding).find("Thank you.") != std::string::npos; }));
    REQUIRE(sides.isQuiet());
    CHECK(sides.writes() == writes);
    CHECK(sides.timelineLength(finding) == lines + 1);
    CHECK(sides.statusHere(finding) == "no longer found");
}

TEST_CASE("what the connection's own account does by hand counts like anybody's", "[integration][sync]") {
    ConnectedHost world(traced(), settlesSoon);
    auto admin = world.host.signedIn();
    const Sides sides{world.jira, world.host, admin};
    REQUIRE(listens(world.jira));
    const auto finding = sides.pushed();
    REQUIRE(sides.isQuiet());
    const auto ticket = sides.ticketOf(finding);
    const auto writes = sides.writes();
    world.jira.control("POST", "/_sim/issues/" + ticket["key"].text() + "/transition",
                       R"({"to":"Done","as":")" + ticket["creator"].text() + "\"}");
    CHECK(eventually([&] { return sides.statusHere(finding) == "resolved"; }));
    REQUIRE(sides.isQuiet());
    CHECK(world.host.timeline(finding).find("was closed in Jira") != std::string::npos);
    CHECK(sides.statusHere(finding) == "resolved");
    CHECK(sides.writes() == writes);
}

TEST_CASE("a comment whose answer is lost is written once, on Cloud", "[integration][sync]") {
    const auto fault = GENERATE("lost-answer", "cut");
    CAPTURE(fault);
    ConnectedHost world(traced(), settlesSoon);
    auto admin = world.host.signedIn();
    REQUIRE(listens(world.jira));
    checkOneComment({world.jira, world.host, admin}, fault);
}

TEST_CASE("a comment whose answer is lost is written once, on Data Center", "[integration][sync]") {
    const auto version = GENERATE("8.20", "10.3");
    const auto fault = GENERATE("lost-answer", "cut");
    CAPTURE(version, fault);
    DataCenterHost world(version, {}, settlesSoon);
    world.connect();
    mapProjects(world.host);
    checkOneComment({world.jira, world.host, world.admin}, fault);
}

TEST_CASE("a deleted ticket is created again, unlinked and linked by hand", "[integration][sync]") {
    ConnectedHost world(traced(), settlesSoon);
    auto admin = world.host.signedIn();
    const Sides sides{world.jira, world.host, admin};
    REQUIRE(listens(world.jira));
    const auto finding = sides.pushed();
    REQUIRE(sides.isQuiet());
    const std::string deleted = "was deleted in Jira";
    const auto tells = [&](const std::string& part) {
        return world.host.timeline(finding).find(part) != std::string::npos;
    };
    const auto first = sides.ticketOf(finding)["key"].text();
    world.jira.control("DELETE", "/_sim/issues/" + first);
    REQUIRE(eventually([&] { return tells(deleted); }));
    CHECK(sides.statusHere(finding) == "open");

    const std::string link = "links/" + finding;
    settings(admin, "POST", link + "/create-again", "{}");
    REQUIRE(eventually([&] {
        const auto ticket = world.host.finding(finding)["ticket"];
        return !ticket.isNull() && ticket["key"].text() != first;
    }));
    REQUIRE(sides.isQuiet());
    const auto second = sides.ticketOf(finding)["key"].text();
    CHECK_FALSE(tells(deleted));
    CHECK(world.jira.issues().size() == 1);

    settings(admin, "DELETE", link, "{}");
    CHECK(world.host.finding(finding)["ticket"].isNull());
    CHECK(tells("Unlinked from " + second));
    const auto writes = sides.writes();
    sides.setStatus(finding, "resolved", "alice");
    REQUIRE(sides.isQuiet());
    CHECK(sides.writes() == writes);
    CHECK(world.jira.issue(second)["status"].text() != "Done");

    const auto linked = settings(admin, "POST", link, R"({"ticket":")" + second + "\"}");
    CHECK(linked["ticket"]["key"].text() == second);
    CHECK(world.host.finding(finding)["ticket"]["key"].text() == second);
    sides.setStatus(finding, "open", "alice");
    REQUIRE(eventually([&] { return sides.comments(finding) == 1; })); // it is followed again
    REQUIRE(sides.isQuiet());
    CHECK(sides.statusHere(finding) == "open");
}
