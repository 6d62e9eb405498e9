#include "sync_world.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <future>

using namespace sync_test;
using push_test::done;
using push_test::inProgress;
using push_test::toDo;
using sync::ClosePolicy;

TEST_CASE("a closed ticket resolves its finding, a reopened one opens it", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.apply("1");
    CHECK(world.findings.status("f1") == FindingStatus::Open);

    world.board().move("1", done);
    const auto drifts = world.apply("1");
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
    CHECK(world.findings.reasons.back() == "PAY-1 was closed in Jira as Done by Sam.");
    const auto closed = world.findings.entry("f1", "jira.turn.1.1");
    CHECK(closed.text == "PAY-1 was closed in Jira as Done by Sam. The finding is resolved now.");
    CHECK(closed.url == "https://jira.example/browse/PAY-1");
    REQUIRE_FALSE(drifts.empty());
    CHECK(drifts[0].what == "status");
    CHECK(drifts[0].inJira == "Done");

    world.board().move("1", inProgress);
    world.apply("1", "Ann");
    CHECK(world.findings.status("f1") == FindingStatus::Open);
    CHECK(world.findings.reasons.back() == "PAY-1 was reopened in Jira (In Progress) by Ann.");
    CHECK(world.findings.entries("f1", "jira.turn.") == 2);
}

TEST_CASE("what is heard of a ticket for the first time was not missed, nor is another order of labels",
          "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    auto now = world.board().state("1");
    now.labels = {"b", "a"};
    now.updatedMs += 1;
    for (const auto& drift : world.inward->apply(SyncWorld::id("1"), now, {}))
        CHECK(drift.what != "status");
    CHECK(world.findings.tickets.at("f1").status == now.status.name);

    now.labels = {"a", "b"};
    now.updatedMs += 1;
    CHECK(world.inward->apply(SyncWorld::id("1"), now, {}).empty());
    now.labels = {"a", "c"};
    now.updatedMs += 1;
    CHECK(world.inward->apply(SyncWorld::id("1"), now, {}).size() == 1);
}

TEST_CASE("what is known already changes nothing", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().move("1", done);
    world.apply("1");
    const auto attachments = world.findings.attachments;

    SECTION("the same again") {
        CHECK(world.apply("1").empty());
        CHECK(world.findings.attachments == attachments);
    }
    SECTION("a comment on a closed ticket does not resolve what a scan reopened") {
        world.findings.decide("f1", FindingStatus::Open);
        world.board().say("1", "Ann", "It is back.");
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::Open);
    }
    SECTION("an older state") {
        auto older = world.board().state("1");
        older.status = toDo;
        older.updatedMs -= 1;
        CHECK(world.inward->apply(SyncWorld::id("1"), older, {}).empty());
        CHECK(world.findings.status("f1") == FindingStatus::Resolved);
    }
    SECTION("after a restart") {
        world.start();
        world.findings.decide("f1", FindingStatus::Open);
        CHECK(world.apply("1").empty());
        CHECK(world.findings.status("f1") == FindingStatus::Open);
    }
    SECTION("an issue that is nobody's ticket") {
        world.board().put("9", "PAY-9", done);
        CHECK(world.apply("9").empty());
    }
    SECTION("the ticket of that number of another organisation, or of another Jira") {
        world.findings.decide("f1", FindingStatus::Open);
        auto now = world.board().state("1");
        now.updatedMs += 1000;
        now.status = toDo;
        CHECK(world.inward->apply({"umbra", "site-1", "1"}, now, {}).empty());
        CHECK(world.inward->apply({acme, "site-2", "1"}, now, {}).empty());
    }
    CHECK(world.findings.entries("f1", "jira.turn.") == 1);
}

