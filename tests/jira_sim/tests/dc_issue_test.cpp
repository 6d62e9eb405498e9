#include <catch2/catch.hpp>

#include "dc_client.hpp"

using namespace sim_test;

TEST_CASE("an edit changes fields, and silence needs an administrator", "[dc][issue]") {
    DcSim sim;
    const std::string path = "/issue/" + sim.issueKey();
    CHECK(sim.rest("PUT", path, R"({"fields":{"description":"new"},"update":{"labels":[{"add":"x"}]}})")
              .status == 204);
    CHECK(sim.rest("GET", path).textAt("fields.description") == "new");
    CHECK(sim.rest("PUT", path + "?notifyUsers=false", R"({"fields":{"summary":"quiet"}})").status == 204);
    sim.connectAs("priya");
    CHECK(sim.rest("PUT", path + "?notifyUsers=false", R"({"fields":{"summary":"no"}})").status == 403);
    CHECK(sim.rest("PUT", path + "?notifyUsers=true", R"({"fields":{"summary":"yes"}})").status == 204);
    CHECK(sim.rest("GET", path).textAt("fields.summary") == "yes");
}

TEST_CASE("an issue is absent or hidden, and these differ", "[dc][issue]") {
    DcSim sim;
    const std::string path = "/issue/" + sim.issueKey();
    CHECK(sim.rest("GET", "/issue/PAY-99").textAt("errorMessages.0") == "Issue Does Not Exist");
    CHECK(sim.rest("GET", "/issue/PAY-99").status == 404);
    sim.world(R"({"op":"deny","project":"PAY","account":"srivera","permission":"BROWSE_PROJECTS"})");
    CHECK(sim.rest("GET", path).status == 403);
}

TEST_CASE("the assignee is set by name", "[dc][issue]") {
    DcSim sim;
    const std::string path = "/issue/" + sim.issueKey();
    CHECK(sim.rest("PUT", path + "/assignee", R"({"name":"priya"})").status == 204);
    CHECK(sim.rest("GET", path).textAt("fields.assignee.name") == "priya");
    CHECK(sim.rest("PUT", path + "/assignee", R"({"name":null})").status == 204);
    CHECK(sim.rest("GET", path).at("fields.assignee").isEmpty());
}

TEST_CASE("transitions are listed as the server lists them, and an unknown one is 500", "[dc][issue]") {
    DcSim sim;
    const std::string path = "/issue/" + sim.issueKey(R"({"project":{"key":"LEG"}})") + "/transitions";
    const Answer list = sim.rest("GET", path + "?expand=transitions.fields");
    CHECK(list.textAt("transitions.0.to.statusCategory.key") == "indeterminate");
    CHECK(list.at("transitions.0.hasScreen").isEmpty());
    CHECK_FALSE(list.at("transitions.0.opsbarSequence").isEmpty());
    CHECK(sim.rest("POST", path, R"({"transition":{"id":"4"}})").status == 204);
    CHECK(sim.rest("POST", path, R"({"transition":{"id":"99"}})").status == 500);
    CHECK(sim.rest("POST", path, R"({"transition":{"id":"5"}})").status == 204);
    CHECK(sim.rest("POST", path, R"({"transition":{"id":"6"}})").textAt("errorMessages.0") ==
          "Field Resolution is required.");
    CHECK(sim.rest("POST", path,
                   R"({"transition":{"id":"6"},"fields":{"resolution":{"name":"Done"}},)"
                   R"("update":{"comment":[{"add":{"body":"closed by *scan*"}}]}})")
              .status == 204);
    CHECK(sim.sim("GET", "/issues/LEG-1").textAt("comments.0.text") == "closed by *scan*");
}

TEST_CASE("comments are wiki text", "[dc][issue]") {
    DcSim sim;
    const std::string path = "/issue/" + sim.issueKey() + "/comment";
    const Answer added = sim.rest("POST", path, R"({"body":"{code}x{code}"})");
    CHECK(added.status == 201);
    CHECK(added.textAt("body") == "{code}x{code}");
    CHECK(added.textAt("author.name") == "srivera");
    CHECK(added.at("jsdPublic").isEmpty());
    CHECK(sim.rest("PUT", path + "/" + added.textAt("id"), R"({"body":"changed"})").textAt("body") ==
          "changed");
    CHECK(sim.rest("GET", path).textAt("comments.0.body") == "changed");
    CHECK(sim.rest("GET", path).textAt("maxResults") == "50");
    CHECK(sim.rest("DELETE", path + "/" + added.textAt("id")).status == 204);
}

TEST_CASE("remote links and properties work as on Cloud", "[dc][issue]") {
    DcSim sim;
    const std::string path = "/issue/" + sim.issueKey();
    const std::string link =
        R"({"globalId":"aspm:1","object":{"url":"https://aspm.example/1","title":"Finding 1"}})";
    CHECK(sim.rest("POST", path + "/remotelink", link).status == 201);
    CHECK(sim.rest("POST", path + "/remotelink", link).status == 200);
    CHECK(sim.rest("GET", path + "/remotelink?globalId=aspm%3A1").textAt("object.title") == "Finding 1");
    CHECK(sim.rest("DELETE", path + "/remotelink?globalId=aspm%3A1").status == 204);
    CHECK(sim.rest("PUT", path + "/properties/aspm", R"({"finding":"f-1"})").status == 201);
    CHECK(sim.rest("PUT", path + "/properties/aspm", R"({"finding":"f-2"})").status == 200);
    CHECK(sim.rest("GET", path + "/properties/aspm").textAt("value.finding") == "f-2");
    CHECK(sim.rest("DELETE", path + "/properties/aspm").status == 204);
    CHECK(sim.rest("DELETE", path).status == 204);
    CHECK(sim.rest("GET", path).status == 404);
}

TEST_CASE("the change log has no field ids", "[dc][issue]") {
    DcSim sim;
    const std::string path = "/issue/" + sim.issueKey();
    sim.rest("PUT", path, R"({"fields":{"description":"text","duedate":"2026-12-31"}})");
    const Answer issue = sim.rest("GET", path + "?expand=changelog,names");
    CHECK(issue.textAt("changelog.histories.0.author.name") == "srivera");
    CHECK(issue.text.find("\"toString\":\"text\"") != std::string::npos);
    CHECK(issue.text.find("fieldId") == std::string::npos);
    CHECK(issue.textAt("names.summary") == "Summary");
}
