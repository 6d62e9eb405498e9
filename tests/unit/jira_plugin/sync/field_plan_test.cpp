#include "sync/field_plan.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::sync;
namespace jira = jira_plugin::jira;
namespace store = jira_plugin::store;

namespace {

using Labels = std::vector<std::string>;

/// A ticket that still holds what was set.
struct Case {
    Case() {
        now.summary = wanted.title = "Old title";
        now.priority = {"3", "Medium"};
        now.dueDate = "2026-01-31";
        now.labels = {"mayo-aspm", "medium", "aspm-1"};
        wanted.priority = FieldValue{"3", "Medium"};
        wanted.labels = now.labels;
        wanted.dueDate = now.dueDate;
    }
    FieldPlan plan() const { return planFields(settings, last, wanted, before, now, "aspm-1"); }
    void own(OwnedField field, Ownership owner) {
        settings.ownership[static_cast<std::size_t>(field)] = owner;
    }

    SyncSettings settings;
    store::SetFields last{{"title", {"Old title", false}},
                          {"priority", {"3", false}},
                          {"due_date", {"2026-01-31", false}},
                          {"labels", {"aspm-1 mayo-aspm medium", false}}};
    WantedFields wanted;
    std::optional<WantedFields> before;
    jira::IssueState now;
};

} // namespace

TEST_CASE("a ticket that holds what is wanted is not written", "[sync][fields]") {
    const auto plan = Case().plan();
    CHECK(plan.edit.isEmpty());
    CHECK(plan.written.empty());
    CHECK(plan.ended.empty());
    CHECK(plan.known.empty());
}

TEST_CASE("a field kept in step follows the finding", "[sync][fields]") {
    Case it;
    it.wanted.priority = FieldValue{"1", "Highest"};
    it.wanted.dueDate = "2026-01-08";
    const auto plan = it.plan();
    CHECK(plan.edit.priorityId == std::optional<std::string>("1"));
    CHECK(plan.edit.dueDate == std::optional<std::string>("2026-01-08"));
    CHECK(plan.afterEdit.at("priority").value == "1");
    CHECK_FALSE(plan.edit.summary);
}

TEST_CASE("a person's edit ends that a field is kept in step, and is told once", "[sync][fields]") {
    Case it;
    it.now.priority = {"5", "Lowest"};
    it.wanted.priority = FieldValue{"1", "Highest"};
    const auto plan = it.plan();
    CHECK(plan.edit.isEmpty());
    REQUIRE(plan.ended.size() == 1);
    CHECK(plan.ended[0].inJira == "Lowest");
    it.last["priority"] = plan.known.at("priority");
    CHECK(it.plan().ended.empty());
    CHECK(it.plan().edit.isEmpty());
}

TEST_CASE("a field that is always ours is written over a person's edit", "[sync][fields]") {
    Case it;
    it.own(OwnedField::Priority, Ownership::Ours);
    it.now.priority = {"5", "Lowest"};
    it.last["priority"].ended = true;
    const auto plan = it.plan();
    CHECK(plan.edit.priorityId == std::optional<std::string>("3"));
    CHECK_FALSE(plan.afterEdit.at("priority").ended);
}

TEST_CASE("a field that is set once is never written", "[sync][fields]") {
    Case it;
    it.wanted.title = "New title";
    CHECK(it.plan().edit.isEmpty());
    it.own(OwnedField::Title, Ownership::UntilEdited);
    CHECK(it.plan().edit.summary == std::optional<std::string>("New title"));
}

TEST_CASE("a ticket of which nothing is recorded follows as long as it holds what was wanted before",
          "[sync][fields]") {
    Case it;
    it.last.clear();
    it.wanted.priority = FieldValue{"1", "Highest"};
    CHECK(it.plan().edit.priorityId == std::nullopt);
    it.before = Case().wanted;
    CHECK(it.plan().edit.priorityId == std::optional<std::string>("1"));
    it.now.priority = {"5", "Lowest"};
    CHECK(it.plan().edit.priorityId == std::nullopt);
}

TEST_CASE("a due date that is no longer given goes where we set it, and stays where a person did",
          "[sync][fields]") {
    Case it;
    it.wanted.dueDate.reset();
    CHECK(it.plan().edit.dueDate == std::optional<std::string>(""));
    it.now.dueDate = "2026-06-01";
    CHECK_FALSE(it.plan().edit.dueDate);
}

TEST_CASE("labels are added and removed one by one", "[sync][fields]") {
    Case it;
    it.now.labels.push_back("backend"); // a person's
    it.wanted.labels = {"mayo-aspm", "critical", "aspm-1"};
    const auto plan = it.plan();
    CHECK(plan.edit.addLabels == Labels{"critical"});
    CHECK(plan.edit.removeLabels == Labels{"medium"});
    CHECK(plan.afterEdit.at("labels").value == "aspm-1 critical mayo-aspm");
}

TEST_CASE("a label that a person took off is not put back", "[sync][fields]") {
    Case it;
    it.now.labels = {"mayo-aspm", "aspm-1"};
    CHECK(it.plan().edit.isEmpty());
    it.own(OwnedField::Labels, Ownership::Ours);
    CHECK(it.plan().edit.addLabels == Labels{"medium"});
}

TEST_CASE("a label that a person put there first stays when it is no longer wanted", "[sync][fields]") {
    Case it;
    it.now.labels.push_back("critical");
    it.wanted.labels = {"mayo-aspm", "critical", "aspm-1"};
    const auto plan = it.plan();
    CHECK(plan.edit.removeLabels == Labels{"medium"});
    it.last["labels"] = plan.afterEdit.at("labels");
    it.now.labels = {"mayo-aspm", "aspm-1", "critical"};
    it.wanted.labels = {"mayo-aspm", "low", "aspm-1"};
    CHECK(it.plan().edit.removeLabels.empty());
}

TEST_CASE("the finding's own label is never removed", "[sync][fields]") {
    Case it;
    it.wanted.labels = {"other"};
    const auto plan = it.plan();
    CHECK(plan.edit.removeLabels == Labels{"mayo-aspm", "medium"});
}

TEST_CASE("fields of a ticket that was linked by hand are other people's", "[sync][fields]") {
    Case it;
    for (auto& [name, field] : it.last)
        field.ended = true;
    it.wanted.priority = FieldValue{"1", "Highest"};
    it.wanted.labels.push_back("more");
    const auto plan = it.plan();
    CHECK(plan.edit.isEmpty());
    CHECK(plan.ended.empty());
}
