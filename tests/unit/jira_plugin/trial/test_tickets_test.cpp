#include <catch2/catch.hpp>

#include "../each_engine.hpp"
#include "../mapping/samples.hpp"
#include "../push/push_world.hpp"

#include "jira/create_body.hpp"
#include "jira/json.hpp"
#include "trial/test_tickets.hpp"

using namespace push_test;
namespace trial = jira_plugin::trial;
using trial::TestState;
using trial::TestTicket;

namespace {

/// Keeps what was created, field by field, and can forget or change it.
class StoringJira : public FakeJira {
public:
    StoringJira() { screen = samples::screen(); }

    std::string renderCreate(const jira_plugin::mapping::TicketDraft& draft) const override {
        return jira::createBody(draft);
    }
    std::optional<jira::Issue> issue(const std::string& id) override {
        for (const auto& each : issues)
            if (each.id == id || each.key == id)
                return each;
        return std::nullopt;
    }
    std::optional<jira::StoredIssue> storedIssue(const std::string& id,
                                                 const std::vector<std::string>& fields) override {
        ++reads;
        if (isUnreadable)
            throw jira::RetryLater("Jira did not answer.", "It is tried again by itself.", 0);
        const auto found = issue(id);
        if (!found)
            return std::nullopt;
        jira::StoredIssue stored{found->id, found->key, {}};
        const auto sent =
            jira::json::object(jira::json::parseObject(jira::createBody(requests.back().front())), "fields");
        for (const auto& field : fields)
            stored.fields[field] =
                changed.count(field) != 0 ? changed[field] : jira::json::write(sent->get(field));
        return stored;
    }
    void deleteIssue(const std::string& id) override {
        if (deleteStatus != 0)
            throw jira::Refusal(deleteStatus, "No.", "Ask.", {});
        issues.erase(
            std::remove_if(issues.begin(), issues.end(), [&](const auto& each) { return each.id == id; }),
            issues.end());
    }

    std::map<std::string, std::string> changed; ///< field id -> JSON that Jira has instead of what was sent
    int reads = 0;
    bool isUnreadable = false;
    int deleteStatus = 0;
};

struct TrialWorld {
    TrialWorld() { mappings.map("payments-api", "PAY"); }

    TestTicket send() { return tickets.send(acme, project, "alice"); }
    TestTicket again(const TestTicket& ticket) { return tickets.refresh(*tickets.find(acme, ticket.id)); }
    std::string problem(const std::function<void()>& work) {
        try {
            work();
        } catch (const trial::TrialProblem& e) {
            CHECK_FALSE(e.remedy().empty());
            return e.code();
        }
        return "none";
    }
    void loseAnswer() {
        atlassian->afterCreate = [this](const Drafts&) {
            atlassian->afterCreate = nullptr;
            throw jira::UnknownOutcome("The answer was lost.", "");
        };
    }

    jira_plugin::EachEngine engine;
    FakeHost hosting;
    host::Services services = hosting.services();
    std::shared_ptr<StoringJira> atlassian = std::make_shared<StoringJira>();
    FakeConnections connections{atlassian};
    store::Database database{engine.place()};
    FakeMappings mappings;
    push::PushParts parts{database, connections, mappings, services};
    trial::TestTickets tickets{parts};
    const host::Project project{"payments-api", "payments-api", "Payments"};
};

} // namespace

TEST_CASE_METHOD(TrialWorld, "a test ticket is made as real ones are, and compared field by field",
                 "[trial]") {
    const auto ticket = send();
    CHECK(ticket.state == TestState::There);
    CHECK(ticket.issueKey == "PAY-1");
    CHECK(ticket.url == "https://jira.example/browse/PAY-1");
    CHECK(atlassian->issuesLabelled("mayo-aspm-test") == 1);
    CHECK(atlassian->issuesLabelled(ticket.label) == 1);
    std::string names;
    for (const auto& field : ticket.compared) {
        CAPTURE(field.id, field.sent, field.stored);
        CHECK(field.verdict == trial::ComparedField::Verdict::Same);
        names += field.id + " ";
    }
    CHECK(names == "summary project issuetype priority labels duedate description ");
    CHECK(tickets.latest(acme).size() == 1);
    CHECK(tickets.latest("globex").empty());
    CHECK_FALSE(tickets.find("globex", ticket.id));
}

TEST_CASE_METHOD(TrialWorld, "what Jira changed or dropped is named", "[trial]") {
    atlassian->changed = {{"priority", R"({"id":"3","name":"Medium"})"}, {"duedate", "null"}};
    std::map<std::string, std::string> verdicts;
    for (const auto& field : send().compared)
        verdicts[field.id] = trial::toString(field.verdict);
    CHECK(verdicts["priority"] == "differs");
    CHECK(verdicts["duedate"] == "missing");
    CHECK(verdicts["summary"] == "same");
}

TEST_CASE_METHOD(TrialWorld, "while one is on its way a second one is refused", "[trial]") {
    std::string second;
    atlassian->beforeCreate = [&](const Drafts&) {
        atlassian->beforeCreate = nullptr;
        second = problem([&] { send(); });
    };
    CHECK(send().state == TestState::There);
    CHECK(second == "test_in_flight");
    CHECK(atlassian->issueCount() == 1);
    CHECK(send().state == TestState::There); // afterwards another one may go
}

