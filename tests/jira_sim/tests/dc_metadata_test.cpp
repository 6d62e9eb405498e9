#include <catch2/catch.hpp>

#include "dc_client.hpp"

using namespace sim_test;

TEST_CASE("serverInfo tells release and deployment", "[dc][metadata]") {
    const std::string version = GENERATE(as<std::string>(), "8.20", "9.12", "10.3");
    DcSim sim(version);
    const Answer info = sim.rest("GET", "/serverInfo");
    CHECK(info.textAt("deploymentType") == "Server");
    CHECK(info.textAt("versionNumbers.0") + "." + info.textAt("versionNumbers.1") == version);
    CHECK(info.textAt("version").find(version + ".") == 0);
    CHECK(info.textAt("baseUrl") == sim.server.url());
}

TEST_CASE("an upgrade shows at once", "[dc][metadata]") {
    DcSim sim("8.20");
    CHECK(sim.rest("GET", "/issue/createmeta").status == 200);
    CHECK(sim.world(R"({"op":"upgrade","to":"9.12"})").status == 200);
    CHECK(sim.rest("GET", "/serverInfo").textAt("versionNumbers.0") == "9");
    CHECK(sim.rest("GET", "/issue/createmeta").status == 404);
}

TEST_CASE("people have a login and a key, and no account id", "[dc][metadata]") {
    DcSim sim;
    sim.connectAs("priya");
    const Answer self = sim.rest("GET", "/myself");
    CHECK(self.textAt("name") == "priya");
    CHECK(self.textAt("key") == "JIRAUSER10101");
    CHECK(self.textAt("emailAddress") == "priya@acme.example");
    CHECK(self.at("accountId").isEmpty());
    CHECK(sim.rest("GET", "/user?key=JIRAUSER10101").textAt("displayName") == "Priya Natarajan");
    CHECK(sim.rest("GET", "/user?username=nobody").status == 404);
    CHECK(sim.rest("GET", "/user").status == 404);
    DcSim old("8.0");
    CHECK(old.rest("GET", "/user?username=priya").textAt("key") == "priya");
}

TEST_CASE("mypermissions lists all without being asked", "[dc][metadata]") {
    DcSim sim;
    const Answer all = sim.rest("GET", "/mypermissions?projectKey=PAY");
    CHECK(all.textAt("permissions.CREATE_ISSUES.havePermission") == "true");
    CHECK(all.textAt("permissions.SYSTEM_ADMIN.havePermission") == "true");
    CHECK(sim.rest("GET", "/mypermissions?projectKey=NONE").status == 404);
    CHECK(sim.request("GET", "/rest/api/2/mypermissions").status == 401);
}

TEST_CASE("projects come as one array without team-managed ones", "[dc][metadata]") {
    DcSim sim;
    const Answer list = sim.rest("GET", "/project");
    CHECK(json::asArray(list.json)->size() == 6);
    CHECK(list.textAt("0.key") == "PAY");
    CHECK(list.text.find("simplified") == std::string::npos);
    sim.world(R"({"op":"archive-project","project":"OPS"})");
    CHECK(json::asArray(sim.rest("GET", "/project").json)->size() == 5);
    CHECK(json::asArray(sim.rest("GET", "/project?includeArchived=true").json)->size() == 6);
    CHECK(sim.rest("GET", "/project/PAY").textAt("issueTypes.0.name") == "Epic");
    CHECK(sim.rest("GET", "/project/PAY").textAt("lead.name") == "srivera");
    CHECK(sim.rest("GET", "/project/NONE").textAt("errorMessages.0") ==
          "No project could be found with key 'NONE'.");
    CHECK(sim.rest("GET", "/project/MOB/statuses").textAt("0.statuses.0.name") == "To Do");
}

