#include <catch2/catch.hpp>

#include "sim_client.hpp"

using namespace sim_test;

namespace {

std::string body(const std::string& text) {
    return R"({"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":")" +
           text + R"("}]}]}})";
}

} // namespace

TEST_CASE("a comment is stored, listed, edited and deleted", "[comments]") {
    Sim sim;
    const std::string path = "/issue/" + sim.key() + "/comment";
    const Answer added = sim.api("POST", path, body("hello"));
    CHECK(added.status == 201);
    CHECK(added.textAt("author.displayName") == "Sam Rivera");
    CHECK(added.textAt("jsdPublic") == "true");
    CHECK(added.headers.at("Location") == added.textAt("self"));
    const std::string id = added.textAt("id");
    CHECK(sim.api("PUT", path + "/" + id, body("changed")).status == 200);
    CHECK(sim.api("GET", path + "/" + id).textAt("body.content.0.content.0.text") == "changed");
    CHECK(sim.api("DELETE", path + "/" + id).status == 204);
    CHECK(sim.api("GET", path + "/" + id).status == 404);
    CHECK(sim.api("GET", path).textAt("total") == "0");
}

TEST_CASE("comment bodies are documents", "[comments]") {
    Sim sim;
    const std::string path = "/issue/" + sim.key() + "/comment";
    CHECK(sim.api("POST", path, R"({"body":"plain"})").text ==
          R"({"errorMessages":[],"errors":{"comment":"Comment body is not valid!"}})");
    CHECK(
        sim.api("POST", path, R"({"body":{"type":"doc","version":1,"content":[{"type":"text","text":"x"}]}})")
            .text == R"({"errorMessages":["INVALID_INPUT"],"errors":{}})");
    CHECK(sim.api("POST", path, "{}").status == 400);
    CHECK(sim.api("POST", "/issue/PAY-99/comment", body("x")).status == 404);
}

TEST_CASE("comment pages are clamped as measured on live sites", "[comments]") {
    Sim sim;
    const std::string path = "/issue/" + sim.key() + "/comment";
    for (const char* text : {"one", "two", "three"})
        sim.api("POST", path, body(text));
    const auto sizeAndLimit = [&](const std::string& query) {
        const Answer answer = sim.api("GET", path + query);
        return std::to_string(json::asArray(answer.at("comments"))->size()) + "/" +
               answer.textAt("maxResults");
    };
    CHECK(sizeAndLimit("") == "3/100");
    CHECK(sizeAndLimit("?maxResults=0") == "1/1");
    CHECK(sizeAndLimit("?maxResults=1000") == "3/100");
    CHECK(sizeAndLimit("?startAt=-5&maxResults=2") == "2/2");
    CHECK(sizeAndLimit("?startAt=10") == "0/100");
    CHECK(sim.api("GET", path + "?orderBy=-created").textAt("comments.0.body.content.0.content.0.text") ==
          "three");
    CHECK(sim.api("GET", "/issue/PAY-99/comment?orderBy=updated").status ==
          400); // before the issue is looked up
}
