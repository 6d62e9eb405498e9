#include <catch2/catch.hpp>

#include "mapping/draft_builder.hpp"
#include "samples.hpp"

using namespace jira_plugin;
using namespace jira_plugin::mapping;

namespace {

/// Everything that a draft is made of, to be changed by a test before it builds.
struct Setup {
    host::Finding finding = samples::finding();
    ProjectMapping project = samples::project();
    FieldMapping fields;
    jira::CreateScreen screen = samples::screen();
    std::optional<std::string> assignee = "acc-1";

    DraftResult build() const { return buildDraft({finding, project, fields, screen, assignee, "aspm-abc"}); }

    MappingProblem problem() const {
        try {
            build();
        } catch (const MappingProblem& e) {
            return e;
        }
        FAIL("a draft was built");
        throw std::logic_error("not reached");
    }
};

} // namespace

TEST_CASE("a finding becomes a ticket with every field that the screen has", "[mapping]") {
    const auto result = Setup().build();
    const TicketDraft& draft = result.draft;
    CHECK(result.notes.empty());
    CHECK(draft.projectId == "10000");
    CHECK(draft.projectKey == "PAY");
    CHECK(draft.issueTypeId == "10004");
    CHECK(draft.summary == "Possible buffer overflow in read_line");
    CHECK(draft.description);
    CHECK(draft.priorityId == "1");
    CHECK(draft.labels == std::vector<std::string>{"mayo-aspm", "critical", "aspm-abc"});
    CHECK(draft.dueDate == "2026-01-08");
    CHECK(draft.assigneeId == "acc-1");
    CHECK(draft.dedupeLabel == "aspm-abc");
}

TEST_CASE("a wanted field that is not on the screen is left out, with a note that names it", "[mapping]") {
    Setup setup;
    for (const char* id : {"description", "priority", "labels", "duedate", "assignee"})
        setup.screen.erase(id);
    const auto result = setup.build();
    CHECK_FALSE(result.draft.description);
    CHECK_FALSE(result.draft.priorityId);
    CHECK(result.draft.labels.empty());
    CHECK_FALSE(result.draft.dueDate);
    CHECK_FALSE(result.draft.assigneeId);
    REQUIRE(result.notes.size() == 5);
    CHECK_THAT(result.notes[3], Catch::Contains("Due date is not on the create screen of PAY Bug") &&
                                    Catch::Contains("2026-01-08"));
}

TEST_CASE("nothing is noted for a field that nobody wanted", "[mapping]") {
    Setup setup;
    setup.screen.erase("duedate");
    setup.screen.erase("assignee");
    setup.fields.slaDays = {};
    setup.assignee.reset();
    CHECK(setup.build().notes.empty());
}

TEST_CASE("a required field without a value stops the draft and is named", "[mapping]") {
    Setup setup;
    samples::add(setup.screen, samples::field("customfield_1", "string", true));
    setup.screen["customfield_1"].name = "Team";
    const auto problem = setup.problem();
    CHECK(problem.cause() == "required_field:customfield_1");
    CHECK_THAT(problem.what(), Catch::Contains("PAY Bug in Jira requires 'Team'"));
    CHECK_THAT(problem.remedy(), Catch::Contains("'Team'") && Catch::Contains("payments-api"));

    setup.project.extraFields["customfield_1"] = "\"blue\"";
    CHECK(setup.build().draft.extraFields.at("customfield_1") == "\"blue\"");

    setup.project.extraFields.clear();
    setup.screen["customfield_1"].hasDefaultValue = true;
    CHECK(setup.build().draft.extraFields.empty());
}

TEST_CASE("a required assignee or due date that the mapping does not give is named with its remedy",
          "[mapping]") {
    Setup setup;
    setup.screen["assignee"].required = true;
    setup.assignee.reset();
    CHECK(setup.problem().cause() == "required_field:assignee");
    CHECK_THAT(setup.problem().remedy(), Catch::Contains("default assignee"));

    setup = Setup();
    setup.screen["duedate"].required = true;
    setup.fields.slaDays = {};
    CHECK(setup.problem().cause() == "required_field:duedate");
    CHECK_THAT(setup.problem().remedy(), Catch::Contains("critical findings"));
}

