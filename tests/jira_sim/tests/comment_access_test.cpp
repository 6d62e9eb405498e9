#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

namespace {

const std::string body =
    R"("body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"Seen"}]}]})";

} // namespace

TEST_CASE("a comment for administrators is there for nobody else", "[comments]") {
    Sim sim;
    const std::string path = "/issue/" + sim.key() + "/comment";
    const Answer made =
        sim.api("POST", path, "{" + body + R"(,"visibility":{"type":"role","value":"Administrators"}})");
    CHECK(made.status == 201);
    CHECK(sim.api("GET", path).textAt("comments.0.visibility.value") == "Administrators");
    sim.connect(allScopes, "Priya Natarajan");
    CHECK(sim.api("GET", path).textAt("total") == "0");
    CHECK(sim.api("GET", path + "/" + made.textAt("id")).status == 404);
    CHECK(sim.api("POST", "/comment/list", "{\"ids\":[" + made.textAt("id") + "]}").textAt("total") == "0");
}

TEST_CASE("properties of comments are set at creation and later, and listed on demand", "[comments]") {
    Sim sim;
    const std::string path = "/issue/" + sim.key() + "/comment";
    const Answer made =
        sim.api("POST", path, "{" + body + R"(,"properties":[{"key":"com.example","value":{"n":1}}]})");
    REQUIRE(made.status == 201);
    CHECK(made.at("properties").isEmpty());
    const std::string id = made.textAt("id");
    const Answer list = sim.api("POST", "/comment/list?expand=properties", "{\"ids\":[" + id + ",4711]}");
    CHECK(list.textAt("total") == "1");
    CHECK(list.textAt("values.0.properties.0.key") == "com.example");
    CHECK(sim.api("POST", "/comment/list", "{\"ids\":[" + id + "]}").at("values.0.properties").isEmpty());
    const std::string property = "/comment/" + id + "/properties/com.other";
    CHECK(sim.api("PUT", property, "2").status == 201);
    CHECK(sim.api("PUT", property, "3").status == 200);
    CHECK(sim.api("GET", property).textAt("value") == "3");
    CHECK(json::asArray(sim.api("GET", "/comment/" + id + "/properties").at("keys"))->size() == 2);
    CHECK(sim.api("DELETE", property).status == 204);
    CHECK(sim.api("GET", property).status == 404);
    CHECK(sim.api("GET", "/comment/4711/properties/x").status == 404);
    CHECK(sim.api("POST", path, "{" + body + R"(,"properties":[{"value":1}]})").status == 400);
}

TEST_CASE("an internal comment is not public, one by hand can be both", "[comments][control]") {
    Sim sim;
    const std::string key = sim.key();
    sim.api("POST", "/issue/" + key + "/comment",
            "{" + body + R"(,"properties":[{"key":"sd.public.comment","value":{"internal":true}}]})");
    const std::string id =
        sim.sim("POST", "/issues/" + key + "/comment", R"({"text":"by hand","internal":false})").textAt("id");
    const Answer list = sim.api("GET", "/issue/" + key + "/comment");
    CHECK(list.textAt("comments.0.jsdPublic") == "false");
    CHECK(list.textAt("comments.1.jsdPublic") == "true");
    const std::string path = "/issues/" + key + "/comments/" + id;
    CHECK(sim.sim("POST", path, R"({"text":"edited","restrictTo":"Administrators"})")
              .textAt("comments.1.visibility.value") == "Administrators");
    CHECK(sim.sim("POST", path, R"({"restrictTo":""})").at("comments.1.visibility").isEmpty());
    CHECK(sim.sim("GET", "/issues/" + key).textAt("comments.1.text") == "edited");
    CHECK(sim.sim("DELETE", path).status == 204);
    CHECK(sim.sim("DELETE", path).status == 404);
}
