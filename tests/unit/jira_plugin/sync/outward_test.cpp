#include "outward_world.hpp"

#include "eventually.hpp"
#include "postgres.hpp"
#include "sync/inward_sync.hpp"

#include <catch2/catch.hpp>

using namespace sync_test;
using Status = host::FindingStatus;
using Names = std::vector<std::string>;

namespace {

const auto lose = [](const std::string&) {
    throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t commentsAbout(const OutwardWorld& world, const std::string& part) {
    std::size_t count = 0;
    for (const auto& comment : world.atlassian->said)
        count += contains(comment.text, part) ? 1 : 0;
    return count;
}

} // namespace

TEST_CASE("a finding that a scan resolves closes its ticket through several hops", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Resolved, "scan");
    CHECK(world.wakes == 1);
    world.visit();
    CHECK(world.atlassian->taken == Names{"Start", "Review", "Close"});
    CHECK(world.atlassian->screens.back().at("resolution") == R"({"id":"10"})");
    CHECK(world.ticket("f1").isDone());
    REQUIRE(world.atlassian->said.size() == 1);
    CHECK(contains(world.lastComment(), "the scanner no longer reports this finding"));
    CHECK(contains(world.lastComment(), "Open this finding in Mayo ASPM"));
    CHECK(contains(world.hosting.note("f1", "jira.outward.status"), "moved to 'Done'"));
    CHECK(world.inward.remembered.back().status.name == "Done"); // which shows it
    CHECK(world.desk->counts(acme).queued == 0);
}

TEST_CASE("a visit shows what a ticket has become", "[sync][outward]") {
    OutwardWorld world;
    world.atlassian->steps["s-To Do"] = {step("Close", world.done)};
    world.ticketOf(finding("f1"));
    RecordedWrites own(*world.database);
    InwardSync inward({*world.database, world.connections, own, world.settings, world.hosting.services()});
    inward.apply(world.issueOf("f1"), world.ticket("f1"), {});
    OutwardParts parts(*world.pushParts, world.settings, inward);
    world.setStatus("f1", Status::Resolved);
    REQUIRE(OutwardVisit(parts, acme).run());
    CHECK(world.hosting.attached.at("f1").status == "Done");
    CHECK(world.pushParts->links.find(acme, "f1")->ticket.status == "Done");
}

TEST_CASE("a host that is dead to the others writes to no ticket", "[sync][outward]") {
    const std::string url = test_support::sharedPostgres().newDatabase();
    OutwardWorld world(url, {600});
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Resolved);
    test_support::sharedPostgres().query("ALTER TABLE process ADD CHECK (until_ms < 0) NOT VALID",
                                         test_support::databaseOf(url)); // no sign of life from here on
    REQUIRE(test_support::eventually([&] { return !world.database->isPresentFor(0); }));
    CHECK_THROWS_AS(OutwardVisit(*world.parts, acme).run(), std::runtime_error);
    CHECK(world.atlassian->writes == 0);
    CHECK_FALSE(RecordedWrites(*world.database).isWriting(world.issueOf("f1")));
    CHECK(world.desk->counts(acme).queued == 1);
}

TEST_CASE("what we did is remembered, and our comments are known by their id", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Accepted);
    RecordedWrites own(*world.database);
    bool wasWriting = true;
    world.atlassian->afterWrite = [&](const std::string&) {
        wasWriting = wasWriting && own.isWriting(world.issueOf("f1"));
    };
    world.visit();
    CHECK(wasWriting);
    CHECK_FALSE(own.isWriting(world.issueOf("f1")));
    REQUIRE_FALSE(world.inward.remembered.empty());
    CHECK(world.inward.remembered.back().isDone());
    CHECK(own.isOurComment(world.issueOf("f1"), world.atlassian->said.at(0).id));
    CHECK_FALSE(own.isOurComment(world.issueOf("f1"), "99999"));
    CHECK_FALSE(own.isOurComment({"other", world.issueOf("f1").system, world.issueOf("f1").id},
                                 world.atlassian->said.at(0).id));
}

TEST_CASE("an accepted risk is closed as won't do, and a reopened one is opened again", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Accepted);
    world.visit();
    CHECK(world.atlassian->screens.back().at("resolution") == R"({"id":"11"})");
    CHECK(contains(world.lastComment(), "Risk accepted by Ann Archer."));
    world.setStatus("f1", Status::Open);
    world.visit();
    CHECK(world.ticket("f1").status.name == "To Do");
    CHECK(contains(world.lastComment(), "Reopened by Ann Archer."));
}