TEST_CASE_METHOD(TrialWorld,
                 "a lost answer leaves it in doubt until its label is found; nothing is sent twice",
                 "[trial]") {
    loseAnswer();
    atlassian->isIndexed = false;
    const auto ticket = send();
    CHECK(ticket.state == TestState::InDoubt);
    CHECK(problem([&] { send(); }) == "test_in_flight");
    CHECK(problem([&] { tickets.remove(ticket); }) == "test_in_flight");
    CHECK(again(ticket).state == TestState::InDoubt); // Jira's search lags behind
    atlassian->isIndexed = true;
    const auto found = again(ticket);
    CHECK(found.state == TestState::There);
    CHECK(found.issueKey == "PAY-1");
    CHECK_FALSE(found.compared.empty());
    CHECK(atlassian->issueCount() == 1);
    CHECK(atlassian->requests.size() == 1);
}

TEST_CASE_METHOD(TrialWorld, "only absence after the settling time says that it was not created", "[trial]") {
    atlassian->beforeCreate = [](const Drafts&) { throw jira::UnknownOutcome("The answer was lost.", ""); };
    const auto ticket = send();
    CHECK(ticket.state == TestState::InDoubt);
    hosting.advance(parts.settings.settleMs);
    CHECK(again(ticket).state == TestState::InDoubt);
    hosting.advance(1);
    CHECK(again(ticket).state == TestState::Failed);
    atlassian->beforeCreate = nullptr;
    CHECK(send().state == TestState::There);
}

TEST_CASE_METHOD(TrialWorld, "a ticket that a process was sending when it died is in doubt for the next",
                 "[trial]") {
    atlassian->beforeCreate = [](const Drafts&) { throw 42; }; // not even an exception of ours
    CHECK_THROWS_AS(send(), int);
    const auto left = tickets.latest(acme).front();
    CHECK(left.state == TestState::InDoubt);

    // And one that died without a word.
    database.transaction([&](Poco::Data::Session& session) {
        session << "UPDATE test_ticket SET state = 'sending', owner = 'an earlier process'",
            Poco::Data::Keywords::now;
    });
    trial::TestTickets next(parts);
    CHECK(next.latest(acme).front().state == TestState::InDoubt);
}

TEST_CASE_METHOD(TrialWorld, "a refusal of Jira or of the mapping fails it with the reason", "[trial]") {
    atlassian->refuse = [](const auto&) { return refusal(400, "Priority is not on the screen."); };
    auto ticket = send();
    CHECK(ticket.state == TestState::Failed);
    CHECK(ticket.message == "Priority is not on the screen.");
    CHECK_FALSE(ticket.remedy.empty());

    atlassian->refuse = nullptr;
    auto risk = samples::field("customfield_1", "string", true);
    risk.name = "Risk class";
    samples::add(atlassian->screen, risk);
    ticket = send(); // with the screen as it is now, not as it was a moment ago
    CHECK(ticket.state == TestState::Failed);
    CHECK_THAT(ticket.message, Catch::Contains("Risk class"));
    CHECK(atlassian->issueCount() == 0);
    CHECK(problem([&] { tickets.send(acme, {"p9", "unmapped", "Unmapped"}, "alice"); }) == "not_mapped");
}

TEST_CASE_METHOD(TrialWorld, "one that cannot be read back is there all the same", "[trial]") {
    atlassian->isUnreadable = true;
    const auto ticket = send();
    CHECK(ticket.state == TestState::There);
    CHECK(ticket.compared.empty());
    CHECK_THAT(ticket.message, Catch::Contains("could not be read back"));
    atlassian->isUnreadable = false;
    CHECK_FALSE(again(ticket).compared.empty());
}

TEST_CASE_METHOD(TrialWorld, "deleting touches only an issue with the test label and its own", "[trial]") {
    const auto ticket = send();
    atlassian->issues.front().labels = {"mayo-aspm-test"};
    CHECK(problem([&] { tickets.remove(ticket); }) == "not_ours");
    atlassian->issues.front().labels = {ticket.label};
    CHECK(problem([&] { tickets.remove(ticket); }) == "not_ours");
    CHECK(atlassian->issueCount() == 1);

    atlassian->issues.front().labels = {"mayo-aspm-test", ticket.label};
    atlassian->deleteStatus = 403;
    CHECK(problem([&] { tickets.remove(ticket); }) == "delete_refused");
    atlassian->deleteStatus = 0;
    const auto gone = tickets.remove(ticket);
    CHECK(gone.state == TestState::Deleted);
    CHECK(gone.deletedAtMs == hosting.nowMs());
    CHECK(atlassian->issueCount() == 0);
    CHECK(tickets.remove(gone).state == TestState::Deleted);
}

TEST_CASE_METHOD(TrialWorld, "one that somebody deleted in Jira is gone, and another site's is left alone",
                 "[trial]") {
    const auto ticket = send();
    atlassian->site = "site-2";
    CHECK(problem([&] { tickets.remove(ticket); }) == "not_ours");
    CHECK(again(ticket).state == TestState::There);
    atlassian->site = "site-1";
    atlassian->issues.clear();
    CHECK(tickets.remove(ticket).state == TestState::Gone);
    CHECK(again(ticket).state == TestState::Gone);
}

TEST_CASE_METHOD(TrialWorld, "without labels in Jira a lost answer says where to look", "[trial]") {
    atlassian->screen.erase("labels");
    loseAnswer();
    const auto ticket = send();
    CHECK(ticket.state == TestState::Failed);
    CHECK_THAT(ticket.remedy, Catch::Contains("Look in Jira"));
}
