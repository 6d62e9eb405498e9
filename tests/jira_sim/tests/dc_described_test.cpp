#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>

#include <Poco/TemporaryFile.h>

#include "dc_client.hpp"

/// One exchange of every operation that Atlassian's description of Data Center 10.3 knows and the stand-in
/// has, recorded for tests/openapi/check_trace.py, which reads the file that JIRA_SIM_DC_TRACE names.
using namespace sim_test;

namespace {

void connectionAndLookUps(DcSim& sim) {
    for (const char* path :
         {"/serverInfo", "/myself", "/mypermissions?projectKey=PAY", "/project",
          "/project?includeArchived=true", "/project/PAY", "/project/PAY/statuses",
          "/issue/createmeta/CMP/issuetypes?maxResults=50&startAt=0",
          "/issue/createmeta/CMP/issuetypes/10004?maxResults=200", "/issue/createmeta/PAY/issuetypes/10000",
          "/priority", "/priority/page?query=high", "/priority/1", "/resolution", "/status", "/field",
          "/user?username=priya", "/user/assignable/search?project=PAY&username=j"}) {
        INFO(path);
        CHECK(sim.rest("GET", path).status == 200);
    }
}

void refusals(DcSim& sim) {
    CHECK(sim.request("GET", "/rest/api/2/myself").status == 401);
    CHECK(sim.rest("GET", "/project/NONE").status == 404);
    CHECK(sim.rest("GET", "/issue/createmeta/NONE/issuetypes").status == 400);
    CHECK(sim.rest("GET", "/issue/NONE-1").status == 404);
    CHECK(sim.rest("GET", "/search?jql=project%20%3D%20NONE").status == 400);
    CHECK(sim.createIssue(R"({"priority":{"id":"9"}})").status == 400);
    CHECK(sim.rest("POST", "/issue/bulk", R"({"issueUpdates":[{"fields":{"project":{"key":"NONE"}}}]})")
              .status == 400);
}

void issue(DcSim& sim, const std::string& path) {
    CHECK(sim.rest("PUT", path + "?notifyUsers=false",
                   R"({"fields":{"summary":"x"},"update":{"labels":[{"add":"y"}]}})")
              .status == 204);
    CHECK(sim.rest("PUT", path + "/assignee", R"({"name":"priya"})").status == 204);
    CHECK(sim.rest("GET", path + "/editmeta").status == 200);
    CHECK(sim.rest("POST", path + "/transitions", R"({"transition":{"id":"31"}})").status == 204);
    CHECK(sim.rest("GET", path + "/transitions").status == 200);
    CHECK(sim.rest("POST", path + "/transitions", R"({"transition":{"id":"77"}})").status == 500);
    const Answer comment = sim.rest("POST", path + "/comment", R"({"body":"*text*"})");
    CHECK(comment.status == 201);
    const std::string commentPath = path + "/comment/" + comment.textAt("id");
    CHECK(sim.rest("PUT", commentPath, R"({"body":"more"})").status == 200);
    CHECK(sim.rest("GET", commentPath).status == 200);
    CHECK(sim.rest("GET", path + "/comment?maxResults=10").status == 200);
    CHECK(sim.rest("GET", path + "?expand=changelog,transitions,names&fields=*all").status == 200);
    const std::string commentProperty = "/comment/" + comment.textAt("id") + "/properties";
    CHECK(sim.rest("PUT", commentProperty + "/aspm", R"({"finding":"1"})").status == 201);
    CHECK(sim.rest("GET", commentProperty).status == 200);
    CHECK(sim.rest("GET", commentProperty + "/aspm").status == 200);
    CHECK(sim.rest("DELETE", commentProperty + "/aspm").status == 204);
    CHECK(sim.rest("DELETE", commentPath).status == 204);
    for (int i = 0; i < 2; ++i)
        sim.rest(
            "POST", path + "/remotelink",
            R"({"globalId":"aspm:1","application":{"type":"com.example.aspm","name":"ASPM"},)"
            R"("relationship":"reported by","object":{"url":"https://aspm.example/1","title":"Finding 1"}})");
    CHECK(sim.rest("GET", path + "/remotelink").status == 200);
    CHECK(sim.rest("GET", path + "/remotelink?globalId=aspm%3A1").status == 200);
    CHECK(sim.rest("PUT", path + "/properties/aspm", R"({"finding":"1"})").status == 201);
    CHECK(sim.rest("GET", path + "/properties").status == 200);
    CHECK(sim.rest("GET", path + "/properties/aspm").status == 200);
    CHECK(sim.rest("DELETE", path + "/properties/aspm").status == 204);
    CHECK(sim.rest("DELETE", path).status == 204);
}

} // namespace

TEST_CASE("every operation answers as described", "[dc][described]") {
    const char* wanted = std::getenv("JIRA_SIM_DC_TRACE");
    jira_sim::Config config;
    config.traceFile = wanted != nullptr ? wanted : Poco::TemporaryFile::tempName();
    {
        DcSim sim("10.3", config);
        connectionAndLookUps(sim);
        refusals(sim);
        const std::string key = sim.issueKey(
            R"({"description":"h2. Text","assignee":{"name":"jweber"},"duedate":"2026-12-31","labels":["aspm"]})");
        CHECK(sim.rest("GET", "/search?jql=labels%20%3D%20aspm&startAt=0&maxResults=5&fields=summary,status")
                  .status == 200);
        CHECK(sim.rest("POST", "/search",
                       R"({"jql":"labels = aspm","fields":["*all"],"maxResults":1,"startAt":0})")
                  .status == 200);
        const std::string one =
            R"({"fields":{"project":{"key":"PAY"},"issuetype":{"id":"10004"},"summary":"one"}})";
        CHECK(sim.rest("POST", "/issue/bulk",
                       "{\"issueUpdates\":[" + one + R"(,{"fields":{"project":{"key":"NONE"}}}]})")
                  .status == 201);
        issue(sim, "/issue/" + key);
    }
    if (wanted == nullptr)
        std::remove(config.traceFile.c_str());
}
