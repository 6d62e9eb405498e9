#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

namespace {

const std::map<std::string, std::string> formType = {{"Content-Type", "application/x-www-form-urlencoded"}};

bool contains(const Answer& answer, const std::string& text) {
    return answer.text.find(text) != std::string::npos;
}

} // namespace

TEST_CASE("boards show cards with key, priority, labels, assignee and due date", "[pages]") {
    Sim sim;
    sim.key(
        R"({"summary":"Leak","labels":["aspm"],"duedate":"2026-12-31","priority":{"id":"1"},"assignee":{"id":")" +
        sim.accountId("Jonas Weber") + "\"}}");
    CHECK(contains(sim.request("GET", "/"), "/projects/PAY"));
    const Answer board = sim.request("GET", "/projects/PAY");
    for (const char* text :
         {"PAY-1", "Leak", "aspm", "2026-12-31", "Highest", "Jonas Weber", "In Progress"}) {
        INFO(text);
        CHECK(contains(board, text));
    }
    CHECK(sim.request("GET", "/projects/NONE").status == 404);
}

TEST_CASE("an issue page shows everything, safely", "[pages]") {
    Sim sim;
    const std::string key = sim.key(
        R"({"summary":"<script>alert(1)</script>","labels":["<b>"],"description":{"type":"doc","version":1,"content":[)"
        R"({"type":"paragraph","content":[{"type":"text","text":"<img src=x>"}]}]}})");
    const Answer page = sim.request("GET", "/browse/" + key);
    CHECK(page.status == 200);
    CHECK_FALSE(contains(page, "<script"));
    CHECK_FALSE(contains(page, "<img"));
    CHECK_FALSE(contains(page, "<b>"));
    CHECK(contains(page, "&lt;img src=x&gt;"));
    CHECK(page.headers.at("Content-Security-Policy").find("default-src 'none'") == 0);
    CHECK(sim.request("GET", "/browse/PAY-99").status == 404);
}

TEST_CASE("a person closes a ticket and comments on it with the page's buttons", "[pages]") {
    Sim sim;
    const std::string key = sim.key();
    const Answer moved = sim.request("POST", "/browse/" + key + "/transition", "to=10001", formType);
    CHECK(moved.status == 302);
    CHECK(moved.headers.at("Location") == "/browse/" + key);
    CHECK(sim.sim("GET", "/issues/" + key).textAt("statusCategory") == "done");
    CHECK(sim.request("POST", "/browse/" + key + "/comment", "text=Looks+fixed%21", formType).status == 302);
    CHECK(sim.sim("GET", "/issues/" + key).textAt("comments.0.text") == "Looks fixed!");
    CHECK(contains(sim.request("GET", "/browse/" + key), "Looks fixed!"));
}

TEST_CASE("each further site has its own pages below its name", "[pages]") {
    jira_sim::Config config;
    config.world.siteNames = {"acme", "globex"};
    Sim sim(config);
    CHECK(contains(sim.request("GET", "/sites/globex"), "/sites/globex/projects/PAY"));
    CHECK(sim.request("GET", "/sites/globex/projects/PAY").status == 200);
    CHECK(sim.request("GET", "/sites/none").status == 404);
    CHECK(sim.sim("GET", "/state").textAt("sites.1.url") == sim.server.url() + "/sites/globex");
}

TEST_CASE("the style sheet and the picture are served", "[pages]") {
    Sim sim;
    CHECK(sim.request("GET", "/_assets/style.css").contentType == "text/css;charset=UTF-8");
    CHECK(sim.request("GET", "/_assets/avatar.svg?size=16").contentType == "image/svg+xml");
}
