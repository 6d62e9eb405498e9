#include <catch2/catch.hpp>

#include "dc_client.hpp"

using namespace sim_test;

namespace {

const std::string document = R"({"type":"doc","version":1,"content":[{"type":"paragraph","content":[]}]})";

} // namespace

TEST_CASE("an issue takes wiki markup and people by name", "[dc][create]") {
    DcSim sim;
    const Answer made = sim.createIssue(
        R"({"description":"h2. Finding\n*bold* {{code}}","assignee":{"name":"jweber"},"labels":["aspm"],)"
        R"("priority":{"id":"2"},"duedate":"2026-12-31"})");
    CHECK(made.status == 201);
    CHECK(made.textAt("self") == sim.server.url() + "/rest/api/2/issue/" + made.textAt("id"));
    const Answer issue = sim.rest("GET", "/issue/" + made.textAt("key"));
    CHECK(issue.textAt("fields.description") == "h2. Finding\n*bold* {{code}}");
    CHECK(issue.textAt("fields.assignee.name") == "jweber");
    CHECK(issue.textAt("fields.reporter.key") == "srivera");
    CHECK(issue.at("fields.assignee.accountId").isEmpty());
    CHECK(sim.sim("GET", "/issues/" + made.textAt("key")).textAt("assignee") == "jweber");
}

TEST_CASE("what belongs to Cloud is refused", "[dc][create]") {
    DcSim sim;
    const Answer adf = sim.createIssue("{\"description\":" + document + "}");
    CHECK(adf.status == 400);
    CHECK(errorOf(adf, "description") == "Operation value must be a string");
    CHECK(errorOf(sim.createIssue(R"({"assignee":{"accountId":"5b10"}})"), "assignee") ==
          "expected 'name' property to be a string");
    CHECK(errorOf(sim.createIssue(R"({"parent":{"key":"PAY-1"}})"), "parent").find("cannot be set") !=
          std::string::npos);
    const std::string key = sim.issueKey();
    CHECK(errorOf(sim.rest("POST", "/issue/" + key + "/comment", "{\"body\":" + document + "}"), "comment") ==
          "Operation value must be a string");
}

TEST_CASE("people who do not exist or may not work here are named", "[dc][create]") {
    DcSim sim;
    CHECK(errorOf(sim.createIssue(R"({"assignee":{"name":"nobody"}})"), "assignee") ==
          "User 'nobody' does not exist.");
    CHECK(errorOf(sim.createIssue(R"({"assignee":{"name":"mtanaka"}})"), "assignee") ==
          "User 'mtanaka' cannot be assigned issues.");
    CHECK(sim.createIssue(R"({"assignee":{"name":"-1"}})").status == 201);
    CHECK(sim.createIssue(R"({"assignee":{"name":null}})").status == 201);
    CHECK(sim.createIssue(R"({"reporter":{"name":"priya"}})").status == 201);
}

TEST_CASE("limits are those of Data Center", "[dc][create]") {
    DcSim sim;
    CHECK(errorOf(sim.createIssue("{\"summary\":\"" + std::string(256, 'x') + "\"}"), "summary") ==
          "Summary must be less than 255 characters.");
    CHECK(errorOf(sim.createIssue("{\"description\":\"" + std::string(32768, 'x') + "\"}"), "description")
              .find("32,767") != std::string::npos);
    CHECK(sim.createIssue("{\"description\":\"" + std::string(32767, 'x') + "\"}").status == 201);
}

TEST_CASE("an epic wants its name, and issues lead to it by Epic Link", "[dc][create]") {
    DcSim sim;
    CHECK(errorOf(sim.createIssue(R"({"issuetype":{"name":"Epic"}})"), "customfield_10102") ==
          "Epic Name is required.");
    const std::string epic = sim.issueKey(R"({"issuetype":{"name":"Epic"},"customfield_10102":"Hardening"})");
    const std::string key = sim.issueKey("{\"customfield_10100\":\"" + epic + "\"}");
    CHECK(sim.rest("GET", "/issue/" + key).textAt("fields.customfield_10100") == epic);
    CHECK(errorOf(sim.createIssue("{\"customfield_10100\":\"" + key + "\"}"), "customfield_10100") ==
          "Issue '" + key + "' is not a valid epic.");
}

TEST_CASE("a bulk tells failures by index", "[dc][create]") {
    DcSim sim;
    const std::string good =
        R"({"fields":{"project":{"key":"PAY"},"issuetype":{"id":"10004"},"summary":"one"}})";
    const std::string bad = R"({"fields":{"project":{"key":"PAY"},"issuetype":{"id":"10004"}}})";
    const Answer mixed = sim.rest("POST", "/issue/bulk", "{\"issueUpdates\":[" + good + "," + bad + "]}");
    CHECK(mixed.status == 201);
    CHECK(json::asArray(mixed.at("issues"))->size() == 1);
    CHECK(mixed.textAt("errors.0.failedElementNumber") == "1");
    CHECK(mixed.textAt("errors.0.elementErrors.errors.summary") ==
          "You must specify a summary of the issue.");
    CHECK(sim.rest("POST", "/issue/bulk", "{\"issueUpdates\":[" + bad + "]}").status == 400);
}
