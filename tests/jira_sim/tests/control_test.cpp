#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

TEST_CASE("issues are read, edited, moved, commented and deleted by hand", "[control]") {
    Sim sim;
    const std::string key = sim.key(R"({"labels":["aspm"]})");
    const Answer issue = sim.sim("GET", "/issues/" + key);
    CHECK(issue.textAt("summary") == "A finding");
    CHECK(issue.textAt("statusCategory") == "new");
    CHECK(sim.sim("GET", "/issues?project=PAY&label=aspm").textAt("total") == "1");
    CHECK(sim.sim("GET", "/issues?project=AUTH").textAt("total") == "0");

    const Answer edited = sim.sim("POST", "/issues/" + key + "/edit",
                                  R"({"summary":"By hand","priority":"Low","labels":["x"]})");
    CHECK(edited.textAt("priority") == "Low");
    CHECK(sim.sim("POST", "/issues/" + key + "/edit", R"({"nonsense":1})").status == 400);
    const Answer closed =
        sim.sim("POST", "/issues/" + key + "/transition", R"({"to":"Done","resolution":"Won't Do"})");
    CHECK(closed.textAt("statusCategory") == "done");
    CHECK(closed.textAt("resolution") == "Won't Do");
    CHECK(sim.sim("POST", "/issues/" + key + "/comment", R"({"text":"hi","as":"Mei Tanaka"})").status == 201);
    CHECK(sim.sim("GET", "/issues/" + key).textAt("comments.0.author") == "Mei Tanaka");
    CHECK(sim.api("GET", "/issue/" + key + "/changelog").textAt("values.0.author.displayName") ==
          "Priya Natarajan");
    CHECK(sim.sim("DELETE", "/issues/" + key).status == 204);
    CHECK(sim.sim("GET", "/issues/" + key).status == 404);
}

TEST_CASE("the world changes behind the integration's back", "[control]") {
    Sim sim;
    sim.key();
    CHECK(sim.world(R"({"op":"rename-priority","priority":"Highest","to":"Blocker"})").status == 200);
    CHECK(sim.api("GET", "/priority/1").textAt("name") == "Blocker");
    CHECK(sim.world(R"({"op":"take-priority","project":"PAY","priority":"Medium"})").status == 200);
    CHECK(errorOf(sim.create(R"({"priority":{"id":"3"}})"), "priority") ==
          "The priority selected is invalid.");
    CHECK(sim.world(R"({"op":"take-field","project":"PAY","field":"duedate"})").status == 200);
    CHECK_FALSE(errorOf(sim.create(R"({"duedate":"2026-12-31"})"), "duedate").empty());
    CHECK(sim.world(R"({"op":"take-issue-type","project":"PAY","issueType":"Bug"})").status == 200);
    CHECK(errorOf(sim.create(), "issuetype") == "The issue type selected is invalid.");
    CHECK(sim.world(R"({"op":"archive-project","project":"AUTH"})").status == 200);
    CHECK(errorOf(sim.create(R"({"project":{"key":"AUTH"}})"), "project") ==
          "Specify a valid project ID or key");
    CHECK(sim.world(R"({"op":"remove-project","project":"PAY"})").status == 200);
    CHECK(sim.api("GET", "/project/PAY").status == 404);
    CHECK(sim.sim("GET", "/issues").textAt("total") == "0");
    CHECK(sim.world(R"({"op":"uninstall-app"})").status == 200);
    CHECK(sim.api("GET", "/myself").status == 401);
}

TEST_CASE("a wrong order to the world is explained", "[control]") {
    Sim sim;
    CHECK(sim.world(R"({"op":"dance"})").textAt("errorMessages.0").find("remove-project") !=
          std::string::npos);
    CHECK(sim.world(R"({"op":"remove-project"})").status == 400);
    CHECK(sim.world(R"({"op":"remove-project","project":"NONE"})").status == 404);
    CHECK(sim.world(R"({"op":"make-unassignable","project":"PAY","account":"nobody"})").status == 404);
    CHECK(sim.sim("GET", "/nothing").status == 404);
}

TEST_CASE("state, counts, grants and clock can be looked at and set", "[control]") {
    Sim sim;
    sim.connect();
    sim.api("GET", "/myself");
    sim.api("GET", "/myself");
    CHECK(sim.sim("GET", "/state").textAt("sites.0.projects.0.key") == "PAY");
    CHECK(json::memberString(json::asObject(sim.sim("GET", "/requests").at("byRoute")), "x").empty());
    CHECK(json::asObject(sim.sim("GET", "/requests").at("byRoute"))
              ->get("GET /rest/api/3/myself")
              .convert<int>() == 2);
    sim.sim("DELETE", "/trace");
    CHECK(sim.sim("GET", "/requests").textAt("total") == "0");
    const Answer grants = sim.sim("GET", "/grants");
    CHECK(grants.textAt("grants.0.accountId") == sim.accountId("Sam Rivera"));
    CHECK(grants.text.find(sim.accessToken) == std::string::npos);
    sim.sim("POST", "/tokens/expire");
    CHECK(sim.api("GET", "/myself").status == 401);
    CHECK(sim.sim("POST", "/clock", "{}").status == 400);
}

TEST_CASE("the same seed gives the same world, another one does not", "[control]") {
    const auto ids = [](std::uint64_t seed) {
        jira_sim::WorldOptions options;
        options.seed = seed;
        options.extraProjects = 3;
        jira_sim::World world(options);
        std::string text = world.sites().front()->cloudId;
        for (const auto& user : world.users())
            text += user.accountId;
        for (const auto& project : world.sites().front()->projects)
            text += project->name;
        return text;
    };
    CHECK(ids(5) == ids(5));
    CHECK(ids(5) != ids(6));
}
