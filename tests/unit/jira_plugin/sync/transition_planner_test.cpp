#include "ticket_jira.hpp"

#include "sync/transition_planner.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::sync;
using sync_test::status;
using sync_test::step;
using sync_test::withField;
namespace jira = jira_plugin::jira;

namespace {

using Steps = std::map<std::string, std::vector<jira::Transition>>;
using Names = std::vector<std::string>;

const auto toDo = status("To Do", "new"), progress = status("In Progress", "indeterminate"),
           review = status("Review", "indeterminate"), blocked = status("Blocked", "indeterminate"),
           done = status("Done", "done"), cancelled = status("Cancelled", "done"),
           released = status("Released", "done");

/// Walks until it arrives or is stuck; the names of the transitions taken.
struct Walked {
    Names taken;
    Walk::Step last;
    jira::WorkflowStatus at;
};

Walked go(Walk& walk, const Steps& steps, jira::WorkflowStatus here,
          const std::map<std::string, std::string>& chosen = {}) {
    Walked walked;
    for (;;) {
        const auto offered = steps.count(here.id) ? steps.at(here.id) : std::vector<jira::Transition>();
        walked.last = walk.next(here, offered, [&](const jira::Transition& transition) {
            return fillScreen(transition.fields, transition.to.category == "done",
                              {chosen, Occasion::Resolved, {}});
        });
        if (walked.last.kind != Walk::Step::Kind::Move)
            break;
        walked.taken.push_back(walked.last.transition.name);
        here = walked.last.transition.to;
    }
    walked.at = here;
    return walked;
}

Walked go(const Goal& goal, const Steps& steps, const jira::WorkflowStatus& here) {
    Walk walk(goal, {});
    return go(walk, steps, here);
}

const Goal anyDone{"", "", true, false}, anyOpen{"", "", false, false};

} // namespace

TEST_CASE("a walk takes the direct step", "[sync][walk]") {
    const Steps steps{{"s-To Do", {step("Start", progress), step("Close", done)}}};
    CHECK(go(anyDone, steps, toDo).taken == Names{"Close"});
}

TEST_CASE("a walk that has arrived takes no step", "[sync][walk]") {
    const auto walked = go(anyDone, {{"s-Done", {step("Reopen", toDo)}}}, done);
    CHECK(walked.taken.empty());
    CHECK(walked.last.kind == Walk::Step::Kind::Arrived);
}

TEST_CASE("a walk finds its way through statuses that it has never seen", "[sync][walk]") {
    const Steps steps{{"s-To Do", {step("Start", progress)}},
                      {"s-In Progress", {step("Stop", toDo), step("Review", review)}},
                      {"s-Review", {step("Reject", progress), step("Close", done)}}};
    const auto walked = go(anyDone, steps, toDo);
    CHECK(walked.taken == Names{"Start", "Review", "Close"});
    CHECK(walked.last.kind == Walk::Step::Kind::Arrived);
}

TEST_CASE("a walk goes the shortest way that it knows", "[sync][walk]") {
    const Steps steps{{"s-To Do", {step("Block", blocked), step("Start", progress)}},
                      {"s-Blocked", {step("Unblock", review)}},
                      {"s-In Progress", {step("Close", done)}},
                      {"s-Review", {step("Close from review", done)}}};
    WorkflowGraph known;
    known.learn("s-Blocked", {review});
    known.learn("s-Review", {done});
    known.learn("s-In Progress", {done});
    Walk walk(anyDone, known);
    CHECK(go(walk, steps, toDo).taken == Names{"Start", "Close"});
}

TEST_CASE("a walk never enters a status twice and says that it is stuck", "[sync][walk]") {
    const Steps steps{{"s-To Do", {step("Start", progress)}},
                      {"s-In Progress", {step("Stop", toDo), step("Block", blocked)}},
                      {"s-Blocked", {step("Unblock", progress)}}};
    const auto walked = go(anyDone, steps, toDo);
    CHECK(walked.taken == Names{"Start", "Block"});
    CHECK(walked.last.kind == Walk::Step::Kind::Stuck);
    CHECK(walked.last.missing.empty());
}

TEST_CASE("a walk does not set out where it is known that no way leads there", "[sync][walk]") {
    WorkflowGraph known;
    known.learn("s-In Progress", {toDo});
    Walk walk(anyDone, known);
    CHECK(go(walk, {{"s-To Do", {step("Start", progress)}}}, toDo).taken.empty());
}

TEST_CASE("a walk takes no transition twice, even if it leads nowhere", "[sync][walk]") {
    Walk walk(anyDone, {});
    const std::vector<jira::Transition> offered{step("Close", done)};
    const auto fill = [](const jira::Transition&) { return ScreenFill(); };
    CHECK(walk.next(toDo, offered, fill).kind == Walk::Step::Kind::Move);
    CHECK(walk.next(toDo, offered, fill).kind == Walk::Step::Kind::Stuck);
}

TEST_CASE("a walk is over after a bounded number of hops", "[sync][walk]") {
    Steps steps;
    for (int i = 0; i < 20; ++i)
        steps["s-" + std::to_string(i)] = {
            step("to " + std::to_string(i + 1), status(std::to_string(i + 1), "indeterminate"))};
    const auto walked = go(anyDone, steps, status("0", "new"));
    CHECK(walked.taken.size() == Walk::mostHops);
    CHECK(walked.last.kind == Walk::Step::Kind::Stuck);
}

