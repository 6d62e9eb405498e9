#include <catch2/catch.hpp>

#include "connected_host.hpp"

#include <map>

using namespace integration;
using namespace test_support;

namespace {

/// A value as somebody enters it, and how Jira keeps it.
struct Value {
    std::string entered;
    std::string stored;
};

std::string accountOf(const Simulator& jira, const std::string& name) {
    for (const auto& user : jira.control("GET", "/_sim/state")["users"].items()) {
        if (user["displayName"].text() == name) {
            return user["accountId"].text();
        }
    }
    throw std::runtime_error("No account " + name);
}

std::string extraFields(const std::map<std::string, Value>& values) {
    std::string json;
    for (const auto& [field, value] : values) {
        json += (json.empty() ? "" : ",") + quoted(field) + ":" + value.entered;
    }
    return R"("extraFields":{)" + json + "}";
}

/// The ticket that a finding of a project with this mapping becomes.
Json ticketWith(const ConnectedHost& world, const std::string& project, const std::string& jiraProject,
                const std::map<std::string, Value>& values) {
    mapProject(world.host, project, jiraProject, "Bug", extraFields(values));
    const auto finding = world.host.addFindings(project, 1).front();
    world.host.push(project, {finding});
    return world.ticketOf(finding);
}

void checkStored(const Json& ticket, const std::map<std::string, Value>& values) {
    for (const auto& [field, value] : values) {
        CAPTURE(field, value.entered);
        REQUIRE(ticket["fields"].has(field));
        CHECK_THAT(ticket["fields"][field].dump(), Catch::Contains(value.stored));
    }
}

} // namespace

TEST_CASE("a value of every kind of custom field arrives in the ticket", "[integration]") {
    const ConnectedHost world;
    const auto mei = accountOf(world.jira, "Mei Tanaka"), sam = accountOf(world.jira, "Sam Rivera");
    const std::map<std::string, Value> values{
        {"customfield_10016", {"3.5", "3.5"}},
        {"customfield_10050", {R"("b - elevated")", "10101"}},
        {"customfield_10051", {R"(["GDPR",{"id":"10112"}])", "SOX"}},
        {"customfield_10052", {R"("2026-11-01")", "2026-11-01"}},
        {"customfield_10053", {R"("2026-11-01T10:00:00+01:00")", "2026-11-01T10:00:00.000+0100"}},
        {"customfield_10054", {R"("semgrep")", "semgrep"}},
        {"customfield_10055", {R"("first line\nsecond line")", "second line"}},
        {"customfield_10056", {R"("https://example.org/advisory")", "example.org"}},
        {"customfield_10057", {quoted(mei), mei}},
        {"customfield_10058", {R"([{"accountId":)" + quoted(sam) + "}," + quoted(mei) + "]", mei}},
        {"customfield_10059", {R"({"value":"Cloud","child":{"value":"Storage"}})", "10122"}},
        {"customfield_10060", {R"(["CWE-89","owasp"])", "owasp"}},
        {"customfield_10061", {R"({"value":"Internet"})", "10131"}}};

    auto admin = world.host.signedIn();
    for (const auto& field :
         settings(admin, "GET", "jira/projects/CMP/issue-types/Bug/fields")["fields"].items()) {
        CAPTURE(field.dump());
        CHECK((field["custom"].isNull() || values.count(field["id"].text()) == 1));
        CHECK((field["editor"].text() != "json" || field["id"].text() == "parent"));
    }
    checkStored(ticketWith(world, "compliance", "CMP", values), values);
}

TEST_CASE("components, versions and the environment arrive in the ticket", "[integration]") {
    const ConnectedHost world;
    const std::map<std::string, Value> values{{"components", {R"(["ledger"])", "10001"}},
                                              {"fixVersions", {R"([{"name":"2.5"}])", "10001"}},
                                              {"environment", {R"("production")", "production"}}};
    checkStored(ticketWith(world, "payments-api", "PAY", values), values);
}

TEST_CASE("a value that Jira does not allow is refused when the mapping is saved, with what it allows",
          "[integration]") {
    const ConnectedHost world;
    const auto project = world.host.project("compliance");
    auto admin = world.host.signedIn();
    const auto answer = askSettings(
        admin, "PUT", "mappings/" + project,
        R"({"jiraProject":"CMP","issueType":"Bug","extraFields":{"customfield_10050":"Z",)"
        R"("customfield_10052":"01.11.2026","customfield_10059":{"value":"Cloud","child":{"value":"Data centre"}}}})");
    CHECK(answer.status == 422);
    const auto details = Json::parse(answer.body)["error"]["details"];
    REQUIRE(details.size() == 3);
    CHECK_THAT(details[0]["message"].text(), Catch::Contains("A - critical, B - elevated, C - normal"));
    CHECK_THAT(details[1]["message"].text(), Catch::Contains("yyyy-MM-dd"));
    CHECK_THAT(details[2]["message"].text(), Catch::Contains("Network, Storage"));
}
