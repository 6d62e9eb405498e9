#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;

TEST_CASE_METHOD(World, "the values of the application link are shown, and the same ones again",
                 "[settings]") {
    const auto link = ask("GET", "/api/connection/data-center");
    CHECK(link["linkUrl"].text().find("://") != std::string::npos);
    CHECK(link["linkUrl"].text().find("/settings") == std::string::npos);
    CHECK(link["consumerName"].text() == "Mayo ASPM");
    CHECK_THAT(link["publicKey"].text(), Catch::StartsWith("-----BEGIN PUBLIC KEY-----"));
    CHECK(link["publicKeyLine"].text().find_first_of("- \n") == std::string::npos);
    CHECK_THAT(link["callbackUrl"].text(), Catch::EndsWith("/oauth1/callback"));
    CHECK(link["verified"].isNull());
    CHECK(ask("GET", "/api/connection/data-center")["publicKey"].text() == link["publicKey"].text());
}

TEST_CASE_METHOD(World, "a new key pair is made only when it is confirmed", "[settings]") {
    const auto before = ask("GET", "/api/connection/data-center");
    CHECK(refusal("POST", "/api/connection/data-center/keys", "{}") == "422 confirmation_needed confirm");
    const auto after = ask("POST", "/api/connection/data-center/keys", R"({"confirm":true})");
    CHECK(after["publicKey"].text() != before["publicKey"].text());
    CHECK(after["consumerKey"].text() == before["consumerKey"].text());
}

TEST_CASE_METHOD(World, "a Jira that cannot be connected is told with sentence, cause and fix",
                 "[settings]") {
    const std::string path = "/api/connection/data-center/verify";
    CHECK(refusal("POST", path, "{}") == "400 invalid_request url");
    CHECK(refusal("POST", path, R"({"url":"jira"})") == "422 bad_address url");
    wire->thenFail(jira::TransportError::Kind::Connect, false);
    CHECK(refusal("POST", path, R"({"url":"https://jira.example"})") == "503 not_reachable");
    wire->then(200, R"({"version":"9.12.4","deploymentType":"Server","baseUrl":"https://jira.example"})");
    wire->then([](const jira::HttpRequest&) {
        return jira::HttpResponse{
            401, {{"Content-Type", "text/plain"}}, "oauth_problem=consumer_key_unknown"};
    });
    const auto response = send("POST", path, R"({"url":"https://jira.example"})");
    CHECK(response.status == 502);
    const auto error = Json::parse(response.body)["error"];
    CHECK(error["code"].text() == "consumer_key_unknown");
    CHECK_FALSE(error["cause"].text().empty());
    CHECK(error["details"].items().size() == 2); // the other one: the link leads the other way
}

TEST_CASE_METHOD(World, "a way back that was never begun is a page for a browser and JSON for a program",
                 "[settings]") {
    const auto page = send("GET", "/oauth1/callback?oauth_token=x&oauth_verifier=y");
    CHECK(page.status == 400);
    CHECK_THAT(page.header("Content-Type"), Catch::StartsWith("text/html"));
    CHECK_THAT(page.body, Catch::Contains("Jira was not connected"));
    headers = {{"Accept", "application/json"}};
    CHECK(refusal("GET", "/oauth1/callback?oauth_token=x&oauth_verifier=y") == "400 state_unknown");
}

TEST_CASE_METHOD(World, "Data Center's steps are for admins", "[settings]") {
    for (const auto& who : {projectAdmin(), member()}) {
        CHECK(refusal("GET", "/api/connection/data-center", "", who) == "403 forbidden");
        CHECK(refusal("POST", "/api/connection/data-center/keys", R"({"confirm":true})", who) ==
              "403 forbidden");
        CHECK(refusal("POST", "/api/connection/data-center/verify", R"({"url":"https://j.example"})", who) ==
              "403 forbidden");
    }
}

TEST_CASE_METHOD(World, "a mapping that was made for another Jira is flagged and pushes nothing",
                 "[settings]") {
    mapPayments();
    CHECK_FALSE(ask("GET", "/api/projects")["projects"][0]["mappedElsewhere"].truth());
    atlassian->site = "site-2";
    connectionDesk.state.siteId = "site-2";
    CHECK(ask("GET", "/api/projects")["projects"][0]["mappedElsewhere"].truth());
    CHECK_THAT(ask("POST", "/api/preview", R"({"finding":"f-1"})").dump(), Catch::Contains("another Jira"));
    mapPayments();
    CHECK_FALSE(ask("GET", "/api/projects")["projects"][0]["mappedElsewhere"].truth());
}