TEST_CASE("what is taken back before it was sent is not sent", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Resolved);
    world.setStatus("f1", Status::Open);
    world.visit();
    CHECK(world.atlassian->writes == 0);
    CHECK(world.desk->list(acme, "", "", 10).rows.empty());
}

TEST_CASE("a change that is told twice, or after a newer one, has no second effect", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    const auto resolved = world.setStatus("f1", Status::Resolved);
    world.outward->findingChanged(resolved);
    world.visit();
    world.outward->findingChanged(resolved);
    world.setStatus("f1", Status::Open);
    world.outward->findingChanged(resolved);
    world.visit();
    CHECK(world.atlassian->said.size() == 2);
    CHECK_FALSE(world.ticket("f1").isDone());
}

TEST_CASE("what the plugin did itself is not written to Jira", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Resolved, ownActor);
    world.visit();
    CHECK(world.atlassian->writes == 0);
    CHECK(world.wakes == 0);
}

TEST_CASE("findings without a ticket are nobody's concern", "[sync][outward]") {
    OutwardWorld world;
    world.know(finding("f1"));
    world.setStatus("f1", Status::Resolved);
    world.visit();
    CHECK(world.desk->list(acme, "", "", 10).rows.empty());
}

TEST_CASE("where no way leads, there is a comment, and the finding says what to do", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    world.atlassian->steps["s-To Do"] = {step("Start", world.progress)};
    world.atlassian->steps["s-In Progress"] = {step("Stop", world.toDo)};
    world.setStatus("f1", Status::Resolved);
    world.visit();
    CHECK(world.ticket("f1").status.name == "To Do"); // it went back
    CHECK(contains(world.lastComment(), "The ticket was not moved from 'To Do'"));
    CHECK(contains(world.hosting.note("f1", "jira.outward.status"), "its workflow offers no way there"));
    const auto steps = world.atlassian->taken.size();
    world.setStatus("f1", Status::Open);
    world.visit();
    world.setStatus("f1", Status::Resolved);
    world.visit();
    CHECK(world.atlassian->taken.size() == steps); // it is known by now
}

TEST_CASE("a required field that nothing fills is named, and filled once a value is chosen",
          "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    world.atlassian->steps["s-To Do"] = {withField(step("Close", world.done), "customfield_1", true)};
    world.atlassian->steps["s-Done"] = {step("Reopen", world.toDo)};
    world.setStatus("f1", Status::Resolved);
    world.visit();
    CHECK_FALSE(world.ticket("f1").isDone());
    CHECK(contains(world.lastComment(), "Jira asks for 'customfield_1' in the step 'Close'"));
    world.settings.settings.closed.fields["customfield_1"] = "\"Typo\"";
    world.setStatus("f1", Status::Open);
    world.visit();
    world.setStatus("f1", Status::Resolved);
    world.visit();
    CHECK(world.ticket("f1").isDone());
    CHECK(world.atlassian->screens.back().at("customfield_1") == "\"Typo\"");
}

TEST_CASE("a rule decides whether a change is told, and whether the ticket is moved", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    auto& reaction = world.settings.settings.reactions[static_cast<std::size_t>(Occasion::Resolved)];
    SECTION("nothing") {
        reaction = Reaction::Nothing;
        world.setStatus("f1", Status::Resolved);
        world.visit();
        CHECK(world.atlassian->writes == 0);
    }
    SECTION("comment") {
        reaction = Reaction::Comment;
        world.setStatus("f1", Status::Resolved);
        world.visit();
        CHECK(world.atlassian->said.size() == 1);
        CHECK(world.atlassian->taken.empty());
    }
    CHECK(world.desk->counts(acme).queued == 0);
}

TEST_CASE("a ticket that several findings share is closed with the last of them", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.know(finding("f2"));
    world.links->link(acme, "f2", world.ticket("f1").key, {"ann", "Ann Archer"});
    world.setStatus("f1", Status::Resolved, "scan");
    world.visit();
    CHECK(world.atlassian->taken.empty());
    CHECK(contains(world.lastComment(), "The ticket stays open: another finding of it is still open."));
    CHECK(contains(world.lastComment(), "Finding: Finding f1"));
    world.setStatus("f2", Status::Accepted);
    world.visit();
    CHECK(world.ticket("f1").isDone());
    CHECK(world.atlassian->said.size() == 2);
}

