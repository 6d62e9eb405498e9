#include <catch2/catch.hpp>

#include "dc_client.hpp"

using namespace sim_test;

namespace {

bool contains(const Answer& answer, const std::string& text) {
    return answer.text.find(text) != std::string::npos;
}

} // namespace

TEST_CASE("boards and issues of a Data Center live below its context path", "[dc][pages]") {
    jira_sim::Config config;
    config.contextPath = "/jira";
    DcSim sim("9.12", config);
    const std::string key = sim.issueKey(R"({"description":"h2. Leak\n{panel}<b>x</b>{panel}"})");
    const Answer home = sim.request("GET", "/jira");
    CHECK(contains(home, "href=\"/jira/projects/PAY\""));
    CHECK(contains(home, "href=\"/jira/plugins/servlet/applinks/listApplicationLinks\""));
    CHECK(contains(sim.request("GET", "/jira/projects/PAY"), "href=\"/jira/browse/" + key + "\""));
    const Answer page = sim.request("GET", "/jira/browse/" + key);
    CHECK(contains(page, "<pre class=\"wiki\">h2. Leak\n{panel}&lt;b&gt;x&lt;/b&gt;{panel}</pre>"));
    CHECK(sim.request("GET", "/_assets/style.css").status == 200);
    CHECK(sim.request("GET", "/browse/" + key).status == 404);

    const std::map<std::string, std::string> form = {{"Content-Type", "application/x-www-form-urlencoded"}};
    const Answer moved = sim.request("POST", "/jira/browse/" + key + "/transition", "to=10001", form);
    CHECK(moved.headers.at("Location") == "/jira/browse/" + key);
    sim.request("POST", "/jira/browse/" + key + "/comment", "text=*done*", form);
    const Answer issue = sim.rest("GET", "/issue/" + key);
    CHECK(issue.textAt("fields.status.statusCategory.key") == "done");
    CHECK(issue.textAt("fields.comment.comments.0.body") == "*done*");
    CHECK(contains(sim.request("GET", "/jira/browse/" + key), "<pre class=\"wiki\">*done*</pre>"));
}

TEST_CASE("the control API changes issues of a Data Center", "[dc][pages]") {
    DcSim sim;
    const std::string key = sim.issueKey();
    CHECK(sim.sim("POST", "/issues/" + key + "/edit", R"({"description":"plain","assignee":"jweber"})")
              .textAt("assignee") == "jweber");
    CHECK(sim.rest("GET", "/issue/" + key).textAt("fields.description") == "plain");
    sim.sim("POST", "/issues/" + key + "/comment", R"({"text":"hello","as":"priya"})");
    CHECK(sim.rest("GET", "/issue/" + key + "/comment").textAt("comments.0.author.name") == "priya");
    const Answer state = sim.sim("GET", "/state");
    CHECK(state.textAt("deployment") == "dc");
    CHECK(state.textAt("users.1.name") == "priya");
    CHECK(state.textAt("indexDelayMs") == "0");
    CHECK(sim.sim("GET", "/grants").textAt("grants.0.account") == "srivera");
}
