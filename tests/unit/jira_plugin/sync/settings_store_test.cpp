#include "../each_engine.hpp"

#include <catch2/catch.hpp>

#include "mapping/json_reader.hpp"
#include "store/database.hpp"
#include "sync/settings_store.hpp"

using namespace jira_plugin;
using namespace jira_plugin::sync;

namespace {

struct Fixture {
    jira_plugin::EachEngine engine;
    store::Database database{engine.place()};
    SettingsStore store{database};

    void save(const std::string& project, const std::string& json) {
        store.save("acme", project, readSyncOverrides(mapping::parseJsonObject(json)), "ann", 1);
    }
};

std::string problem(const std::string& json) {
    try {
        readSyncOverrides(mapping::parseJsonObject(json));
    } catch (const mapping::SettingsProblem& e) {
        return e.field();
    }
    return "taken";
}

const std::string everything =
    R"({"byResolution":{"10001":"accepted","won't fix":"false_positive"},)"
    R"("closed":{"fields":{"customfield_1":[{"id":"7"}],"resolution":{"id":"10000"}},)"
    R"("status":{"id":"5","name":"Closed"}},"onClose":"by_resolution",)"
    R"("ownership":{"assignee":"ours","dueDate":"set_once","labels":"ours","priority":"set_once","title":"ours"},)"
    R"("reactions":{"accepted":"comment","deleted":"nothing","dueDateChanged":"comment",)"
    R"("falsePositive":"nothing","reopened":"comment","resolved":"nothing","resolvedByScan":"comment",)"
    R"("severityChanged":"nothing"},"reopened":{"fields":{},"status":null},"showRestrictedComments":true})";

} // namespace

TEST_CASE("sync settings are read and written without loss", "[sync]") {
    const auto settings = readSyncOverrides(mapping::parseJsonObject(everything));
    CHECK(mapping::jsonText(toJson(settings)) == everything);
    CHECK(mapping::jsonText(toJson(apply(SyncSettings{}, settings))) == everything);
    CHECK(mapping::jsonText(toJson(SyncOverrides{})) == "{}");
}

TEST_CASE("sync settings that mean nothing are refused by the name of their member", "[sync]") {
    CHECK(problem(R"({"onClose":"sometimes"})") == "onClose");
    CHECK(problem(R"({"onClosed":"trust_ticket"})") == "onClosed");
    CHECK(problem(R"({"byResolution":{"10001":"open"}})") == "byResolution.10001");
    CHECK(problem(R"({"byResolution":{" ":"resolved"}})") == "byResolution");
    CHECK(problem(R"({"reactions":{"accepted":"shout"}})") == "reactions.accepted");
    CHECK(problem(R"({"reactions":{"severityChanged":"move_and_comment"}})") == "reactions.severityChanged");
    CHECK(problem(R"({"reactions":{"lost":"comment"}})") == "reactions.lost");
    CHECK(problem(R"({"ownership":{"priority":true}})") == "ownership.priority");
    CHECK(problem(R"({"closed":{"status":{"id":""}}})") == "closed.status.id");
    CHECK(problem(R"({"closed":{"fields":{"":1}}})") == "closed.fields");
    CHECK(problem(R"({"reopened":{"status":"5"}})") == "reopened.status");
    CHECK(problem(R"({"showRestrictedComments":"yes"})") == "showRestrictedComments");
}

TEST_CASE("resolutions are known by name whatever their case", "[sync]") {
    const auto settings =
        readSyncOverrides(mapping::parseJsonObject(R"({"byResolution":{"Won't Fix":"accepted"}})"));
    REQUIRE(settings.byResolution);
    CHECK(settings.byResolution->count("won't fix") == 1);
}

TEST_CASE_METHOD(Fixture, "a project inherits the organisation's sync settings member by member", "[sync]") {
    CHECK(store.of("acme", "p1").onClose == ClosePolicy::TrustTicket);

    save("", R"({"onClose":"wait_for_scan","reactions":{"accepted":"comment","deleted":"nothing"},)"
             R"("ownership":{"labels":"ours"}})");
    save("p1", R"({"reactions":{"accepted":"nothing"},"closed":{"status":{"id":"5","name":"Closed"}}})");

    const auto project = store.of("acme", "p1");
    CHECK(project.onClose == ClosePolicy::WaitForScan);
    CHECK(project.reaction(Occasion::Accepted) == Reaction::Nothing);
    CHECK(project.reaction(Occasion::Deleted) == Reaction::Nothing);
    CHECK(project.reaction(Occasion::Resolved) == Reaction::TransitionAndComment);
    CHECK(project.owner(OwnedField::Labels) == Ownership::Ours);
    CHECK(project.closed.statusId == "5");
    CHECK(store.of("acme", "p2").reaction(Occasion::Accepted) == Reaction::Comment);
    CHECK(store.of("acme", "p2").closed.statusId.empty());
    CHECK(mapping::jsonText(toJson(store.own("acme", "p1"))).find("wait_for_scan") == std::string::npos);
}

TEST_CASE_METHOD(Fixture, "what is set in one organisation does not hold in another", "[sync]") {
    save("p1", R"({"onClose":"wait_for_scan"})");
    CHECK(store.of("other", "p1").onClose == ClosePolicy::TrustTicket);
    CHECK_FALSE(store.remove("other", "p1"));
    CHECK(store.remove("acme", "p1"));
    CHECK_FALSE(store.remove("acme", "p1"));
    CHECK(store.of("acme", "p1").onClose == ClosePolicy::TrustTicket);
}