TEST_CASE("what we did ourselves is remembered without effect", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.apply("1");
    world.findings.decide("f1", FindingStatus::Accepted);
    world.board().move("1", done);
    world.inward->remember(SyncWorld::id("1"), world.board().state("1"));
    CHECK(world.apply("1").empty());
    CHECK(world.findings.status("f1") == FindingStatus::Accepted);
    CHECK(world.findings.entries("f1", "jira.turn.") == 0);
    CHECK(world.findings.tickets["f1"].status == "Done");

    SECTION("and what a person does afterwards counts") {
        world.findings.decide("f1", FindingStatus::Resolved);
        world.board().move("1", toDo);
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::Open);
    }
}

TEST_CASE("the policy says what a close means", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    const auto close = [&](const char* resolutionId, const char* name) {
        world.board().move("1", done);
        world.board().issues["1"].resolution = {resolutionId, name};
        world.apply("1");
        return world.findings.status("f1");
    };
    SECTION("wait for the next scan") {
        world.settings.settings.onClose = ClosePolicy::WaitForScan;
        CHECK(close("1", "Done") == FindingStatus::AwaitingScan);
        CHECK(world.findings.entry("f1", "jira.turn.").text.find("closed in Jira, awaiting scan") !=
              std::string::npos);
        world.board().move("1", toDo);
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::Open);
    }
    SECTION("by the name of the resolution") {
        world.settings.settings.onClose = ClosePolicy::ByResolution;
        CHECK(close("7", "Won't Do") == FindingStatus::Accepted);
    }
    SECTION("by its id") {
        world.settings.settings.onClose = ClosePolicy::ByResolution;
        world.settings.settings.byResolution["7"] = FindingStatus::FalsePositive;
        CHECK(close("7", "Kein Fehler") == FindingStatus::FalsePositive);
    }
    SECTION("one that it does not name resolves") {
        world.settings.settings.onClose = ClosePolicy::ByResolution;
        CHECK(close("8", "Done") == FindingStatus::Resolved);
    }
    SECTION("without a resolution the status is told") {
        CHECK(close("", "") == FindingStatus::Resolved);
        CHECK(world.findings.reasons.back() == "PAY-1 was closed in Jira as Done by Sam.");
    }
}

TEST_CASE("what a person judged stays, unless the policy names the resolution", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.findings.decide("f1", FindingStatus::Accepted);
    world.settings.settings.onClose = ClosePolicy::ByResolution;
    world.board().move("1", done);

    SECTION("closed as done") {
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::Accepted);
        CHECK(world.findings.entry("f1", "jira.turn.").text ==
              "PAY-1 was closed in Jira as Done by Sam. The finding stays an accepted risk, as was decided "
              "here.");
        world.board().move("1", toDo);
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::Accepted);
    }
    SECTION("closed as a false positive") {
        world.board().issues["1"].resolution = {"7", "False Positive"};
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::FalsePositive);
        world.board().move("1", toDo);
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::Open);
    }
}

TEST_CASE("all findings that share a ticket follow", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1", "f2", "f3"});
    world.findings.decide("f3", FindingStatus::NotFound);
    world.board().move("1", done);
    world.apply("1");
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
    CHECK(world.findings.status("f2") == FindingStatus::Resolved);
    CHECK(world.findings.status("f3") == FindingStatus::NotFound);
    world.board().move("1", toDo);
    world.apply("1");
    CHECK(world.findings.status("f1") == FindingStatus::Open);
    CHECK(world.findings.status("f2") == FindingStatus::Open);
    CHECK(world.findings.status("f3") == FindingStatus::NotFound);
}

TEST_CASE("a finding that changes meanwhile is decided anew", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().move("1", done);
    SECTION("once") {
        world.findings.beforeSet = [&] {
            world.findings.beforeSet = nullptr;
            world.findings.decide("f1", FindingStatus::FalsePositive);
        };
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::FalsePositive);
        CHECK(world.findings.entries("f1", "jira.turn.") == 1);
    }
    SECTION("for ever: it is tried again later") {
        world.findings.beforeSet = [&] { world.findings.decide("f1", FindingStatus::Open); };
        CHECK_THROWS(world.apply("1"));
        world.findings.beforeSet = nullptr;
        world.apply("1");
        CHECK(world.findings.status("f1") == FindingStatus::Resolved);
    }
}

