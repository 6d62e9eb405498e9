#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include <Poco/Exception.h>

#include "http/faults.hpp"
#include "sim_client.hpp"

using namespace sim_test;
using jira_sim::Faults;

namespace {

std::string issueCount(Sim& sim) {
    return sim.sim("GET", "/issues").textAt("total");
}

} // namespace

TEST_CASE("a lost answer leaves the issue behind", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("lost-answer,path=/issue,method=POST,times=1");
    CHECK_THROWS_AS(sim.create(), Poco::Exception);
    CHECK(issueCount(sim) == "1");
    CHECK(sim.create().status == 201);
}

TEST_CASE("a cut connection before processing leaves nothing behind", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("cut,method=POST,times=1");
    CHECK_THROWS_AS(sim.create(), Poco::Exception);
    CHECK(issueCount(sim) == "0");
}

TEST_CASE("a truncated answer breaks in the middle, after the work was done", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("truncate,method=POST,times=1");
    CHECK_THROWS_AS(sim.create(), Poco::Exception);
    CHECK(issueCount(sim) == "1");
}

TEST_CASE("rate limiting answers 429 with Retry-After and Jira's body", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("status=429:7,path=/myself,times=1");
    const Answer limited = sim.api("GET", "/myself");
    CHECK(limited.status == 429);
    CHECK(limited.headers.at("Retry-After") == "7");
    CHECK(limited.headers.at("RateLimit-Reason") == "jira-burst-based");
    CHECK(
        limited.text ==
        R"({"errorMessages":["The request has been rate-limited. Please try again later."],"errors":{},"status":429})");
    CHECK(sim.api("GET", "/myself").status == 200);
}

TEST_CASE("Retry-After comes as a date or as nonsense, too", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("status=429:date+5,path=/myself,times=1");
    CHECK(Catch::EndsWith(" GMT").match(sim.api("GET", "/myself").headers.at("Retry-After")));
    sim.fault("status=503:soon,path=/myself,times=1");
    CHECK(sim.api("GET", "/myself").headers.at("Retry-After") == "soon");
    sim.fault("status=429:none,path=/myself,times=1");
    CHECK(sim.api("GET", "/myself").headers.count("Retry-After") == 0);
    CHECK_THROWS(sim.fault("status=429:later"));
}

TEST_CASE("server errors come for the next requests only, and not before the first ones passed", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("status=503,path=/myself,after=1,times=2");
    std::string seen;
    for (int i = 0; i < 4; ++i)
        seen += std::to_string(sim.api("GET", "/myself").status) + " ";
    CHECK(seen == "200 503 503 200 ");
}

TEST_CASE("a fault may look at the body and roll dice that fall the same for the same seed", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("status=500,body=poison");
    CHECK(sim.create(R"({"labels":["fine"]})").status == 201);
    CHECK(sim.create(R"({"labels":["poison"]})").status == 500);
    const auto rolls = [] {
        Faults faults(7);
        faults.add("cut,probability=0.5");
        jira_sim::Request request;
        std::string seen;
        for (int i = 0; i < 40; ++i)
            seen += faults.plan(request).cutBefore ? '1' : '0';
        return seen;
    };
    CHECK(rolls() == rolls());
    CHECK(rolls().find('1') != std::string::npos);
    CHECK(rolls().find('0') != std::string::npos);
}

TEST_CASE("a login page comes with status 200", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("html-200,times=1");
    const Answer page = sim.api("GET", "/myself");
    CHECK(page.status == 200);
    CHECK(page.contentType == "text/html;charset=UTF-8");
}

TEST_CASE("expire-tokens ends the token that is presented, and the next one works", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("expire-tokens,times=1");
    CHECK(sim.api("GET", "/myself").status == 401);
    CHECK(sim.api("GET", "/myself").status == 401);
    sim.accessToken = sim.refresh(sim.refreshToken).textAt("access_token");
    CHECK(sim.api("GET", "/myself").status == 200);
}

TEST_CASE("consent can be denied and refreshing refused on demand", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("refuse-refresh,times=1");
    CHECK(sim.refresh(sim.refreshToken).textAt("error") == "invalid_grant");
    CHECK(sim.refresh(sim.refreshToken).status == 200);
    sim.fault("deny,times=1");
    CHECK(sim.code().empty());
    CHECK_FALSE(sim.code().empty());
}

TEST_CASE("latency delays the answer", "[faults]") {
    Sim sim;
    sim.connect();
    sim.fault("latency=150,path=/myself,times=1");
    const auto started = std::chrono::steady_clock::now();
    sim.api("GET", "/myself");
    CHECK(std::chrono::steady_clock::now() - started >= std::chrono::milliseconds(150));
}

TEST_CASE("faults never close the control door", "[faults]") {
    Sim sim;
    sim.fault("status=503");
    CHECK(sim.sim("GET", "/health").status == 200);
    CHECK(sim.request("GET", "/").status == 200);
    CHECK(sim.request("GET", sim.authorizeUrl()).status == 503);
}

TEST_CASE("faults are listed, counted and removed through the control API", "[faults]") {
    Sim sim;
    sim.connect();
    const std::string id = sim.sim("POST", "/faults", R"({"fault":"status=503,times=3"})").textAt("id");
    sim.api("GET", "/myself");
    const Answer list = sim.sim("GET", "/faults");
    CHECK(list.textAt("faults.0.id") == id);
    CHECK(list.textAt("faults.0.fault") == "status=503,times=3");
    CHECK(list.textAt("faults.0.fired") != "0");
    CHECK(sim.sim("DELETE", "/faults/" + id).status == 204);
    CHECK(sim.sim("DELETE", "/faults/" + id).status == 404);
    sim.sim("POST", "/faults", R"({"fault":"cut"})");
    CHECK(sim.sim("DELETE", "/faults").status == 204);
    CHECK(sim.sim("GET", "/faults").textAt("faults") == "[]");
    CHECK(sim.sim("POST", "/faults", R"({"fault":"index-delay=5"})").textAt("indexDelayMs") == "5");
}

TEST_CASE("a fault that is not understood says what would be", "[faults]") {
    const std::pair<const char*, const char*> cases[] = {
        {"explode", "no kind 'explode'"},           {"status=200", "between 400 and 599"},
        {"latency=soon", "whole number"},           {"cut,size=3", "no filter 'size'"},
        {"cut,probability=2", "between 0 and 1"},   {"deny=yes", "takes no value"},
        {"status=429:x", "must be a whole number"}, {"", "is empty"},
    };
    for (const auto& [spec, expected] : cases) {
        INFO(spec);
        CHECK_THROWS_WITH(Faults::parse(spec), Catch::Contains(expected));
    }
    Sim sim;
    CHECK(sim.sim("POST", "/faults", R"({"fault":"explode"})").status == 400);
}
