#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

TEST_CASE("a remote link with the same global id is updated, not doubled", "[links]") {
    Sim sim;
    const std::string path = "/issue/" + sim.key() + "/remotelink";
    const std::string link =
        R"({"globalId":"aspm:1","object":{"url":"https://app.example/1","title":"Finding 1"}})";
    const Answer first = sim.api("POST", path, link);
    CHECK(first.status == 201);
    const Answer second = sim.api("POST", path, link);
    CHECK(second.status == 200);
    CHECK(first.textAt("id") == second.textAt("id"));
    CHECK(json::asArray(sim.api("GET", path).json)->size() == 1);
    CHECK(sim.api("GET", path + "?globalId=aspm%3A1").textAt("object.title") == "Finding 1");
    CHECK(sim.api("POST", path, R"({"object":{"title":"no address"}})").status == 400);
    CHECK(sim.api("POST", path,
                  R"({"globalId":")" + std::string(256, 'x') + R"(","object":{"url":"u","title":"t"}})")
              .status == 400);
}

TEST_CASE("deleting a remote link wants the JSON media type although there is no body", "[links]") {
    Sim sim;
    const std::string key = sim.key();
    const std::string path =
        "/ex/jira/" + sim.cloudId() + "/rest/api/3/issue/" + key + "/remotelink?globalId=g";
    sim.api("POST", "/issue/" + key + "/remotelink",
            R"({"globalId":"g","object":{"url":"https://x","title":"t"}})");
    const std::string bearer = "Bearer " + sim.accessToken;
    CHECK(sim.request("DELETE", path, "", {{"Authorization", bearer}}).status == 415);
    CHECK(sim.request("DELETE", path, "", {{"Authorization", bearer}, {"Content-Type", "application/json"}})
              .status == 204);
    CHECK(sim.request("DELETE", path, "", {{"Authorization", bearer}, {"Content-Type", "application/json"}})
              .status == 404);
}

TEST_CASE("issue properties are any JSON under a key", "[links]") {
    Sim sim;
    const std::string path = "/issue/" + sim.key() + "/properties";
    CHECK(sim.api("PUT", path + "/com.example", R"({"a":[1,2]})").status == 201);
    CHECK(sim.api("PUT", path + "/com.example", "42").status == 200);
    CHECK(sim.api("GET", path + "/com.example").text == R"({"key":"com.example","value":42})");
    CHECK(sim.api("GET", path).textAt("keys.0.key") == "com.example");
    CHECK(sim.api("DELETE", path + "/com.example").status == 204);
    CHECK(sim.api("GET", path + "/com.example").status == 404);
    CHECK(sim.api("PUT", path + "/big", "\"" + std::string(33000, 'x') + "\"").status == 400);
}
