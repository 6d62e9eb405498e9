#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

TEST_CASE("an expired or invented token is refused by the gateway in its own shape", "[gateway]") {
    Sim sim;
    sim.connect();
    sim.server.world().clock().advanceMs(3'601'000);
    const Answer expired = sim.api("GET", "/myself");
    CHECK(expired.status == 401);
    CHECK(expired.text == R"({"code":401,"message":"Unauthorized"})");
    CHECK(expired.contentType == "application/json");
    sim.accessToken = "garbage";
    CHECK(sim.api("GET", "/myself").text == expired.text);
    CHECK(sim.request("GET", "/ex/jira/" + sim.cloudId() + "/rest/api/3/myself").status == 401);
}

TEST_CASE("every operation wants its scope, classic or granular", "[gateway]") {
    Sim sim;
    sim.connect("read:jira-work");
    const Answer user = sim.api("GET", "/myself");
    CHECK(user.status == 401);
    CHECK(user.text == R"({"code":401,"message":"Unauthorized; scope does not match"})");
    CHECK(sim.create().status == 401);
    CHECK(sim.api("GET", "/project/search").status == 200);
    CHECK(sim.api("GET", "/serverInfo").status == 200);

    sim.connect("write:issue:jira write:comment:jira write:comment.property:jira write:attachment:jira "
                "read:issue:jira");
    CHECK(sim.create().status == 201);
    CHECK(sim.api("GET", "/project/search").status == 401);

    sim.connect("read:me");
    CHECK(sim.api("GET", "/serverInfo").status == 200);
}

TEST_CASE("a 3LO token is refused on the site host", "[gateway]") {
    Sim sim;
    sim.connect();
    const Answer refused =
        sim.request("GET", "/rest/api/3/myself", "", {{"Authorization", "Bearer " + sim.accessToken}});
    CHECK(refused.status == 403);
    CHECK(refused.text == R"({"error":"Failed to parse Connect Session Auth Token"})");
    const Answer anonymous = sim.request("GET", "/rest/api/3/myself");
    CHECK(anonymous.status == 401);
    CHECK(anonymous.contentType == "text/html;charset=UTF-8");
    CHECK(anonymous.headers.at("WWW-Authenticate").rfind("OAuth realm=", 0) == 0);
}

TEST_CASE("an unknown path, method and media type are answered as problem documents", "[gateway]") {
    Sim sim;
    const Answer path = sim.api("GET", "/nothing/here");
    CHECK(path.status == 404);
    CHECK(path.contentType == "application/problem+json;charset=UTF-8");
    CHECK(path.textAt("detail") == "No endpoint GET /rest/api/3/nothing/here.");
    CHECK(path.textAt("instance") == "/rest/api/3/nothing/here");
    CHECK(path.textAt("status") == "404");

    const Answer method = sim.api("DELETE", "/myself");
    CHECK(method.status == 405);
    CHECK(method.headers.at("Allow") == "GET");

    const Answer type =
        sim.request("POST", "/ex/jira/" + sim.cloudId() + "/rest/api/3/issue", "{}",
                    {{"Authorization", "Bearer " + sim.accessToken}, {"Content-Type", "text/plain"}});
    CHECK(type.status == 415);
    CHECK(type.contentType == "application/problem+json;charset=UTF-8");

    const Answer number = sim.api("GET", "/project/search?maxResults=abc");
    CHECK(number.status == 400);
    CHECK(number.textAt("detail") == "Failed to convert 'maxResults' with value: 'abc'");
}

TEST_CASE("bodies that are no JSON, no UTF-8 or empty are refused with Jira's texts", "[gateway]") {
    Sim sim;
    CHECK(sim.api("POST", "/issue", "{\"fields\":").text ==
          R"({"errorMessages":["There was an error parsing JSON. Check that your request body is valid."]})");
    CHECK(
        sim.api("POST", "/issue", "{} {}").textAt("errorMessages.0").rfind("There was an error parsing", 0) ==
        0);
    CHECK(
        sim.api("POST", "/issue", "{},{}").textAt("errorMessages.0").rfind("There was an error parsing", 0) ==
        0);
    CHECK(
        sim.api("POST", "/issue", "{\"fields\":{\"summary\":\"\xff\xfe\"}}").text ==
        R"({"errorMessages":["Invalid request payload. Refer to the REST API documentation and try again."]})");
    CHECK(sim.api("POST", "/issue", "[]").status == 400);
    const Answer empty =
        sim.request("POST", "/ex/jira/" + sim.cloudId() + "/rest/api/3/issue", "",
                    {{"Authorization", "Bearer " + sim.accessToken}, {"Content-Type", "application/json"}});
    CHECK(empty.text == R"({"errorMessages":["No content to map to Object due to end of input"]})");
    CHECK(sim.api("POST", "/issue", std::string(5000, '[')).status == 400);
}

TEST_CASE("a browser-like user agent fails the XSRF check on writes, not on reads", "[gateway]") {
    Sim sim;
    sim.connect();
    const std::map<std::string, std::string> headers = {{"Authorization", "Bearer " + sim.accessToken},
                                                        {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"}};
    const std::string base = "/ex/jira/" + sim.cloudId() + "/rest/api/3";
    const Answer write = sim.request("POST", base + "/issue", "{}", headers);
    CHECK(write.status == 403);
    CHECK(write.text == "XSRF check failed");
    CHECK(sim.request("GET", base + "/myself", "", headers).status == 200);
}

TEST_CASE("answers carry Jira's content type, trace id and rate-limit headers", "[gateway]") {
    Sim sim;
    const Answer answer = sim.api("GET", "/myself");
    CHECK(answer.contentType == "application/json;charset=UTF-8");
    CHECK(answer.headers.at("Atl-Traceid").size() == 32);
    CHECK(answer.headers.at("X-RateLimit-Limit") == "350");
    CHECK(answer.headers.count("RateLimit-Policy") == 1);
}

TEST_CASE("an unknown cloud id has no site behind it", "[gateway]") {
    Sim sim;
    sim.connect();
    const Answer answer = sim.request("GET", "/ex/jira/0000/rest/api/3/myself", "",
                                      {{"Authorization", "Bearer " + sim.accessToken}});
    CHECK(answer.status == 404);
}