TEST_CASE("values of extra fields are put into the form that Jira wants", "[mapping]") {
    Setup setup;
    auto select = samples::field("customfield_2", "option");
    select.allowedValues = {{"100", "Red"}, {"101", "Blue"}};
    samples::add(setup.screen, select);
    auto several = samples::field("components", "array");
    several.items = "component";
    several.allowedValues = {{"7", "Core"}, {"8", "Web"}};
    samples::add(setup.screen, several);
    samples::add(setup.screen, samples::field("customfield_3", "number"));
    auto area = samples::field("customfield_4", "string");
    area.custom = "com.atlassian.jira.plugin.system.customfieldtypes:textarea";
    samples::add(setup.screen, area);
    setup.project.extraFields = {{"customfield_2", "\"blue\""},
                                 {"components", R"([{"name":"Core"},{"id":"8"}])"},
                                 {"customfield_3", "2.5"},
                                 {"customfield_4", "\"text\""}};
    const auto draft = setup.build().draft;
    CHECK(draft.extraFields.at("customfield_2") == R"({"id":"101"})");
    CHECK(draft.extraFields.at("components") == R"([{"id":"7"},{"id":"8"}])");
    CHECK(draft.extraFields.at("customfield_3") == "2.5");
    CHECK(draft.extraFields.at("customfield_4") == "\"text\"");
    CHECK(draft.richTextFields == std::set<std::string>{"customfield_4"});
}

TEST_CASE("a value that Jira does not allow any more stops the draft and lists what it allows", "[mapping]") {
    Setup setup;
    auto select = samples::field("customfield_2", "option");
    select.allowedValues = {{"100", "Red"}, {"101", "Blue"}};
    samples::add(setup.screen, select);
    for (const char* bad : {R"({"id":"999"})", "\"Green\"", "7", "null", "[]", "{}", "not json"}) {
        CAPTURE(bad);
        setup.project.extraFields["customfield_2"] = bad;
        CHECK(setup.problem().cause() == "field_value:customfield_2");
    }
    setup.project.extraFields["customfield_2"] = "\"Green\"";
    CHECK_THAT(setup.problem().what(), Catch::Contains("Red, Blue"));
}

TEST_CASE("everything that stops a draft is named at once, each field once", "[mapping]") {
    Setup setup;
    samples::add(setup.screen, samples::field("customfield_1", "number", true));
    samples::add(setup.screen, samples::field("customfield_2", "string", true));
    samples::add(setup.screen, samples::field("attachment", "array", true));
    setup.screen["attachment"].canBeSet = false;
    setup.project.extraFields["customfield_1"] = "\"two\"";
    const auto problem = setup.problem();
    CHECK(problem.cause() == "field_value:customfield_1");
    REQUIRE(problem.others().size() == 2);
    CHECK(problem.others()[0].cause() == "required_field:attachment");
    CHECK_THAT(problem.others()[0].remedy(), Catch::Contains("cannot be given when a ticket is created"));
    CHECK(problem.others()[1].cause() == "required_field:customfield_2");
}

TEST_CASE("an extra field that left the screen becomes a note", "[mapping]") {
    Setup setup;
    setup.project.extraFields["customfield_9"] = "1";
    const auto result = setup.build();
    CHECK(result.draft.extraFields.empty());
    REQUIRE(result.notes.size() == 1);
    CHECK_THAT(result.notes[0], Catch::Contains("customfield_9"));
}

TEST_CASE("an unknown time zone stops the draft rather than shifting due dates", "[mapping]") {
    Setup setup;
    setup.fields.timeZone = "Mars/Olympus";
    CHECK(setup.problem().cause() == "time_zone");
}

TEST_CASE("a priority that is gone is noted and replaced", "[mapping]") {
    Setup setup;
    setup.fields.priorityIds[static_cast<std::size_t>(host::Severity::Critical)] = "77";
    const auto result = setup.build();
    CHECK(result.draft.priorityId == "1");
    REQUIRE(result.notes.size() == 1);
    CHECK_THAT(result.notes[0], Catch::Contains("77"));
}
