#include <catch2/catch.hpp>

#include "connected_host.hpp"

#include <ctime>
#include <set>

using namespace integration;
using namespace test_support;

namespace {

const std::string acme = "/organisations/acme";

std::string richFinding() {
    return R"json({"project":"payments-api","findings":[{
        "title":"SQL built from user input","severity":"critical",
        "description":"The query is put together from parts that a caller controls.",
        "ruleId":"js/sql-injection","ruleName":"SQL injection",
        "ruleHelp":"Use **prepared statements**.","ruleHelpUrl":"https://rules.example/sql-injection",
        "scanner":"ESLint","cwe":"CWE-89","filePath":"src/db/query.js","line":42,
        "snippet":"db.run('SELECT ' + name)","labels":["team-a"]}]
})json";
}

/// Jira keeps labels as a set and returns them in its own order.
std::set<std::string> labelsOf(const Json& ticket) {
    const auto labels = ticket["labels"].texts();
    std::set<std::string> set(labels.begin(), labels.end());
    CHECK(set.size() == labels.size());
    return set;
}

std::string addRichFinding(const StubHost& host) {
    return host.control("POST", acme + "/findings", richFinding())["ids"][0].text();
}

/// The calendar day, in UTC, `days` after a moment in ms.
std::string dayAfter(long long ms, int days) {
    const std::time_t at = ms / 1000 + days * 86400LL;
    std::tm parts{};
    gmtime_r(&at, &parts);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return text;
}

/// An account of the simulator by its name.
std::string accountOf(const Simulator& jira, const std::string& name) {
    for (const auto& user : jira.control("GET", "/_sim/state")["users"].items()) {
        if (user["displayName"].text() == name) {
            return user["accountId"].text();
        }
    }
    throw std::runtime_error("No account " + name);
}

std::string assignee(const Simulator& jira, const std::string& name) {
    return R"("assignee":{"accountId":)" + quoted(accountOf(jira, name)) + R"(,"name":)" + quoted(name) + "}";
}