TEST_CASE("a host that fails half-way loses nothing and shows nothing twice", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1", "f2"});
    world.board().move("1", done);
    int sets = 0;
    world.findings.beforeSet = [&] {
        if (++sets == 2)
            throw std::runtime_error("the host is out of order");
    };
    CHECK_THROWS(world.apply("1"));
    world.apply("1");
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
    CHECK(world.findings.status("f2") == FindingStatus::Resolved);
    CHECK(world.findings.entries("f1", "jira.turn.") == 1);
    CHECK(world.findings.entries("f2", "jira.turn.") == 1);
}

TEST_CASE("the finding shows its ticket as it is", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    auto& issue = world.board().issues["1"];
    issue.priority = {"2", "High"};
    issue.assignee = {"a", "Ann"};
    issue.dueDate = "2026-12-24";
    issue.labels = {"mayo-aspm", "payments"};
    issue.updatedMs += 1;
    CHECK(world.apply("1").size() == 4);
    const auto& ticket = world.findings.tickets["f1"];
    CHECK(ticket.status == "To Do");
    CHECK(ticket.priority == "High");
    CHECK(ticket.assignee == "Ann");
    CHECK(ticket.dueDate == "2026-12-24");
    CHECK(ticket.labels == std::vector<std::string>{"mayo-aspm", "payments"});
    CHECK(world.linkOf("f1").ticket.priority == "High");
    CHECK(world.apply("1").empty());
}

TEST_CASE("the link follows a ticket that moves", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.apply("1");
    auto& issue = world.board().issues["1"];
    SECTION("to another project") {
        issue.key = "SEC-9";
        issue.projectKey = "SEC";
        issue.projectId = "id-SEC";
        issue.updatedMs += 1;
        world.apply("1");
        CHECK(world.findings.entry("f1", "jira.moved.").text ==
              "PAY-1 was moved in Jira by Sam: the ticket is SEC-9 now.");
        CHECK(world.findings.tickets["f1"].key == "SEC-9");
        CHECK(world.findings.tickets["f1"].url == "https://jira.example/browse/SEC-9");
        CHECK(world.linkOf("f1").ticket.key == "SEC-9");
    }
    SECTION("with its project, which has another key") {
        issue.key = "PAYX-1";
        issue.projectKey = "PAYX";
        issue.updatedMs += 1;
        world.apply("1");
        CHECK(world.findings.entry("f1", "jira.moved.").text ==
              "The Jira project of PAY-1 has another key now: the ticket is PAYX-1.");
        CHECK(world.linkOf("f1").ticket.key == "PAYX-1");
    }
    CHECK(world.findings.status("f1") == FindingStatus::Open);
    world.apply("1");
    CHECK(world.findings.entries("f1", "jira.moved.") == 1);
}

TEST_CASE("a ticket that is gone leaves the finding as it is, and says so", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.apply("1");
    const auto gone = [&](sync::Gone how) {
        return world.inward->applyGone(SyncWorld::id("1"), how, {sync::Hint::Source::Webhook, "Sam", 0});
    };
    SECTION("deleted") {
        CHECK(gone(sync::Gone::Deleted).size() == 1);
        const auto entry = world.findings.entry("f1", "jira.gone.1");
        CHECK(entry.kind == host::TimelineEntry::Kind::Problem);
        CHECK(entry.text == "PAY-1 was deleted in Jira by Sam. The finding stays as it is.");
        CHECK_FALSE(entry.remedy.empty());
        CHECK(world.findings.tickets["f1"].status == "Deleted in Jira");
        CHECK(gone(sync::Gone::Deleted).empty());
        CHECK(gone(sync::Gone::Hidden).empty());
    }
    SECTION("hidden, and back") {
        gone(sync::Gone::Hidden);
        CHECK(world.findings.tickets["f1"].status == "Not visible in Jira");
        world.apply("1");
        CHECK(world.findings.entries("f1", "jira.gone.") == 0);
        CHECK(world.findings.entries("f1", "jira.back.") == 1);
        CHECK(world.findings.tickets["f1"].status == "To Do");
        CHECK(world.apply("1").empty());
    }
    SECTION("hidden first, and deleted as is heard later") {
        gone(sync::Gone::Hidden);
        gone(sync::Gone::Deleted);
        CHECK(world.findings.tickets["f1"].status == "Deleted in Jira");
        CHECK(world.findings.entries("f1", "jira.gone.") == 1);
    }
    CHECK(world.findings.status("f1") == FindingStatus::Open);
}

