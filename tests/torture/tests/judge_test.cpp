#include "judge.hpp"

#include <catch2/catch.hpp>

using namespace torture;

namespace {

/// Two findings with their tickets, one of them closed, and everything as it must be.
Evidence allWell() {
    Evidence evidence;
    evidence.findings = {
        {"F-1", "one", "open", "created", "", "", "10001", "PAY-1", {{"jira", "Ann: hello"}}},
        {"F-2", "two", "resolved", "created", "", "", "10002", "PAY-2", {}}};
    evidence.tickets = {{"10001", "PAY-1", "one", "aspm-1", false, {{"1", "because of 1."}}},
                        {"10002", "PAY-2", "two", "aspm-2", true, {}},
                        {"10003", "PAY-3", "somebody else's", "", false, {}}};
    evidence.said = {{"10001", "7", "hello"}};
    evidence.decisions = {"because of 1."};
    evidence.footprints = {{40, 12, 9000}, {41, 12, 9100}, {41, 12, 9100}};
    return evidence;
}

/// The kinds of what is wrong, in the words of the summary.
std::string verdictOn(const Evidence& evidence) {
    std::string kinds;
    for (const Verdict& verdict : judge(evidence)) {
        CHECK_FALSE(verdict.text.empty());
        kinds += (kinds.empty() ? "" : " ") + std::string(toString(verdict.kind));
    }
    return kinds;
}

} // namespace

TEST_CASE("the judge finds nothing where all is well") {
    Evidence evidence = allWell();
    CHECK(verdictOn(evidence).empty());
    SECTION("a ticket that people deleted is missed by nobody") {
        evidence.tickets.erase(evidence.tickets.begin() + 1);
        evidence.deletedTickets = {"10002"};
    }
    SECTION("a finding that was settled before it was pushed needs none") {
        evidence.findings.push_back({"F-3", "three", "resolved", "none", "It is settled.", "", "", "", {}});
    }
    SECTION("what is parked with reason and remedy is in order") {
        evidence.parked = {{"incoming", "a comment", "It is gone.", "Nothing to do."}};
    }
    SECTION("a pool fills up once") {
        evidence.footprints = {{40, 12, 9000}, {44, 16, 12'000}, {44, 16, 12'000}};
    }
    CHECK(verdictOn(evidence).empty());
}

TEST_CASE("the judge sees what is lost") {
    Evidence evidence = allWell();
    SECTION("a finding has no ticket") {
        evidence.findings.push_back({"F-3", "three", "open", "queued", "", "", "", "", {}});
    }
    SECTION("its ticket is not in Jira") {
        evidence.tickets.erase(evidence.tickets.begin() + 1);
    }
    SECTION("a ticket of ours belongs to no finding") {
        evidence.tickets.push_back({"10004", "PAY-4", "four", "aspm-4", false, {}});
    }
    SECTION("a comment did not arrive") {
        evidence.findings[0].timeline.clear();
    }
    CHECK(verdictOn(evidence) == "lost");
}

TEST_CASE("the judge sees what is there twice") {
    Evidence evidence = allWell();
    SECTION("two tickets with one label") {
        evidence.tickets.push_back({"10004", "PAY-4", "one", "aspm-1", false, {}});
        CHECK(verdictOn(evidence) == "lost double"); // the second one is nobody's
        return;
    }
    SECTION("two findings with one ticket") {
        evidence.findings.push_back({"F-3", "three", "open", "created", "", "", "10001", "PAY-1", {}});
        evidence.said.clear();
    }
    SECTION("a comment on the timeline") {
        evidence.findings[0].timeline.push_back({"jira", "Ann: hello"});
    }
    SECTION("a comment of ours on the ticket") {
        evidence.tickets[0].comments.push_back({"2", "Once more because of 1."});
    }
    CHECK(verdictOn(evidence) == "double");
}

TEST_CASE("the judge sees what is stuck") {
    Evidence evidence = allWell();
    SECTION("a push that has its ticket") {
        evidence.findings[0].push = "queued";
    }
    SECTION("no quiet") {
        evidence.stuck = "it does not become quiet";
    }
    SECTION("news of Jira") {
        evidence.incomingWaiting = 1;
    }
    SECTION("changes for Jira") {
        evidence.outgoingWaiting = 1;
    }
    SECTION("parked without a reason") {
        evidence.parked = {{"incoming", "a comment", "", "Retry it."}};
    }
    SECTION("parked without a remedy") {
        evidence.parked = {{"incoming", "a comment", "It is gone.", ""}};
    }
    SECTION("Jira cannot be used") {
        evidence.api = "401";
    }
    SECTION("a promise was broken") {
        evidence.broken = {"no alert"};
    }
    CHECK(verdictOn(evidence) == "stuck");
}

TEST_CASE("the judge sees where both sides disagree") {
    Evidence evidence = allWell();
    const auto which = GENERATE(0, 1);
    evidence.tickets[static_cast<std::size_t>(which)].isDone = which == 0;
    CHECK(verdictOn(evidence) == "differs");
}

TEST_CASE("the judge sees what leaks") {
    Evidence evidence = allWell();
    SECTION("a secret in a file") {
        evidence.leaks = {"a token in log"};
    }
    SECTION("the memory could become one") {
        evidence.mayDumpCore = true;
    }
    CHECK(verdictOn(evidence) == "leak");
}

TEST_CASE("the judge sees what grows") {
    Evidence evidence = allWell();
    auto& rounds = evidence.footprints;
    SECTION("descriptors") {
        rounds = {{40, 12, 9000}, {41, 12, 9000}, {42, 12, 9000}};
    }
    SECTION("threads") {
        rounds = {{40, 12, 9000}, {40, 13, 9000}, {40, 14, 9000}};
    }
    SECTION("memory") {
        rounds = {{40, 12, 9000}, {40, 12, 14'000}, {40, 12, 20'000}};
    }
    CHECK(verdictOn(evidence) == "grows");
}
