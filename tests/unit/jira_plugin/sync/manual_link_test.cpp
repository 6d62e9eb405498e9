#include "outward_world.hpp"

#include "sync/inward_notes.hpp"
#include "sync/inward_strangers.hpp"
#include "sync/inward_sync.hpp"
#include "sync/ticket_reference.hpp"

#include <catch2/catch.hpp>

using namespace sync_test;
using Kind = LinkProblem::Kind;

namespace {

const ManualLinks::Actor ann{"ann", "Ann Archer"};

Kind problemOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const LinkProblem& problem) {
        CHECK_FALSE(problem.remedy().empty());
        return problem.kind();
    }
    FAIL("no problem");
    return Kind::NotLinked;
}

/// A ticket that somebody wrote by hand.
void write(OutwardWorld& world, const std::string& id, const std::string& key) {
    jira::IssueState state;
    state.id = id;
    state.key = key;
    state.summary = "By hand";
    state.projectId = "id-PAY";
    state.projectKey = "PAY";
    state.issueTypeId = "1";
    state.status = world.toDo;
    state.priority = {"4", "Low"};
    world.atlassian->states[id] = state;
}

/// Applies what it hears, and dies where it is told to.
class MortalInward : public InwardSync {
public:
    using InwardSync::InwardSync;
    void remember(const IssueId& issue, const jira::IssueState& now) override {
        if (std::exchange(diesNext, false))
            throw push_test::Killed();
        InwardSync::remember(issue, now);
    }
    bool diesNext = false;
};

/// Links by hand over the real way from Jira.
struct RealLinks {
    explicit RealLinks(OutwardWorld& world)
        : own(*world.database),
          inward({*world.database, world.connections, own, world.settings, world.hosting.services()}),
          links(*world.pushParts, inward, [] {}) {}
    RecordedWrites own;
    MortalInward inward;
    ManualLinks links;
};

void createTickets(OutwardWorld& world) {
    push::SendPermits permits(1);
    while (push::Batch(*world.pushParts, permits, acme).run()) {
    }
}

push::Receipt push1(OutwardWorld& world) {
    push::PushWorker worker(*world.pushParts);
    return push::PushService(*world.pushParts, worker).request({acme, "ann", false}, {finding("f1")}).at(0);
}

} // namespace

TEST_CASE("a finding is linked by key or by the address that a browser shows", "[sync][links]") {
    const std::string reference =
        GENERATE("PAY-7", "pay-7", " PAY-7 ", "https://jira.example/browse/PAY-7",
                 "https://jira.example/browse/PAY-7?focusedCommentId=1",
                 "https://JIRA.example/jira/software/projects/PAY/boards/1?selectedIssue=PAY-7",
                 "https://jira.example/projects/PAY/issues/PAY-7");
    OutwardWorld world;
    world.know(finding("f1"));
    write(world, "700", "PAY-7");
    const auto linked = world.links->link(acme, "f1", reference, ann);
    CHECK(linked.ticket.key == "PAY-7");
    CHECK(world.hosting.attached.at("f1").id == "700");
    CHECK(world.inward.remembered.size() == 1);
    CHECK(push1(world).state == host::PushState::Created); // no second ticket
    createTickets(world);
    CHECK(world.atlassian->requests.empty());
}

TEST_CASE("an address of another site, and what is no ticket, are refused with a reason", "[sync][links]") {
    OutwardWorld world;
    world.know(finding("f1"));
    write(world, "700", "PAY-7");
    const auto link = [&](const std::string& text) {
        return problemOf([&] { world.links->link(acme, "f1", text, ann); });
    };
    CHECK(link("https://other.example/browse/PAY-7") == Kind::OtherSite);
    CHECK(link("https://jira.example:8443/browse/PAY-7") == Kind::OtherSite);
    CHECK(link("https://jira.example/browse/") == Kind::BadReference);
    CHECK(link("javascript:alert(1)") == Kind::BadReference);
    CHECK(link("PAY 7") == Kind::BadReference);
    CHECK(link("") == Kind::BadReference);
    CHECK(link("PAY-8") == Kind::NoTicket);
    CHECK(problemOf([&] { world.links->link(acme, "f9", "PAY-7", ann); }) == Kind::NoFinding);
    CHECK_FALSE(world.pushParts->links.find(acme, "f1"));
}