TEST_CASE("a ticket that people closed already is not moved again", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.ticket("f1").status = status("Released", "done");
    world.setStatus("f1", Status::Resolved, "scan");
    world.visit();
    CHECK(world.atlassian->taken.empty());
    CHECK(world.inward.applied.size() == 1); // what they did counts first
}

TEST_CASE("a deleted finding says so on its ticket and is parted from it", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    const auto id = world.issueOf("f1").id;
    host::FindingChange change;
    change.finding = world.hosting.known.at("f1");
    change.deleted = true;
    change.event = "gone";
    change.actor = "ann";
    change.actorName = "Ann Archer";
    world.hosting.known.erase("f1");
    world.outward->findingChanged(change);
    world.visit();
    CHECK(contains(world.lastComment(), "Deleted by Ann Archer."));
    CHECK_FALSE(world.pushParts->links.find(acme, "f1"));
    CHECK(world.desk->list(acme, "", "", 10).rows.empty());
    CHECK_FALSE(world.atlassian->states.at(id).isDone()); // the rule says comment
}

TEST_CASE("severity changes the priority, the labels and the due date, and is told", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1", host::Severity::Low));
    const std::string due = world.ticket("f1").dueDate;
    world.set("f1", [](host::Finding& it) { it.severity = host::Severity::Critical; });
    world.visit();
    CHECK(world.ticket("f1").priority.id == "1");
    CHECK(world.ticket("f1").dueDate < due);
    const auto& labels = world.ticket("f1").labels;
    CHECK(std::count(labels.begin(), labels.end(), "critical") == 1);
    CHECK(std::count(labels.begin(), labels.end(), "low") == 0);
    CHECK(contains(world.lastComment(), "Severity changed from low to critical by Ann Archer."));
}

TEST_CASE("a developer's edit is kept, and said once", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1", host::Severity::Low));
    world.ticket("f1").priority = {"2", "High"};
    world.set("f1", [](host::Finding& it) { it.severity = host::Severity::Critical; });
    world.visit();
    CHECK(world.ticket("f1").priority.id == "2");
    CHECK(contains(world.hosting.note("f1", "jira.field.priority"), "was changed in Jira to 'High'"));
    world.hosting.timeline.clear();
    world.set("f1", [](host::Finding& it) { it.severity = host::Severity::Medium; });
    world.visit();
    CHECK(world.hosting.note("f1", "jira.field.priority").empty());
}

TEST_CASE("a due date of the host's goes to the ticket", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    world.set("f1", [](host::Finding& it) { it.dueDate = "2031-05-01"; });
    world.visit();
    CHECK(world.ticket("f1").dueDate == "2031-05-01");
    CHECK(world.atlassian->said.empty()); // the rule says nothing
}

TEST_CASE("a field that Jira does not let us set is left out, and the rest is written", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1", host::Severity::Low));
    world.atlassian->refusedField = "priority";
    world.set("f1", [](host::Finding& it) { it.severity = host::Severity::Critical; });
    world.visit();
    const auto& labels = world.ticket("f1").labels;
    CHECK(std::count(labels.begin(), labels.end(), "critical") == 1);
    CHECK(contains(world.hosting.note("f1", "jira.field.priority"), "could not be set"));
    CHECK(world.desk->counts(acme).parked == 0);
}