TEST_CASE("comments are on the timeline as they are in Jira", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1", "f2"});
    const auto comment = world.board().say("1", "Ann", "Fixed in <b>1.2</b>.");
    const std::string key = "jira.comment." + comment.id;
    CHECK(world.applyComments("1").size() == 2);
    const auto entry = world.findings.entry("f1", key);
    CHECK(entry.kind == host::TimelineEntry::Kind::Comment);
    CHECK(entry.author == "Ann");
    CHECK(entry.text == "Fixed in <b>1.2</b>.");
    CHECK(entry.atMs == comment.createdMs);
    CHECK(entry.url == "https://jira.example/browse/PAY-1?focusedCommentId=" + comment.id);
    CHECK(world.findings.entries("f2", key) == 1);
    CHECK(world.applyComments("1").empty());

    SECTION("an edit replaces") {
        world.board().commentsOf["1"][0].text = "Fixed in 1.3.";
        world.applyComments("1");
        CHECK(world.findings.entry("f1", key).text == "Fixed in 1.3.");
    }
    SECTION("a deletion removes") {
        world.board().commentsOf["1"].clear();
        world.applyComments("1");
        CHECK(world.findings.entries("f1", "jira.comment.") == 0);
        CHECK(world.applyComments("1").empty());
    }
    SECTION("a restriction removes") {
        world.board().commentsOf["1"][0].restrictedTo = "Administrators";
        world.applyComments("1");
        CHECK(world.findings.entries("f1", "jira.comment.") == 0);
    }
}

TEST_CASE("comments that are read hold up nothing else", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    const auto move = [&] {
        world.board().move("1", done);
        world.apply("1");
        for (int i = 2; i <= 200; ++i) // whatever issues share
            world.applyComments(std::to_string(i));
    };
    std::future<void> moved;
    world.board().beforeCall = [&](const std::string& what, const std::string& issue) {
        if (what != "comments" || issue != "1")
            return;
        moved = std::async(std::launch::async, move);
        CHECK(moved.wait_for(std::chrono::seconds(30)) == std::future_status::ready);
    };
    world.applyComments("1");
    moved.get();
    CHECK(world.findings.status("f1") == FindingStatus::Resolved);
}

TEST_CASE("restricted comments are shown when the admin says so", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    world.board().say("1", "Ann", "For us alone.", "Developers");
    CHECK(world.applyComments("1").empty());
    world.settings.settings.showRestrictedComments = true;
    world.applyComments("1");
    CHECK(world.findings.entries("f1", "jira.comment.") == 1);
}

TEST_CASE("our own comments are not shown", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1"});
    const auto known = world.board().say("1", "mayo", "Severity is critical now.");
    world.writes.comments.insert(known.id);
    world.board().addComment("1", {}, "marker");
    const auto theirs = world.board().say("1", "mayo", "A person with the same account.");
    world.applyComments("1");
    CHECK(world.findings.entries("f1", "jira.comment.") == 1);
    CHECK(world.findings.entries("f1", "jira.comment." + theirs.id) == 1);
}

TEST_CASE("a finding that is gone here holds nothing up", "[sync][inward]") {
    SyncWorld world;
    world.link("1", "PAY-1", {"f1", "f2"});
    world.findings.findings.erase({acme, "f1"});
    world.board().move("1", done);
    world.board().say("1", "Ann", "x");
    world.apply("1");
    world.applyComments("1");
    CHECK(world.findings.status("f2") == FindingStatus::Resolved);
    CHECK(world.findings.entries("f1") == 0);
}
