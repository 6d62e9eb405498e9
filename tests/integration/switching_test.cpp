#include <catch2/catch.hpp>

#include "data_center.hpp"

#include <fstream>

using namespace integration;
using namespace test_support;

namespace {

/// The authorities of two Jiras in one file.
std::filesystem::path bothAuthorities(const TempDir& directory, const Simulator& a, const Simulator& b) {
    const auto file = directory / "both.pem";
    std::ofstream(file) << readFile(a.caFile()) << readFile(b.caFile());
    return file;
}

/// What a migration leaves behind in the new Jira.
void migrate(const Simulator& jira, const std::string& summary, const std::string& labels) {
    auto browser = jira.browser();
    browser.setHeader("Authorization", "Basic c3JpdmVyYTpzaW0tcGFzc3dvcmQ="); // srivera:sim-password
    const auto answer = browser.post(
        "/rest/api/2/issue", R"({"fields":{"project":{"key":"PAY"},"issuetype":{"name":"Bug"},"summary":)" +
                                 test_support::quoted(summary) + R"(,"labels":[)" + labels + "]}}");
    REQUIRE(answer.status == 201);
}

} // namespace

TEST_CASE("moving to another Jira flags the mappings and links existing tickets anew", "[integration]") {
    const TempDir directory;
    const Simulator next(dataCenter("10.3"));
    DataCenterHost world("9.12", {}, {});
    world.connect();
    mapProjects(world.host);
    const auto moved = world.host.addFindings("payments-api", {{"one"}, {"two"}, {"three"}});
    world.host.push("payments-api", moved);
    std::vector<std::string> keys, labels;
    for (const auto& finding : moved) {
        keys.push_back(world.host.finding(finding)["ticket"]["key"].text());
        labels.push_back(dedupeLabelOf(world.jira.issue(keys.back())));
    }
    const auto connection = settings(world.admin, "GET", "connection");
    settings(world.admin, "DELETE", "connection",
             R"({"site":)" + test_support::quoted(connection["site"]["name"].text()) + "}");

    migrate(next, "one", test_support::quoted(labels[0])); // as it was
    migrate(next, "two", "");                              // without its label: the key and the summary tell
    migrate(next, "something else", "");                   // the key of the third, about something else

    // A platform has one file of authorities: the new one is added, and the host started again.
    const auto authorities = bothAuthorities(directory, world.jira, next);
    std::filesystem::copy_file(authorities, world.jira.caFile(),
                               std::filesystem::copy_options::overwrite_existing);
    world.host.restart();
    world.admin = world.host.signedIn();

    const auto values = world.guide();
    next.control("POST", "/_sim/applinks",
                 R"({"consumerKey":)" + test_support::quoted(values["consumerKey"].text()) +
                     R"(,"publicKey":)" + test_support::quoted(values["publicKey"].text()) + "}");
    const auto verified = world.verify(next.url());
    INFO(verified.body);
    REQUIRE(verified.status == 200);
    const auto consent =
        next.control("POST", "/_sim/consent",
                     R"({"url":)" + test_support::quoted(verified.json()["authorizeUrl"].text()) + "}");
    world.admin.get(pathOf(consent["location"].text()));
    const auto now = settings(world.admin, "GET", "connection");
    CHECK(now["site"]["url"].text() == next.url());
    CHECK(now["ticketsElsewhere"].number() == 3);

    for (const auto& project : settings(world.admin, "GET", "projects")["projects"].items()) {
        if (!project["mapping"].isNull()) {
            CHECK(project["mappedElsewhere"].truth());
        }
    }
    const auto fresh = world.host.addFindings("payments-api", {{"after the move"}}).front();
    world.host.push("payments-api", {fresh});
    CHECK(world.host.pushState(fresh) == "parked");
    CHECK(next.issueCount() == 3);

    const auto report = settings(world.admin, "POST", "links/relink", "{}");
    INFO(report.dump());
    CHECK(report["found"].number() == 2);
    CHECK(report["notFound"].number() == 1);
    CHECK(report["next"].isNull());
    CHECK(eventually([&] {
        return world.host.finding(moved[0])["ticket"]["url"].text() == next.url() + "/browse/" + keys[0];
    }));
    CHECK(eventually([&] {
        return world.host.finding(moved[1])["ticket"]["url"].text() == next.url() + "/browse/" + keys[1];
    }));
    CHECK(world.host.finding(moved[2])["ticket"]["url"].text() == world.jira.url() + "/browse/" + keys[2]);
    CHECK(settings(world.admin, "GET", "connection")["ticketsElsewhere"].number() == 1);

    mapProject(world.host, "payments-api", "PAY", "Bug");
    CHECK(eventually([&] { return world.host.pushState(fresh) == "created"; }));
    CHECK(next.issueCount() == 4);
}

TEST_CASE("moving from Data Center to Cloud links existing tickets anew by key and summary",
          "[integration]") {
    const TempDir directory;
    const Simulator cloud;
    DataCenterHost world("9.12", {},
                         {{"jira.cloud.auth_url", cloud.url()}, {"jira.cloud.api_url", cloud.url()}});
    world.connect();
    mapProjects(world.host);
    const auto moved = world.host.addFindings("payments-api", {{"one"}, {"two"}});
    world.host.push("payments-api", moved);
    const auto key = world.host.finding(moved[0])["ticket"]["key"].text();
    const auto site = settings(world.admin, "GET", "connection")["site"]["name"].text();
    settings(world.admin, "DELETE", "connection", R"({"site":)" + test_support::quoted(site) + "}");

    const auto authorities = bothAuthorities(directory, world.jira, cloud);
    std::filesystem::copy_file(authorities, world.jira.caFile(),
                               std::filesystem::copy_options::overwrite_existing);
    world.host.restart();

    // What a migration leaves behind: another organisation's tickets take the keys, the first under its
    // summary.
    world.host.control("POST", "/organisations", R"({"id":"globex","name":"Globex"})");
    world.host.control("POST", "/organisations/globex/users",
                       R"({"id":"alice","name":"Alice","email":"alice@globex.example","roles":["admin"]})");
    world.host.project("payments-api", "globex");
    connectJira(world.host, cloud, "alice", "globex");
    mapProject(world.host, "payments-api", "PAY", "Bug", "", "globex");
    for (const char* title : {"one", "something else"}) {
        const auto finding = world.host.addFindings("payments-api", {{title}}, "globex");
        world.host.push("payments-api", finding, 60'000, "globex");
    }

    world.admin = world.host.signedIn();
    authorize(world.admin, cloud);
    const auto offered = settings(world.admin, "GET", "connection/sites")["sites"][0]["id"].text();
    const auto choice = R"({"site":)" + test_support::quoted(offered);
    CHECK(askSettings(world.admin, "POST", "connection/site", choice + "}").status ==
          409); // another Jira than before
    settings(world.admin, "POST", "connection/site", choice + R"(,"confirm":true})");
    const auto now = settings(world.admin, "GET", "connection");
    CHECK(now["deployment"].text() == "cloud");
    CHECK(now["ticketsElsewhere"].number() == 2);
    const auto report = settings(world.admin, "POST", "links/relink", "{}");
    INFO(report.dump());
    CHECK(report["found"].number() == 1);
    CHECK(report["notFound"].number() == 1);
    CHECK(eventually([&] {
        return world.host.finding(moved[0])["ticket"]["url"].text() == cloud.url() + "/browse/" + key;
    }));
    CHECK(world.host.finding(moved[1])["ticket"]["url"].text().find(world.jira.url()) == 0);
}
