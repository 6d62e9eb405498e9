#include <catch2/catch.hpp>

#include "data_center.hpp"

using namespace integration;
using namespace test_support;

namespace {

const std::vector<std::string> versions{"8.20", "9.12", "10.3"};

} // namespace

TEST_CASE("the guide on Data Center: link, verify, allow, map, push, test ticket", "[integration]") {
    const auto version = GENERATE(from_range(versions));
    CAPTURE(version);
    DataCenterHost world(version);
    world.connect();

    const auto connection = settings(world.admin, "GET", "connection");
    CHECK(connection["deployment"].text() == "data_center");
    CHECK(connection["version"].text().find(version) == 0);
    CHECK(connection["site"]["url"].text() == world.jira.url());
    CHECK(connection["account"].text() == "Sam Rivera");
    CHECK(world.guide()["verified"]["url"].text() == world.jira.url());

    mapProjects(world.host);
    const auto findings = world.host.addFindings("payments-api", {{"SQL <b>{code}*bold*</b>", "critical"}});
    world.host.push("payments-api", findings);
    const auto told = world.host.finding(findings[0]);
    REQUIRE(told["push"]["state"].text() == "created");
    CHECK(told["ticket"]["url"].text() == world.jira.url() + "/browse/" + told["ticket"]["key"].text());
    const auto ticket = world.jira.issue(told["ticket"]["key"].text());
    CHECK(ticket["project"].text() == "PAY");
    CHECK(ticket["issueType"].text() == "Bug");
    CHECK(ticket["priority"].text() == "Highest");

    const auto project = world.host.project("payments-api");
    const auto sent = settings(world.admin, "POST", "test-tickets", R"({"project":)" + quoted(project) + "}");
    INFO(sent.dump());
    const auto id = sent["id"].text();
    Json shown = sent;
    CHECK(eventually([&] {
        shown = settings(world.admin, "GET", "test-tickets/" + id);
        return shown["state"].text() == "there";
    }));
    INFO(shown.dump());
    for (const auto& field : shown["fields"].items()) {
        CHECK(field["verdict"].text() == "same");
    }
    settings(world.admin, "DELETE", "test-tickets/" + id);
    CHECK(world.jira.issues("mayo-aspm-test").empty());
}

TEST_CASE("each misconfiguration of the link has its own message", "[integration]") {
    const auto version = GENERATE(from_range(versions));
    CAPTURE(version);
    DataCenterHost world(version);
    CHECK(world.problem() == "consumer_key_unknown"); // no link at all

    world.makeLink({{"incoming", ""}}); // the wrong direction
    const auto refused = world.verify().json()["error"];
    CHECK(refused["code"].text() == "consumer_key_unknown");
    CHECK_THAT(refused.dump(), Catch::Contains("wrong direction"));
    world.removeLinks();

    world.makeLink({{"consumerKey", "mayo-aspm-mistyped"}});
    CHECK(world.problem() == "consumer_key_unknown");
    world.removeLinks();

    world.makeLink();
    settings(world.admin, "POST", "connection/data-center/keys", R"({"confirm":true})");
    CHECK(world.problem() == "key_differs");
    world.removeLinks();

    // The key as people paste it, with and without its lines, is the same key.
    world.makeLink({{"publicKey", world.guide()["publicKeyLine"].text()}});
    CHECK(world.problem().empty());
    world.removeLinks();
    world.makeLink({{"publicKey", "  \n" + world.guide()["publicKey"].text() + "\n\n"}});
    CHECK(world.problem().empty());
}

TEST_CASE("each strange answer before Jira has its own message", "[integration]") {
    DataCenterHost world;
    world.makeLink();
    const std::map<std::string, std::string> expected{
        {"html-200,path=/serverInfo", "login_page"},    {"html-200,path=/request-token", "login_page"},
        {"captcha,path=/request-token", "captcha"},     {"status=503,path=/request-token", "server_error"},
        {"status=404,path=/request-token", "no_oauth"}, {"status=404,path=/serverInfo", "not_jira"}};
    for (const auto& [fault, code] : expected) {
        CAPTURE(fault);
        world.jira.fault(fault);
        CHECK(world.problem() == code);
        world.jira.clearFaults();
    }
    CHECK(world.problem().empty());
}