/// Everything under src/ belongs to the host's user with this e-mail address.
void setOwner(const StubHost& host, const std::string& user, const std::string& email) {
    host.control("POST", acme + "/users",
                 R"({"id":)" + quoted(user) + R"(,"name":)" + quoted(user) + R"(,"email":)" + quoted(email) +
                     R"(,"roles":["member"],"administers":[]})");
    host.control("PUT", acme + "/ownership",
                 R"({"policies":[{"path":"src/*","rule":"","user":)" + quoted(user) + "}]}");
}

std::string assigneeAfterPush(const ConnectedHost& world) {
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    return world.ticketOf(finding)["assigneeName"].text();
}

} // namespace

TEST_CASE("a finding becomes a ticket whose fields are what the guide's mapping says", "[integration]") {
    const ConnectedHost world;
    const auto id = addRichFinding(world.host);
    world.host.push("payments-api", {id});

    const auto finding = world.host.finding(id);
    const auto ticket = world.ticketOf(id);
    CHECK(ticket["project"].text() == "PAY");
    CHECK(ticket["issueType"].text() == "Bug");
    CHECK(ticket["summary"].text() == "SQL built from user input");
    CHECK(ticket["priority"].text() == "Highest");
    CHECK(ticket["dueDate"].text() == dayAfter(finding["firstSeenMs"].number(), 7));
    CHECK(labelsOf(ticket) ==
          std::set<std::string>{"mayo-aspm", "critical", "team-a", dedupeLabelOf(ticket)});

    const auto description = ticket["description"].text();
    for (const char* part :
         {"Critical", "src/db/query.js:42", "parts that a caller controls", "prepared statements",
          "db.run('SELECT ' + name)", "CWE-89", "Open this finding in Mayo ASPM"}) {
        CHECK_THAT(description, Catch::Contains(part));
    }
    const auto document = ticket["fields"]["description"];
    CHECK(document["type"].text() == "doc");
    CHECK_THAT(document.dump(), Catch::Contains(finding["url"].text()));
    CHECK_THAT(document.dump(), Catch::Contains("https://rules.example/sql-injection"));

    const auto shown = finding["ticket"];
    CHECK(finding["push"]["state"].text() == "created");
    CHECK(shown["key"].text() == ticket["key"].text());
    CHECK(shown["url"].text() == world.jira.url() + "/browse/" + ticket["key"].text());
    CHECK(shown["priority"].text() == "Highest");
    CHECK(shown["dueDate"].text() == ticket["dueDate"].text());
}

TEST_CASE("the guide's three projects get the issue types of their mapping", "[integration]") {
    const ConnectedHost world;
    std::map<std::string, std::string> seen;
    for (const char* project : {"payments-api", "auth-service", "mobile-app"}) {
        const auto finding = world.host.addFindings(project, 1).front();
        world.host.push(project, {finding});
        const auto ticket = world.ticketOf(finding);
        seen[project] = ticket["project"].text() + " " + ticket["issueType"].text();
    }
    CHECK(seen == std::map<std::string, std::string>{
                      {"payments-api", "PAY Bug"}, {"auth-service", "AUTH Task"}, {"mobile-app", "MOB Bug"}});
}

TEST_CASE("severities become the priorities, labels and due dates of the field mapping", "[integration]") {
    const ConnectedHost world;
    auto admin = world.host.signedIn();
    settings(
        admin, "PUT", "field-mapping",
        R"({"priorities":{"low":"1"},"labels":["{scanner}","sec {project}"],"slaDays":{"low":3,"high":null}})");
    const auto ids =
        world.host.addFindings("payments-api", {{"first", "low"}, {"second", "high"}, {"third", "info"}});
    world.host.push("payments-api", ids);

    const auto low = world.ticketOf(ids[0]), high = world.ticketOf(ids[1]), info = world.ticketOf(ids[2]);
    CHECK(low["priority"].text() == "Highest");
    CHECK(high["priority"].text() == "High");
    CHECK(info["priority"].text() == "Lowest");
    CHECK(low["dueDate"].text() == dayAfter(world.host.finding(ids[0])["firstSeenMs"].number(), 3));
    CHECK(high["dueDate"].isNull());
    CHECK(info["dueDate"].isNull());
    CHECK(labelsOf(low) == std::set<std::string>{"demo", "sec-payments-api", dedupeLabelOf(low)});
}

TEST_CASE("the assignee is the field mapping's, else the project's, else the owner's", "[integration]") {
    const ConnectedHost world;
    setOwner(world.host, "jonas", "jonas.weber@acme.example");
    CHECK(assigneeAfterPush(world) == "Jonas Weber");

    mapProject(world.host, "payments-api", "PAY", "Bug", assignee(world.jira, "Priya Natarajan"));
    CHECK(assigneeAfterPush(world) == "Priya Natarajan");

    auto admin = world.host.signedIn();
    settings(admin, "PUT", "field-mapping", "{" + assignee(world.jira, "Sam Rivera") + "}");
    CHECK(assigneeAfterPush(world) == "Sam Rivera");
}

TEST_CASE("who cannot be assigned in the Jira project does not get the ticket, and the timeline says so",
          "[integration]") {
    const ConnectedHost world;
    mapProject(world.host, "payments-api", "PAY", "Bug", assignee(world.jira, "Priya Natarajan"));
    world.jira.change({{"op", "make-unassignable"}, {"project", "PAY"}, {"account", "Priya Natarajan"}});
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});

    CHECK(world.ticketOf(finding)["assignee"].isNull());
    CHECK(eventually(
        [&] { return world.host.timeline(finding).find("Priya Natarajan") != std::string::npos; }));
    INFO(world.host.timeline(finding));
    CHECK_THAT(world.host.timeline(finding), Catch::Contains("assign"));
}

TEST_CASE("an owner whom Jira does not know leaves the ticket without assignee, and the timeline says so",
          "[integration]") {
    const ConnectedHost world;
    setOwner(world.host, "nobody", "nobody@elsewhere.example");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    CHECK(world.ticketOf(finding)["assignee"].isNull());
    CHECK(eventually([&] { return world.host.timeline(finding).find("nobody") != std::string::npos; }));
}

TEST_CASE("a preview shows the ticket and creates none", "[integration]") {
    const ConnectedHost world;
    const auto id = addRichFinding(world.host);
    const auto preview = world.host.control("GET", acme + "/findings/" + id + "/preview");
    CHECK_THAT(preview.dump(), Catch::Contains("SQL built from user input") && Catch::Contains("Highest"));
    CHECK(world.jira.issueCount() == 0);
}