TEST_CASE("a finding has one ticket, a ticket may have several findings", "[sync][links]") {
    OutwardWorld world;
    world.know(finding("f1"));
    world.know(finding("f2"));
    write(world, "700", "PAY-7");
    write(world, "800", "PAY-8");
    world.links->link(acme, "f1", "PAY-7", ann);
    CHECK(world.links->link(acme, "f2", "PAY-7", ann).others == std::vector<std::string>{"f1"});
    CHECK(world.links->link(acme, "f1", "PAY-7", ann).ticket.key == "PAY-7"); // again: nothing new
    CHECK(problemOf([&] { world.links->link(acme, "f1", "PAY-8", ann); }) == Kind::AlreadyLinked);
}

TEST_CASE("a link to a ticket that was just closed hides that from no finding linked before",
          "[sync][links]") {
    OutwardWorld world;
    RealLinks real(world);
    world.know(finding("f1"));
    world.know(finding("f2"));
    write(world, "700", "PAY-7");
    real.links.link(acme, "f1", "PAY-7", ann);
    world.atlassian->states.at("700").status = world.done;
    real.links.link(acme, "f2", "PAY-7", ann);
    CHECK(world.hosting.statuses["f1"] == host::FindingStatus::Resolved);
    CHECK(world.hosting.statuses.count("f2") == 0);
}

TEST_CASE("a link to a ticket that we are writing to hides nothing from those linked before",
          "[sync][links]") {
    OutwardWorld world;
    RealLinks real(world);
    world.ticketOf(finding("f1"));
    world.know(finding("f2"));
    world.atlassian->afterWrite = [](const std::string&) {
        throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
    };
    world.set("f1", [](host::Finding& it) { it.severity = host::Severity::Critical; });
    world.visit();
    REQUIRE(real.own.isWriting(world.issueOf("f1")));
    world.ticket("f1").status = world.done;
    real.links.link(acme, "f2", world.ticket("f1").key, ann);
    CHECK(world.hosting.statuses.empty());
    real.inward.apply(world.issueOf("f1"), world.ticket("f1"), {});
    CHECK(world.hosting.statuses["f1"] == host::FindingStatus::Resolved);
}

TEST_CASE("a link that was interrupted is made again in full", "[sync][links]") {
    OutwardWorld world;
    RealLinks real(world);
    world.know(finding("f1"));
    write(world, "700", "PAY-7");
    world.atlassian->states.at("700").status = world.done;
    real.inward.diesNext = true;
    CHECK_THROWS_AS(real.links.link(acme, "f1", "PAY-7", ann), push_test::Killed);
    real.links.link(acme, "f1", "PAY-7", ann);
    CHECK(world.hosting.attached.at("f1").id == "700");
    real.inward.apply(world.issueOf("f1"), world.atlassian->states.at("700"), {});
    CHECK(world.hosting.statuses.empty());
}

TEST_CASE("a link that is refused leaves the ticket as unknown as it was", "[sync][links]") {
    OutwardWorld world;
    RealLinks real(world);
    world.know(finding("f1"));
    push1(world);
    world.atlassian->afterCreate = [](const push_test::Drafts&) {
        throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
    };
    createTickets(world);
    write(world, "700", "PAY-7");
    CHECK(problemOf([&] { real.links.link(acme, "f1", "PAY-7", ann); }) == Kind::StillUnderWay);
    CHECK_FALSE(
        KnownIssueStore(*world.database).find({acme, world.connections.client(acme)->system(), "700"}));
}

TEST_CASE("what was in doubt when a finding was parted from its ticket stands in nobody's way",
          "[sync][links]") {
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    const auto issue = world.issueOf("f1");
    world.atlassian->afterWrite = [](const std::string& kind) {
        if (kind == "comment")
            throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
    };
    world.setStatus("f1", host::FindingStatus::Resolved);
    world.visit();
    RecordedWrites own(*world.database);
    REQUIRE(own.isWriting(issue));
    world.links->unlink(acme, "f1", ann);
    CHECK_FALSE(own.isWriting(issue));
}

TEST_CASE("fields of a ticket linked by hand are left to the people in Jira", "[sync][links]") {
    OutwardWorld world;
    world.know(finding("f1", host::Severity::Low));
    write(world, "700", "PAY-7");
    world.links->link(acme, "f1", "PAY-7", ann);
    world.set("f1", [](host::Finding& it) { it.severity = host::Severity::Critical; });
    world.visit();
    CHECK(world.atlassian->edits.empty());
    CHECK(world.atlassian->said.size() == 1);
}

