#include <catch2/catch.hpp>

#include "http/exchange.hpp"
#include "sim_client.hpp"

using namespace sim_test;

namespace {

jira_sim::Config immediate() {
    jira_sim::Config config;
    config.faults = {"index-delay=0"};
    return config;
}

Answer post(Sim& sim, const std::string& body) {
    return sim.api("POST", "/search/jql", body);
}

std::string message(const Answer& answer) {
    return answer.textAt("errorMessages.0");
}

std::size_t count(const Answer& answer) {
    json::ArrayPtr issues = json::asArray(answer.at("issues"));
    return issues.isNull() ? 9999 : issues->size();
}

} // namespace

TEST_CASE("a search answers ids only unless fields are asked for", "[search]") {
    Sim sim(immediate());
    sim.key();
    const Answer bare = post(sim, R"({"jql":"project = PAY"})");
    CHECK(bare.text == R"({"issues":[{"id":"10000"}],"isLast":true})");
    const Answer rich = post(sim, R"({"jql":"project = PAY","fields":["summary"]})");
    CHECK(rich.textAt("issues.0.key") == "PAY-1");
    CHECK(rich.textAt("issues.0.fields.summary") == "A finding");
    const Answer get = sim.api("GET", "/search/jql?jql=project%20%3D%20PAY&fields=summary,status");
    CHECK(get.textAt("issues.0.fields.status.name") == "To Do");
}

TEST_CASE("pages follow the token until the last, which has none", "[search]") {
    Sim sim(immediate());
    for (int i = 0; i < 5; ++i)
        sim.key();
    std::string token, seen;
    int pages = 0;
    do {
        const Answer page =
            post(sim, R"({"jql":"project = PAY ORDER BY key ASC","maxResults":2,"fields":["labels"])" +
                          (token.empty() ? "" : ",\"nextPageToken\":\"" + token + "\"") + "}");
        for (std::size_t i = 0; i < count(page); ++i)
            seen += page.textAt("issues." + std::to_string(i) + ".key") + " ";
        token = page.textAt("nextPageToken");
        CHECK((page.textAt("isLast") == "true") == token.empty());
    } while (!token.empty() && ++pages < 9);
    CHECK(seen == "PAY-1 PAY-2 PAY-3 PAY-4 PAY-5 ");
}

TEST_CASE("the page is lowered to a hundred when fields are asked for", "[search]") {
    Sim sim(immediate());
    std::string elements;
    for (int i = 0; i < 50; ++i)
        elements +=
            (i == 0 ? "" : ",") +
            std::string(R"({"fields":{"project":{"key":"PAY"},"issuetype":{"name":"Bug"},"summary":"x"}})");
    for (int i = 0; i < 3; ++i)
        sim.api("POST", "/issue/bulk", R"({"issueUpdates":[)" + elements + "]}");
    CHECK(count(post(sim, R"({"jql":"project = PAY","maxResults":5000})")) == 150);
    const Answer rich = post(sim, R"({"jql":"project = PAY","maxResults":5000,"fields":["summary"]})");
    CHECK(count(rich) == 100);
    CHECK(rich.textAt("isLast") == "false");
    CHECK(sim.api("POST", "/search/approximate-count", R"({"jql":"project = PAY"})").text ==
          R"({"count":150})");
}

TEST_CASE("refused searches are refused in Jira's order: token, page size, bound", "[search]") {
    Sim sim(immediate());
    CHECK(message(post(sim, R"({"jql":"","maxResults":0,"nextPageToken":"x"})")) ==
          "The provided nextPageToken is invalid or has expired.");
    CHECK(message(post(sim, R"({"jql":"","maxResults":0})")) ==
          "The maxResults parameter must be between 1 and 5,000.");
    CHECK(message(post(sim, R"({"jql":"project = PAY","maxResults":5001})")) ==
          "The maxResults parameter must be between 1 and 5,000.");
    const std::string unbounded =
        "Unbounded JQL queries are not allowed here. Add a search restriction to the query.";
    CHECK(message(post(sim, "{}")) == unbounded);
    CHECK(message(post(sim, R"({"jql":"ORDER BY created"})")) == unbounded);
    CHECK(message(sim.api("GET", "/search/jql")) == unbounded);
    CHECK(message(sim.api("POST", "/search/approximate-count", R"({"jql":""})")) == unbounded);
    CHECK(post(sim, R"({"jql":"project is not EMPTY"})").status == 200);
}

