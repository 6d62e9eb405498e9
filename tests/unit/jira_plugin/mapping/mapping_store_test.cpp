#include <catch2/catch.hpp>

#include "../each_engine.hpp"

#include "mapping/mapping_store.hpp"
#include "samples.hpp"
#include "store/database.hpp"

using namespace jira_plugin;
using namespace jira_plugin::mapping;

namespace {

struct Fixture {
    EachEngine engine;
    store::Database database{engine.place()};
    MappingStore store{database};
};

} // namespace

TEST_CASE_METHOD(Fixture, "a mapping is kept with everything in it and replaced as a whole", "[mapping]") {
    auto project = samples::project();
    project.jiraProjectName = "Zahlungen \xE2\x82\xAC '; DROP TABLE project_mapping; --";
    project.extraFields["customfield_1"] = R"({"id":"3"})";
    store.save("acme", project, "ann", 1);

    auto stored = store.project("acme", "p1");
    REQUIRE(stored);
    CHECK(stored->jiraProjectName == project.jiraProjectName);
    CHECK(stored->issueTypeId == "10004");
    CHECK(stored->extraFields == project.extraFields);

    project.issueTypeId = "10005";
    project.extraFields.clear();
    store.save("acme", project, "ann", 2);
    stored = store.project("acme", "p1");
    REQUIRE(stored);
    CHECK(stored->issueTypeId == "10005");
    CHECK(stored->extraFields.empty());
    CHECK(store.projects("acme").size() == 1);
}

TEST_CASE_METHOD(Fixture, "mappings of another organisation do not exist", "[mapping]") {
    store.save("acme", samples::project(), "ann", 1);
    CHECK_FALSE(store.project("other", "p1"));
    CHECK(store.projects("other").empty());
    CHECK_FALSE(store.remove("other", "p1"));
    CHECK(store.remove("acme", "p1"));
    CHECK_FALSE(store.remove("acme", "p1"));
    CHECK_FALSE(store.project("acme", "p1"));
}

TEST_CASE_METHOD(Fixture, "mappings come in the order of their projects' keys", "[mapping]") {
    for (const char* key : {"mobile-app", "auth-service", "payments-api"}) {
        auto project = samples::project();
        project.project = std::string("id-") + key;
        project.projectKey = key;
        store.save("acme", project, "ann", 1);
    }
    const auto all = store.projects("acme");
    REQUIRE(all.size() == 3);
    CHECK(all[0].projectKey == "auth-service");
    CHECK(all[2].projectKey == "payments-api");
}

TEST_CASE_METHOD(Fixture, "a project inherits the organisation's field mapping until it differs",
                 "[mapping]") {
    CHECK(store.fields("acme", "p1").labels == FieldMapping{}.labels);

    FieldSettings organisation;
    organisation.labels = {"org"};
    organisation.timeZone = "Europe/Berlin";
    store.saveFields("acme", "", organisation, "ann", 1);
    FieldSettings project;
    project.labels = {"own"};
    store.saveFields("acme", "p1", project, "ann", 1);

    CHECK(store.fields("acme", "p1").labels == std::vector<std::string>{"own"});
    CHECK(store.fields("acme", "p1").timeZone == "Europe/Berlin");
    CHECK(store.fields("acme", "p2").labels == std::vector<std::string>{"org"});
    CHECK(store.fields("acme", "").labels == std::vector<std::string>{"org"});
    CHECK(store.fields("other", "p1").timeZone == "UTC");
    CHECK_FALSE(store.fieldsOwn("acme", "p1").timeZone);

    CHECK(store.removeFields("acme", "p1"));
    CHECK_FALSE(store.removeFields("acme", "p1"));
    CHECK(store.fields("acme", "p1").labels == std::vector<std::string>{"org"});
}