TEST_CASE("an unlinked ticket stays as it is, and the finding may get a new one", "[sync][links]") {
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    const auto first = world.issueOf("f1").id;
    CHECK(world.links->unlink(acme, "f1", ann).id == first);
    CHECK(world.hosting.attached.count("f1") == 0);
    CHECK(problemOf([&] { world.links->unlink(acme, "f1", ann); }) == Kind::NotLinked);
    world.setStatus("f1", host::FindingStatus::Resolved);
    world.visit();
    CHECK(world.atlassian->writes == 0);
    CHECK(push1(world).state == host::PushState::Queued);
}

TEST_CASE("a new ticket in place of a former one is created exactly once", "[sync][links]") {
    const bool isLost = GENERATE(false, true);
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    const auto first = world.issueOf("f1").id;
    world.links->createAgain(acme, "f1", ann);
    world.links->createAgain(acme, "f1", ann);
    // The former ticket carries the finding's label and must not be taken for the new one.
    if (isLost)
        world.atlassian->beforeCreate = [](const push_test::Drafts&) {
            throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
        };
    createTickets(world);
    world.atlassian->beforeCreate = nullptr;
    for (int i = 0; i < 10; ++i) {
        world.hosting.advance(60'000);
        push::DoubtResolver(*world.pushParts).run(acme);
        createTickets(world);
    }
    REQUIRE(world.pushParts->links.find(acme, "f1"));
    CHECK(world.issueOf("f1").id != first);
    CHECK(world.atlassian->issueCount() == 2);
    CHECK_FALSE(world.hosting.hasAlert(acme + "/jira.push.double.f1"));
}

TEST_CASE("a former ticket that is heard of is neither taken for the new one nor for a copy",
          "[sync][links]") {
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    const auto first = world.issueOf("f1");
    const jira::IssueState former = world.ticket("f1");
    int adoptions = 0;
    Strangers strangers(*world.pushParts, [&] { ++adoptions; });
    world.links->createAgain(acme, "f1", ann);
    bool isLost = true;
    world.atlassian->beforeCreate = [&](const push_test::Drafts&) {
        if (isLost)
            throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
    };
    createTickets(world);
    CHECK(strangers.meet(acme, *world.atlassian, former) == Strangers::Meeting::Nothing);
    CHECK_FALSE(world.pushParts->links.find(acme, "f1"));
    isLost = false;
    for (int i = 0; i < 10; ++i) {
        world.hosting.advance(60'000);
        push::DoubtResolver(*world.pushParts).run(acme);
        createTickets(world);
    }
    REQUIRE(world.pushParts->links.find(acme, "f1"));
    CHECK(world.issueOf("f1").id != first.id);
    CHECK(strangers.meet(acme, *world.atlassian, former) == Strangers::Meeting::Nothing);
    CHECK(adoptions == 0);
    CHECK(world.hosting.note("f1", "jira.clone." + first.id).empty());
}

TEST_CASE("parting a finding from a ticket that is gone ends the problem that told of it", "[sync][links]") {
    const bool isUnlinked = GENERATE(false, true);
    OutwardWorld world;
    world.ticketOf(finding("f1"));
    const auto issue = world.issueOf("f1");
    const std::string key = "jira.gone." + issue.id;
    world.hosting.appendTimeline(acme, "f1", goneNote(Gone::Deleted, issue.id, "PAY-1", {}));
    REQUIRE(world.hosting.timeline["f1"].count(key) == 1);
    if (isUnlinked)
        world.links->unlink(acme, "f1", ann);
    else
        world.links->createAgain(acme, "f1", ann);
    CHECK(world.hosting.timeline["f1"].count(key) == 0);
}

TEST_CASE("a finding whose ticket may exist is not created again blindly", "[sync][links]") {
    OutwardWorld world;
    world.know(finding("f1"));
    world.atlassian->screen.erase("labels");
    push1(world);
    world.atlassian->afterCreate = [](const push_test::Drafts&) {
        throw jira::UnknownOutcome("Jira's answer was lost.", "It is looked up.");
    };
    createTickets(world);
    world.hosting.advance(600'000);
    push::DoubtResolver(*world.pushParts).run(acme);
    CHECK(problemOf([&] { world.links->createAgain(acme, "f1", ann); }) == Kind::StillUnderWay);
    // Somebody looked, and says which one it is.
    write(world, "700", "PAY-7");
    CHECK(world.links->link(acme, "f1", "PAY-7", ann).ticket.key == "PAY-7");
}

TEST_CASE("a finding of a project that is not mapped is not created again", "[sync][links]") {
    OutwardWorld world;
    world.know(finding("f1"));
    world.mappings.projects.clear();
    CHECK(problemOf([&] { world.links->createAgain(acme, "f1", ann); }) == Kind::NotMapped);
}