TEST_CASE("the one document of createmeta exists before 9.0 only", "[dc][metadata]") {
    DcSim sim("8.20");
    const Answer plain = sim.rest("GET", "/issue/createmeta?projectKeys=PAY,AUTH");
    CHECK(json::asArray(plain.at("projects"))->size() == 2);
    CHECK(plain.textAt("projects.0.issuetypes.0.name") == "Epic");
    CHECK(plain.at("projects.0.issuetypes.0.fields").isEmpty());
    const Answer full = sim.rest(
        "GET", "/issue/createmeta?projectKeys=CMP&issuetypeIds=10002&expand=projects.issuetypes.fields");
    CHECK(json::asArray(full.at("projects.0.issuetypes"))->size() == 1);
    CHECK(full.textAt("projects.0.issuetypes.0.fields.customfield_10050.required") == "true");
    CHECK(full.textAt("projects.0.issuetypes.0.fields.priority.allowedValues.0.name") == "Highest");
    CHECK(json::asArray(sim.rest("GET", "/issue/createmeta?projectKeys=NONE").at("projects"))->empty());

    DcSim later("9.12");
    const Answer gone = later.rest("GET", "/issue/createmeta?projectKeys=PAY");
    CHECK(gone.status == 404);
    CHECK(gone.textAt("errorMessages.0") == "Issue Does Not Exist");
}

TEST_CASE("the paged createmeta exists from 8.4, under values", "[dc][metadata]") {
    const std::string version = GENERATE(as<std::string>(), "8.4", "8.20", "9.12", "10.3");
    DcSim sim(version);
    const Answer types = sim.rest("GET", "/issue/createmeta/PAY/issuetypes?maxResults=1");
    CHECK(types.textAt("total") == "4");
    CHECK(types.textAt("isLast") == "false");
    CHECK(types.textAt("values.0.name") == "Epic");
    const Answer fields = sim.rest("GET", "/issue/createmeta/PAY/issuetypes/10004?maxResults=200");
    CHECK(fields.textAt("isLast") == "true");
    CHECK(fields.textAt("values.0.fieldId") == "summary");
    CHECK(fields.text.find("customfield_10100") != std::string::npos); // Epic Link
    CHECK(fields.text.find("\"parent\"") == std::string::npos);
    CHECK(sim.rest("GET", "/issue/createmeta/NONE/issuetypes").status == 400);
    DcSim old("8.3");
    CHECK(old.rest("GET", "/issue/createmeta/PAY/issuetypes").status == 404);
}

TEST_CASE("look-ups are whole arrays", "[dc][metadata]") {
    DcSim sim;
    CHECK(sim.rest("GET", "/priority").textAt("0.name") == "Highest");
    CHECK(sim.rest("GET", "/priority").at("0.isDefault").isEmpty());
    CHECK(sim.rest("GET", "/resolution").textAt("0.name") == "Done");
    CHECK(sim.rest("GET", "/status").textAt("0.statusCategory.key") == "new");
    CHECK(sim.rest("GET", "/field").text.find("gh-epic-link") != std::string::npos);
    const std::string legacy = sim.rest("GET", "/project/LEG").textAt("id");
    const Answer page = sim.rest("GET", "/priority/page?projectIds=" + legacy);
    CHECK(page.textAt("total") == "3");
    CHECK(page.textAt("maxResults") == "100");
}

TEST_CASE("assignable people are found by username", "[dc][metadata]") {
    DcSim sim;
    const Answer all = sim.rest("GET", "/user/assignable/search?project=PAY");
    CHECK(json::asArray(all.json)->size() == 3);
    CHECK(sim.rest("GET", "/user/assignable/search?project=PAY&username=jw").textAt("0.name") == "jweber");
    CHECK(sim.rest("GET", "/user/assignable/search?project=PAY&username=web").textAt("0.key") == "jweber");
    CHECK(sim.rest("GET", "/user/assignable/search?project=PAY&username=csouza").text == "[]");
    CHECK(sim.rest("GET", "/user/assignable/search?project=NONE").status == 404);
    CHECK(sim.rest("GET", "/user/assignable/search").status == 400);
    const std::string key = sim.issueKey();
    CHECK(json::asArray(sim.rest("GET", "/user/assignable/search?issueKey=" + key).json)->size() == 3);
}