TEST_CASE("a lost answer gives no second transition and no second comment", "[sync][outward]") {
    const bool arrives = GENERATE(true, false);
    const std::string what = GENERATE("transition", "comment", "edit");
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    bool isLost = false;
    const auto once = [&](const std::string& kind) {
        if (kind == what && !isLost) {
            isLost = true;
            lose(kind);
        }
    };
    (arrives ? world.atlassian->afterWrite : world.atlassian->beforeWrite) = once;
    world.set("f1", [](host::Finding& it) {
        it.severity = host::Severity::Low;
        it.status = Status::Resolved;
    });
    world.visit();
    CHECK(RecordedWrites(*world.database).isWriting(world.issueOf("f1")));
    world.settle();
    CHECK(isLost);
    CHECK(world.ticket("f1").isDone());
    CHECK(world.atlassian->taken == Names{"Start", "Review", "Close"});
    CHECK(commentsAbout(world, "Resolved by Ann Archer.") == 1);
    CHECK(commentsAbout(world, "Severity changed") == 1);
    CHECK(world.atlassian->edits.size() == 1);
    CHECK_FALSE(RecordedWrites(*world.database).isWriting(world.issueOf("f1")));
    CHECK(world.desk->list(acme, "", "", 10).rows.empty());
    for (const auto& comment : world.atlassian->said)
        CHECK(RecordedWrites(*world.database).isOurComment(world.issueOf("f1"), comment.id));
}

TEST_CASE("a ticket that people close while an answer is lost resolves its finding", "[sync][outward]") {
    const std::string what = GENERATE("comment", "edit");
    CAPTURE(what);
    OutwardWorld world;
    world.ticketOf(finding("f1", host::Severity::Low));
    RecordedWrites own(*world.database);
    InwardSync inward({*world.database, world.connections, own, world.settings, world.hosting.services()});
    OutwardParts parts(*world.pushParts, world.settings, inward);
    bool isLost = false;
    world.atlassian->afterWrite = [&](const std::string& kind) {
        if (kind != what || isLost)
            return;
        isLost = true;
        world.ticket("f1").status = world.done;
        lose(kind);
    };
    world.set("f1", [](host::Finding& it) { it.severity = host::Severity::Critical; });
    for (int i = 0; i < 20; ++i) {
        while (OutwardVisit(parts, acme).run()) {
        }
        world.hosting.advance(30'000);
    }
    CHECK(isLost);
    CHECK_FALSE(own.isWriting(world.issueOf("f1")));
    CHECK(world.hosting.statuses["f1"] == Status::Resolved);
}

TEST_CASE("what we moved ourselves is no news when its answer was lost", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    RecordedWrites own(*world.database);
    InwardSync inward({*world.database, world.connections, own, world.settings, world.hosting.services()});
    OutwardParts parts(*world.pushParts, world.settings, inward);
    world.atlassian->afterWrite = [](const std::string& kind) {
        if (kind == "transition")
            lose(kind);
    };
    world.setStatus("f1", Status::Accepted);
    for (int i = 0; i < 20; ++i) {
        while (OutwardVisit(parts, acme).run()) {
        }
        world.hosting.advance(30'000);
    }
    CHECK(world.ticket("f1").isDone());
    CHECK(world.atlassian->taken == Names{"Start", "Review", "Close"});
    CHECK(world.hosting.statuses.empty());
}

TEST_CASE("a lost edit that only takes labels off is sent again", "[sync][outward]") {
    const bool arrives = GENERATE(true, false);
    OutwardWorld world;
    world.settings.settings.ownership = {Ownership::SetOnce, Ownership::SetOnce, Ownership::UntilEdited,
                                         Ownership::SetOnce, Ownership::SetOnce};
    world.ticketOf(finding("f1", host::Severity::Low));
    auto& labels = world.ticket("f1").labels;
    labels.emplace_back("critical"); // by a person
    bool isLost = false;
    (arrives ? world.atlassian->afterWrite : world.atlassian->beforeWrite) = [&](const std::string& kind) {
        if (kind == "edit" && !isLost) {
            isLost = true;
            lose(kind);
        }
    };
    world.set("f1", [](host::Finding& it) { it.severity = host::Severity::Critical; });
    world.visit();
    world.settle();
    CHECK(isLost);
    CHECK(std::count(labels.begin(), labels.end(), "low") == 0);
    CHECK(world.atlassian->edits.size() == 1);
    CHECK(world.desk->list(acme, "", "", 10).rows.empty());
}

TEST_CASE("dying between any two steps gives no second transition and no second comment", "[sync][outward]") {
    const std::string step =
        GENERATE("visit ticket", "write ticket", "remember ticket", "move", "tell", "finish task");
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Resolved);
    world.dieBefore = step;
    CHECK_THROWS_AS(world.visit(), push_test::Killed);
    world.restart();
    world.settle();
    CHECK(world.ticket("f1").isDone());
    CHECK(world.atlassian->taken == Names{"Start", "Review", "Close"});
    CHECK(world.atlassian->said.size() == 1);
    CHECK(world.desk->list(acme, "", "", 10).rows.empty());
}

TEST_CASE("dying after a comment was sent gives no second one", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Resolved);
    world.atlassian->afterWrite = [](const std::string& kind) {
        if (kind == "comment")
            throw push_test::Killed();
    };
    CHECK_THROWS_AS(world.visit(), push_test::Killed);
    world.atlassian->afterWrite = nullptr;
    world.restart();
    world.settle();
    CHECK(world.atlassian->said.size() == 1);
    CHECK(RecordedWrites(*world.database).isOurComment(world.issueOf("f1"), world.atlassian->said[0].id));
}