TEST_CASE("a walk to a status that was chosen goes on past others of its category", "[sync][walk]") {
    const Steps steps{{"s-To Do", {step("Close", done)}}, {"s-Done", {step("Release", released)}}};
    CHECK(go({released.id, released.name, true, false}, steps, toDo).taken == Names{"Close", "Release"});
}

TEST_CASE("a walk closes what was mended as done and what was set aside as cancelled", "[sync][walk]") {
    const Steps steps{{"s-To Do", {step("Cancel", cancelled), step("Close", done)}}};
    CHECK(go(anyDone, steps, toDo).taken == Names{"Close"});
    CHECK(go({"", "", true, true}, steps, toDo).taken == Names{"Cancel"});
}

TEST_CASE("a walk reopens into work that has not begun", "[sync][walk]") {
    const Steps steps{{"s-Done", {step("Back to work", progress), step("Reopen", toDo)}}};
    CHECK(go(anyOpen, steps, done).taken == Names{"Reopen"});
}

TEST_CASE("a walk goes around a step whose screen nothing fills, and names the field when there is no other",
          "[sync][walk]") {
    const auto guarded = withField(step("Close", done), "Root cause", true);
    SECTION("around") {
        const Steps steps{{"s-To Do", {guarded, step("Start", progress)}},
                          {"s-In Progress", {step("Finish", done)}}};
        CHECK(go(anyDone, steps, toDo).taken == Names{"Start", "Finish"});
    }
    SECTION("no other") {
        const auto walked = go(anyDone, {{"s-To Do", {guarded}}}, toDo);
        CHECK(walked.taken.empty());
        CHECK(walked.last.missing == Names{"Root cause"});
        CHECK(walked.last.barred == "Close");
    }
    SECTION("filled by what was chosen") {
        Walk walk(anyDone, {});
        const auto walked = go(walk, {{"s-To Do", {guarded}}}, toDo, {{"Root cause", "\"Typo\""}});
        CHECK(walked.taken == Names{"Close"});
    }
}

TEST_CASE("a step that Jira refused is not taken again", "[sync][walk]") {
    Walk walk(anyDone, {});
    const std::vector<jira::Transition> offered{step("Close", done), step("Force", done)};
    const auto fill = [](const jira::Transition&) { return ScreenFill(); };
    const auto first = walk.next(toDo, offered, fill);
    walk.refuse(toDo.id, first.transition.id);
    const auto second = walk.next(toDo, offered, fill);
    CHECK(second.kind == Walk::Step::Kind::Move);
    CHECK(second.transition.id != first.transition.id);
}

TEST_CASE("a screen is filled with the resolution that fits what happened", "[sync][walk]") {
    const auto screen = withField(step("Close", done), "resolution", true,
                                  {{"1", "Fixed"}, {"2", "Won\u2019t Fix"}, {"3", "Cannot Reproduce"}})
                            .fields;
    const auto fill = [&](Occasion occasion, bool toDone = true) {
        return fillScreen(screen, toDone, {{}, occasion, {}});
    };
    CHECK(fill(Occasion::ResolvedByScan).values.at("resolution") == R"({"id":"1"})");
    CHECK(fill(Occasion::Accepted).values.at("resolution") == R"({"id":"2"})");
    CHECK(fill(Occasion::FalsePositive).values.at("resolution") == R"({"id":"3"})");
    CHECK(fill(Occasion::Reopened, false).missing == Names{"resolution"});
}

TEST_CASE("a resolution that says something else is never taken", "[sync][walk]") {
    const auto screen =
        withField(step("Close", done), "resolution", true, {{"1", "Duplicate"}, {"2", "Erledigt"}}).fields;
    const auto fill = fillScreen(screen, true, {{}, Occasion::Resolved, {}});
    CHECK(fill.values.empty());
    CHECK(fill.missing == Names{"resolution"});
}

TEST_CASE("a chosen value goes before the fitting one, unless the screen no longer allows it",
          "[sync][walk]") {
    const auto screen =
        withField(step("Close", done), "resolution", true, {{"1", "Done"}, {"2", "Erledigt"}}).fields;
    const std::map<std::string, std::string> chosen{{"resolution", R"({"id":"2"})"}},
        stale{{"resolution", R"({"id":"9"})"}};
    CHECK(fillScreen(screen, true, {chosen, Occasion::Resolved, {}}).values.at("resolution") ==
          R"({"id":"2"})");
    CHECK(fillScreen(screen, true, {stale, Occasion::Resolved, {}}).values.at("resolution") ==
          R"({"id":"1"})");
}

TEST_CASE("a screen is left alone where nothing must be given", "[sync][walk]") {
    auto transition = withField(step("Close", done), "optional", false);
    transition = withField(transition, "defaulted", true);
    transition.fields["defaulted"].hasDefaultValue = true;
    transition = withField(transition, "summary", true);
    const auto fill = fillScreen(transition.fields, true, {{}, Occasion::Resolved, {"summary"}});
    CHECK(fill.values.empty());
    CHECK(fill.missing.empty());
}