TEST_CASE("a base URL other than Jira's own is told apart from a wrong key", "[integration]") {
    DataCenterHost world("10.3", {"--site-url", "https://jira.acme.example"});
    world.makeLink();
    const auto error = world.verify().json()["error"];
    CHECK(error["code"].text() == "base_url_differs");
    CHECK_THAT(error["cause"].text(), Catch::Contains("https://jira.acme.example"));
}

TEST_CASE("clocks that differ are told", "[integration]") {
    DataCenterHost world;
    world.makeLink();
    world.host.advanceClock(std::chrono::minutes(10));
    CHECK(world.problem() == "clock_skew");
}

TEST_CASE("Jira below 8.0 is refused", "[integration]") {
    DataCenterHost world("7.13");
    const auto error = world.verify().json()["error"];
    CHECK(error["code"].text() == "version_unsupported");
    CHECK_THAT(error["cause"].text(), Catch::Contains("7.13"));
}

TEST_CASE("a certificate of a private authority is told, with the setting that helps", "[integration]") {
    DataCenterHost world("9.12", {}, {{"jira.tls.ca_file", ""}});
    const auto error = world.verify().json()["error"];
    CHECK(error["code"].text() == "certificate_refused");
    CHECK_THAT(error["remedy"].text(), Catch::Contains("jira.tls.ca_file"));
}

TEST_CASE("addresses that admins must not reach are refused", "[integration]") {
    DataCenterHost world;
    CHECK(world.problem("https://169.254.169.254") == "address_refused");
    CHECK(world.problem("https://[fe80::1]") == "address_refused");
    CHECK(world.problem("http://127.0.0.1:1") == "address_refused"); // not encrypted
    CHECK(world.problem("jira") == "bad_address");
    DataCenterHost strict("9.12", {}, {{"jira.network.allow_private", "false"}});
    CHECK(strict.problem() == "address_refused");
}

TEST_CASE("a declined access, and one that another user brings back, connect nothing", "[integration]") {
    DataCenterHost world;
    world.makeLink();
    const auto declined = world.allow(world.verify().json()["authorizeUrl"].text(), "deny");
    CHECK_THAT(declined.body, Catch::Contains("declined"));
    const auto again = world.allow(world.verify().json()["authorizeUrl"].text());
    CHECK(again.status == 200);
    CHECK_THAT(again.body, Catch::Contains("Jira is connected"));
}

TEST_CASE("a context path belongs to the base URL", "[integration]") {
    DataCenterHost world("9.12", {"--context", "/jira"});
    const auto origin = originOf(world.jira.url());
    CHECK(world.problem(origin) == "not_jira");
}

TEST_CASE("a revoked access stops the queue, and reconnecting resumes it", "[integration]") {
    DataCenterHost world;
    world.connect();
    mapProjects(world.host);
    world.jira.control("POST", "/_sim/grants/revoke", "{}");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding}, 1000);
    CHECK(eventually(
        [&] { return settings(world.admin, "GET", "connection")["state"].text() == "needs_attention"; }));
    CHECK(world.host.pushState(finding) != "created");
    const auto verified = world.verify();
    REQUIRE(verified.status == 200);
    world.allow(verified.json()["authorizeUrl"].text());
    CHECK(eventually([&] { return world.host.pushState(finding) == "created"; }));
}

TEST_CASE("an expired access token is renewed without anybody's doing", "[integration]") {
    DataCenterHost world;
    world.connect();
    mapProjects(world.host);
    world.jira.control("POST", "/_sim/tokens/expire");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    CHECK(world.host.pushState(finding) == "created");
    CHECK(settings(world.admin, "GET", "connection")["state"].text() == "connected");
}

TEST_CASE("the private key and the tokens of Data Center are nowhere in clear", "[integration]") {
    DataCenterHost world;
    world.connect();
    CHECK_THAT(world.host.log(), !Catch::Contains("PRIVATE KEY") && !Catch::Contains("oauth_token"));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world.host.data())) {
        if (entry.is_regular_file()) {
            CAPTURE(entry.path());
            CHECK_THAT(readFile(entry.path()), !Catch::Contains("PRIVATE KEY"));
        }
    }
}
