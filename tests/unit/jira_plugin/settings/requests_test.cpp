#include <catch2/catch.hpp>

#include "settings/router.hpp"
#include "settings_world.hpp"

using namespace settings_test;

TEST_CASE_METHOD(World, "an unknown address is not found and an unknown method names the known ones",
                 "[settings]") {
    CHECK(refusal("GET", "/api/nothing") == "404 not_found");
    CHECK(refusal("GET", "/api/mappings/") == "404 not_found");
    CHECK(refusal("GET", "/api/mappings/%00") == "404 not_found");
    CHECK(refusal("GET", "/api/mappings/%zz") == "404 not_found");
    CHECK(refusal("GET", "/api/mappings/%FF") == "404 not_found");
    CHECK(refusal("GET", "/" + std::string(5000, 'a')) == "404 not_found");
    CHECK(refusal("GET", "/../secrets") == "404 not_found");
    CHECK(send("PATCH", "/api/mappings/p1").header("Allow") == "GET, PUT, DELETE");
    CHECK(send("GET", "/api/pushes/retry").status == 405); // a literal segment wins over a name
    CHECK(send("POST", "/api/session").status == 405);
}

TEST_CASE_METHOD(World, "HEAD answers as GET does, without a body", "[settings]") {
    const auto response = send("HEAD", "/api/session");
    CHECK(response.status == 200);
    CHECK(response.body.empty());
}

TEST_CASE_METHOD(World, "a body must be JSON, of bounded size and depth, with known members only",
                 "[settings]") {
    const std::string path = "/api/field-mapping";
    CHECK(refusal("PUT", path, "{") == "400 invalid_request");
    CHECK(refusal("PUT", path, "[]") == "400 invalid_request");
    CHECK(refusal("PUT", path, "\"x\"") == "400 invalid_request");
    CHECK(refusal("PUT", path, R"({"labels":)" + std::string(1000, '[')) == "400 invalid_request");
    CHECK(refusal("PUT", path, R"({"colour":"red"})") == "400 invalid_request colour");
    CHECK(refusal("PUT", path, R"({"labels":["x"],"pad":")" + std::string(300000, 'x') + "\"}") ==
          "413 too_large");
    for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                             "application/jsonx", "text/plain; a=application/json"}) {
        headers = {{"Content-Type", type}};
        CHECK(refusal("PUT", path, "{}") == "415 unsupported_media_type");
    }
    headers = {{"Content-Type", "Application/JSON; charset=utf-8"}};
    ask("PUT", path, "{}");
}

TEST_CASE_METHOD(World, "unknown, repeated and malformed query parameters are refused by name",
                 "[settings]") {
    CHECK(refusal("GET", "/api/pushes?stat=parked") == "400 invalid_request stat");
    CHECK(refusal("GET", "/api/pushes?state=parked&state=queued") == "400 invalid_request state");
    CHECK(refusal("GET", "/api/pushes?state=flying") == "400 invalid_request state");
    CHECK(refusal("GET", "/api/pushes?after=%FF") == "400 invalid_request");
    CHECK(refusal("GET", "/api/pushes?after=nonsense") == "400 invalid_request after");
    CHECK(refusal("GET", "/api/session?x=1") == "400 invalid_request x");
    for (const char* bad : {"-1", "x", "99999999999999999999", "1.5"})
        CHECK(refusal("GET", std::string("/api/jira/projects?startAt=") + bad) ==
              "400 invalid_request startAt");
    ask("GET", "/api/jira/projects?query=a%20b%2Bc+d&startAt=50");
    CHECK(atlassian->lastQuery == "a b+c d@50");
}

TEST_CASE_METHOD(World, "answers are JSON, not kept by anybody and not sniffed", "[settings]") {
    for (const auto& response : {send("GET", "/api/session"), send("GET", "/api/nothing")}) {
        CHECK(response.header("Content-Type") == "application/json; charset=utf-8");
        CHECK(response.header("Cache-Control") == "no-store");
        CHECK(response.header("X-Content-Type-Options") == "nosniff");
    }
}

TEST_CASE_METHOD(World, "Jira's absence is said with what to do, and when to come back", "[settings]") {
    atlassian->isDown = true;
    const auto response = send("PUT", "/api/mappings/p1", R"({"jiraProject":"PAY","issueType":"Bug"})");
    CHECK(response.status == 503);
    CHECK(response.header("Retry-After") == "7");
    CHECK_THAT(response.body, Catch::Contains("jira_unavailable") && Catch::Contains("Try again later."));

    connections.connect(false);
    CHECK(refusal("GET", "/api/jira/projects") == "409 reconnect_needed");
    CHECK(refusal("PUT", "/api/mappings/p1", R"({"jiraProject":"PAY","issueType":"Bug"})") ==
          "409 reconnect_needed");
    ask("GET", "/api/projects"); // what needs no Jira still answers
}

TEST_CASE_METHOD(World, "hostile text comes back as JSON strings and nothing else", "[settings]") {
    const std::string probe = "<script>alert(1)</script>\"';--";
    hosting.directory[acme][0].name = probe;
    atlassian->known[0].name = probe;
    mapPayments();
    const auto projects = ask("GET", "/api/projects")["projects"];
    CHECK(projects[0]["name"].text() == probe);
    CHECK(projects[0]["mapping"]["jiraProject"]["name"].text() == probe);
    CHECK(ask("GET", "/api/jira/projects")["projects"][0]["name"].text() == probe);
    CHECK(refusal("GET", "/api/mappings/%3Cscript%3E") == "404 not_found");
}
