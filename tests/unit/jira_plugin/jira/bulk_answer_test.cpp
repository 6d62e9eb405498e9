#include "jira/bulk_answer.hpp"

#include "jira/json.hpp"
#include "sample.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;

namespace {

std::vector<BulkElement> read(const std::string& body, std::size_t elements) {
    return readBulkAnswer(json::parseObject(body), elements);
}

} // namespace

TEST_CASE("created issues fill the places that refused elements leave", "[jira]") {
    const auto outcome = read(R"({"issues":[{"id":"1","key":"PAY-1"},{"id":3,"key":"PAY-3"}],
        "errors":[{"failedElementNumber":1,"status":400,
                   "elementErrors":{"errors":{"priority":"Priority name 'x' is not valid"}}}]})",
                              3);
    REQUIRE(outcome.size() == 3);
    CHECK(outcome[0].issue->key == "PAY-1");
    CHECK(outcome[2].issue->key == "PAY-3");
    CHECK(outcome[2].issue->id == "3");
    CHECK_FALSE(outcome[1].issue);
    CHECK(outcome[1].status == 400);
    CHECK(outcome[1].fields.at("priority") == "Priority name 'x' is not valid");
    CHECK_THAT(outcome[1].remedy, Catch::Contains("Field mapping"));
}

TEST_CASE("refused elements may be listed in any order", "[jira]") {
    const auto outcome = read(R"({"issues":[{"id":"7","key":"A-7"}],"errors":[
        {"failedElementNumber":2,"status":403,"elementErrors":{"errorMessages":["second"]}},
        {"failedElementNumber":0,"status":400,"elementErrors":{"errorMessages":["first"]}}]})",
                              3);
    REQUIRE(outcome.size() == 3);
    CHECK_THAT(outcome[0].message, Catch::Contains("first"));
    CHECK(outcome[1].issue->key == "A-7");
    CHECK(outcome[2].status == 403);
}

TEST_CASE("the documented answer in which every element failed is read", "[jira]") {
    const auto sample = sampleAnswer("bulk-create-400-all-failed.json");
    const auto errors = json::array(json::parseObject(sample.body), "errors");
    const auto outcome = read(sample.body, errors->size());
    REQUIRE(outcome.size() == errors->size());
    for (const auto& element : outcome) {
        CHECK_FALSE(element.issue);
        CHECK(element.fields.count("issuetype") == 1);
    }
}

TEST_CASE("an answer that does not fit the request tells nothing", "[jira]") {
    CHECK(read(R"({"issues":[{"id":"1","key":"A-1"}],"errors":[]})", 2).empty());
    CHECK(read(R"({"issues":[],"errors":[{"failedElementNumber":5,"status":400}]})", 1).empty());
    CHECK(read(R"({"issues":[],"errors":[{"failedElementNumber":0,"status":400},
                                         {"failedElementNumber":0,"status":400}]})",
               2)
              .empty());
    CHECK(read(R"({"issues":[{"id":"1","key":"A-1"}],"errors":[{"status":400}]})", 2).empty());
    CHECK(read(R"({"issues":[{"key":"A-1"}],"errors":[]})", 1).empty());
    CHECK(read("[]", 1).empty());
}
