#include <catch2/catch.hpp>

#include "mapping/assignee.hpp"
#include "samples.hpp"

using namespace jira_plugin;
using Source = mapping::AssigneeChoice::Source;

TEST_CASE("the override comes before the project's default, and that before the owner", "[mapping]") {
    const host::Member owner{"u1", "Olga", "olga@acme.example"};
    mapping::FieldMapping fields;
    auto project = samples::project();

    CHECK(mapping::chooseAssignee(fields, project, std::nullopt).source == Source::None);

    auto choice = mapping::chooseAssignee(fields, project, owner);
    CHECK(choice.source == Source::Ownership);
    CHECK(choice.memberEmail == "olga@acme.example");
    CHECK(choice.accountId.empty());

    project.assigneeId = "acc-default";
    choice = mapping::chooseAssignee(fields, project, owner);
    CHECK(choice.source == Source::ProjectDefault);
    CHECK(choice.accountId == "acc-default");

    fields.assigneeId = "acc-override";
    choice = mapping::chooseAssignee(fields, project, owner);
    CHECK(choice.source == Source::Override);
    CHECK(choice.accountId == "acc-override");
}