TEST_CASE("while Jira asks to slow down nothing is sent, then everything", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Resolved);
    world.atlassian->beforeWrite = [](const std::string&) {
        throw jira::RetryLater("Jira asks to slow down.", "Wait.", 600'000);
    };
    world.visit();
    world.hosting.advance(500'000);
    const int tries = world.atlassian->writes;
    world.visit();
    CHECK(world.atlassian->writes == tries);
    CHECK(world.desk->list(acme, "waiting", "", 10).rows.size() == 1);
    world.atlassian->beforeWrite = nullptr;
    world.settle();
    CHECK(world.ticket("f1").isDone());
    CHECK(world.atlassian->said.size() == 1);
}

TEST_CASE("a refusal parks the change with its reason until somebody retries it", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Resolved);
    world.atlassian->beforeWrite = [](const std::string& kind) {
        if (kind == "comment")
            throw jira::Refusal(403, "The account may not comment.", "Give it the permission.", {});
    };
    world.visit();
    const auto parked = world.desk->list(acme, "parked", "", 10).rows;
    REQUIRE(parked.size() == 1);
    CHECK(parked[0].remedy == "Give it the permission.");
    CHECK(parked[0].cause == "ticket/403");
    CHECK(parked[0].what == "Resolved by Ann Archer.");
    CHECK(parked[0].issueKey == world.ticket("f1").key);
    CHECK(world.desk->retryCause("other", "ticket/403") == 0);
    world.atlassian->beforeWrite = nullptr;
    CHECK(world.desk->retry(acme, parked[0].id));
    world.visit();
    CHECK(world.atlassian->said.size() == 1);
    CHECK(world.desk->counts(acme).parked == 0);
}

TEST_CASE("a finding over which the host stumbles holds up no other ticket", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    for (const char* each : {"f1", "f2"}) {
        world.ticketOf(finding(each));
        world.setStatus(each, Status::Resolved);
    }
    world.hosting.broken = {"f1"};
    world.visit();
    CHECK_FALSE(world.ticket("f1").isDone());
    CHECK(world.ticket("f2").isDone());
    const auto rows = world.desk->list(acme, "", "", 10).rows;
    REQUIRE(rows.size() == 1);
    CHECK(contains(rows[0].message, "stumbles over f1"));

    world.hosting.broken.clear();
    world.settle();
    CHECK(world.ticket("f1").isDone());
}

TEST_CASE("a ticket that is gone parks what was to be written to it", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    world.atlassian->states.clear();
    world.setStatus("f1", Status::Resolved);
    world.visit();
    CHECK(world.desk->list(acme, "parked", "", 10).rows.at(0).cause == "ticket/gone");
}

TEST_CASE("a write that was lost on a ticket that is gone holds up nothing that comes from Jira",
          "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    world.atlassian->afterWrite = [](const std::string&) {
        throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
    };
    world.setStatus("f1", Status::Resolved);
    world.visit();
    RecordedWrites own(*world.database);
    REQUIRE(own.isWriting(world.issueOf("f1")));
    world.atlassian->afterWrite = nullptr;
    world.atlassian->states.clear();
    world.hosting.advance(60'000);
    world.visit();
    REQUIRE(world.desk->list(acme, "parked", "", 10).rows.at(0).cause == "ticket/gone");
    CHECK_FALSE(own.isWriting(world.issueOf("f1")));
}