TEST_CASE("a token is bound to its query and expires after a week", "[search]") {
    Sim sim(immediate());
    sim.key();
    sim.key();
    const std::string token = post(sim, R"({"jql":"project = PAY","maxResults":1})").textAt("nextPageToken");
    REQUIRE_FALSE(token.empty());
    CHECK(post(sim, R"({"jql":"project = AUTH","nextPageToken":")" + token + "\"}").status == 400);
    sim.server.world().clock().advanceMs(8LL * 24 * 3600 * 1000);
    sim.connect();
    CHECK(post(sim, R"({"jql":"project = PAY","nextPageToken":")" + token + "\"}").status == 400);
}

TEST_CASE("unknown members of the body are refused, and the query string is not read", "[search]") {
    Sim sim(immediate());
    CHECK(
        post(sim, R"({"jql":"project = PAY","startAt":0})").text ==
        R"({"errorMessages":["Invalid request payload. Refer to the REST API documentation and try again."]})");
    CHECK(sim.api("POST", "/search/jql?jql=project%3DPAY", "{}").status == 400);
    CHECK(post(sim, R"({"jql":"project = PAY","maxResults":"ten"})").status == 400);
    CHECK(post(sim, R"({"jql":"project = PAY","fields":"summary"})").status == 400);
    CHECK(post(sim, R"({"jql":"project = PAY","fields":[{}]})").status == 400);
}

TEST_CASE("the index lags behind, and reconciling by id does not", "[search]") {
    jira_sim::Config config;
    config.faults = {"index-delay=60000"};
    Sim sim(config);
    const std::string key = sim.key(R"({"labels":["fresh"]})");
    const std::string id = sim.api("GET", "/issue/" + key).textAt("id"); // reading by key is consistent
    CHECK(count(post(sim, R"({"jql":"labels = fresh"})")) == 0);
    CHECK(count(post(sim, R"({"jql":"labels = fresh","reconcileIssues":[)" + id + "]}")) == 1);
    CHECK(sim.sim("GET", "/issues?label=fresh").textAt("total") == "1");
    sim.server.world().clock().advanceMs(61000);
    CHECK(count(post(sim, R"({"jql":"labels = fresh"})")) == 1);

    sim.api("PUT", "/issue/" + key, R"({"fields":{"labels":["stale"]}})");
    CHECK(count(post(sim, R"({"jql":"labels = fresh"})")) == 1); // still the old state
    sim.api("DELETE", "/issue/" + key);
    CHECK(count(post(sim, R"({"jql":"labels = fresh"})")) == 1); // deleted, and still found
    sim.server.world().clock().advanceMs(61000);
    CHECK(count(post(sim, R"({"jql":"project = PAY"})")) == 0);
}

TEST_CASE("a shortened index delay never brings back an older version", "[search]") {
    jira_sim::Config config;
    config.faults = {"index-delay=60000"};
    Sim sim(config);
    const std::string key = sim.key(R"({"labels":["old"]})");
    sim.fault("index-delay=0");
    sim.api("PUT", "/issue/" + key, R"({"fields":{"labels":["new"]}})");
    CHECK(count(post(sim, R"({"jql":"labels = new"})")) == 1);
    sim.server.world().clock().advanceMs(61000);
    CHECK(count(post(sim, R"({"jql":"labels = new"})")) == 1);
    CHECK(count(post(sim, R"({"jql":"labels = old"})")) == 0);
}

TEST_CASE("the old search is gone", "[search]") {
    Sim sim;
    for (const char* method : {"GET", "POST"}) {
        const Answer answer = sim.api(method, "/search?jql=project%3DPAY");
        CHECK(answer.status == 410);
        CHECK(message(answer).rfind(
                  "The requested API has been removed. Please migrate to the /rest/api/3/search/jql "
                  "API.",
                  0) == 0);
    }
}

TEST_CASE("a search sees only projects the person may browse", "[search]") {
    Sim sim(immediate());
    sim.key();
    sim.world(R"({"op":"deny","project":"PAY","account":"Sam Rivera","permission":"BROWSE_PROJECTS"})");
    CHECK(count(post(sim, R"({"jql":"created >= -1d"})")) == 0);
    CHECK(message(post(sim, R"({"jql":"project = PAY"})")) ==
          "The value 'PAY' does not exist for the field 'project'.");
}