TEST_CASE("a change that comes while its ticket is being created is written once it is there",
          "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.know(finding("f1"));
    push::PushWorker worker(*world.pushParts);
    push::PushService(*world.pushParts, worker).request({acme, "ann", false}, {finding("f1")});
    world.atlassian->afterCreate = [&](const push_test::Drafts&) { world.setStatus("f1", Status::Resolved); };
    push::SendPermits permits(1);
    push::Batch(*world.pushParts, permits, acme).run();
    world.visit();
    REQUIRE(world.pushParts->links.find(acme, "f1"));
    CHECK(world.desk->list(acme, "", "", 10).rows.at(0).cause == "ticket/gone");
}

TEST_CASE("somebody who moves the ticket while we write to it is heard", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.settings.settings.reactions[static_cast<std::size_t>(Occasion::Accepted)] = Reaction::Comment;
    world.ticketOf(finding("f1"));
    world.setStatus("f1", Status::Accepted);
    world.atlassian->afterWrite = [&](const std::string&) { world.ticket("f1").status = world.done; };
    world.visit();
    CHECK(world.inward.remembered.empty());
    REQUIRE(world.inward.applied.size() == 2);
    CHECK(world.inward.applied.back().isDone());
}

TEST_CASE("a change that was missed is found when ticket and finding are compared, once", "[sync][outward]") {
    OutwardWorld world;
    world.longWorkflow();
    world.ticketOf(finding("f1"));
    host::Finding& now = world.hosting.known.at("f1");
    CHECK(world.outward->align(now, world.issueOf("f1"), world.ticket("f1")).empty());
    now.status = Status::Resolved;
    ++now.revision;
    const auto drifts = world.outward->align(now, world.issueOf("f1"), world.ticket("f1"));
    REQUIRE(drifts.size() == 1);
    CHECK(drifts[0].what == "status");
    CHECK(drifts[0].here == "resolved");
    world.visit();
    CHECK(world.ticket("f1").isDone());
    CHECK(contains(world.lastComment(), "Mayo ASPM: Resolved.\n")); // nobody knows by whom
    world.ticket("f1").status = world.toDo;                         // people have their reasons
    CHECK(world.outward->align(now, world.issueOf("f1"), world.ticket("f1")).empty());
}

TEST_CASE("fields that drifted are written however often that is found before", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1", host::Severity::Low));
    host::Finding& now = world.hosting.known.at("f1");
    now.severity = host::Severity::Critical;
    ++now.revision;
    for (int i = 0; i < 2; ++i)
        CHECK(world.outward->align(now, world.issueOf("f1"), world.ticket("f1")).size() == 3);
    CHECK(world.desk->list(acme, "", "", 10).rows.size() == 1);
    world.visit();
    CHECK(world.ticket("f1").priority.id == "1");
}

TEST_CASE("a search that answers with an older ticket than is known finds no drift", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1", host::Severity::Low));
    host::Finding& now = world.hosting.known.at("f1");
    now.severity = host::Severity::Critical;
    ++now.revision;
    jira::IssueState& ticket = world.ticket("f1");
    ticket.updatedMs = 2000;
    REQUIRE(KnownIssueStore(*world.database).write(world.issueOf("f1"), {ticket, {}, 0, false, 0}));
    jira::IssueState stale = ticket;
    stale.updatedMs = 1000;
    CHECK(world.outward->align(now, world.issueOf("f1"), stale).empty());
    CHECK(world.desk->list(acme, "", "", 10).rows.empty());
    CHECK(world.outward->align(now, world.issueOf("f1"), ticket).size() == 3);
}

TEST_CASE("fields that drifted are found when ticket and finding are compared", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1", host::Severity::Low));
    host::Finding& now = world.hosting.known.at("f1");
    now.severity = host::Severity::Critical;
    ++now.revision;
    const auto drifts = world.outward->align(now, world.issueOf("f1"), world.ticket("f1"));
    CHECK(drifts.size() == 3); // priority, labels, due date
    world.visit();
    CHECK(world.ticket("f1").priority.id == "1");
    CHECK(world.outward->align(now, world.issueOf("f1"), world.ticket("f1")).empty());
}

TEST_CASE("a time zone that this machine does not know stops no comparison", "[sync][outward]") {
    OutwardWorld world;
    world.ticketOf(finding("f1", host::Severity::Low));
    world.mappings.settings.timeZone = "Mars/Olympus";
    CHECK(
        world.outward->align(world.hosting.known.at("f1"), world.issueOf("f1"), world.ticket("f1")).empty());
}
