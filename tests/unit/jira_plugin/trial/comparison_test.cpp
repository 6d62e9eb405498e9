#include <catch2/catch.hpp>

#include "trial/comparison.hpp"

#include <map>

using namespace jira_plugin::trial;

namespace {

/// The verdict on one field; stored empty: Jira has no such field.
std::string verdict(const std::string& sent, const std::string& stored) {
    std::map<std::string, std::string> fields;
    if (!stored.empty())
        fields["f"] = stored;
    return toString(compareFields({{"f", "Field", sent, ""}}, fields).front().verdict);
}

} // namespace

TEST_CASE("a thing is the same by its id, whatever else Jira tells of it", "[trial]") {
    CHECK(verdict(R"({"id":"2"})", R"({"id":"2","name":"High","self":"https://x"})") == "same");
    CHECK(verdict(R"({"id":"2"})", R"({"id":2})") == "same");
    CHECK(verdict(R"({"id":"2"})", R"({"id":"3","name":"Low"})") == "differs");
    CHECK(verdict(R"({"accountId":"a"})", R"({"accountId":"a","displayName":"Ann"})") == "same");
    CHECK(verdict(R"({"accountId":"a"})", R"({"accountId":"b","displayName":"Ann"})") == "differs");
    CHECK(verdict(R"({"id":"1","child":{"id":"2"}})",
                  R"({"id":"1","value":"x","child":{"id":"2","value":"y"}})") == "same");
    CHECK(verdict(R"({"id":"1","child":{"id":"2"}})", R"({"id":"1","value":"x"})") == "differs");
}

TEST_CASE("lists are sets with counts", "[trial]") {
    CHECK(verdict(R"(["a","b"])", R"(["b","a"])") == "same");
    CHECK(verdict(R"(["a","b"])", R"(["a"])") == "differs");
    CHECK(verdict(R"(["a"])", R"(["a","b"])") == "differs");
    CHECK(verdict(R"(["a","a"])", R"(["a","b"])") == "differs");
    CHECK(verdict(R"([{"id":"1"},{"id":"2"}])", R"([{"id":"2","value":"y"},{"id":"1","value":"x"}])") ==
          "same");
    CHECK(verdict(R"(["a"])", R"([])") == "missing");
}

TEST_CASE("text, numbers and moments are compared as what they are", "[trial]") {
    CHECK(verdict(R"("a b ")", R"("a b")") == "same");
    CHECK(verdict(R"("a")", R"("b")") == "differs");
    CHECK(verdict("3", "3.0") == "same");
    CHECK(verdict("3", "4") == "differs");
    CHECK(verdict("true", "true") == "same");
    CHECK(verdict("true", "false") == "differs");
    CHECK(verdict(R"("2026-01-31")", R"("2026-01-31")") == "same");
    CHECK(verdict(R"("2026-01-31")", R"("2026-02-01")") == "differs");
    CHECK(verdict(R"("2026-01-31T09:30:00.000+0000")", R"("2026-01-31T10:30:00.000+0100")") == "same");
    CHECK(verdict(R"("2026-01-31T09:30:00.000+0000")", R"("2026-01-31T09:30:00.000+0100")") == "differs");
    CHECK(verdict(R"({"id":"1"})", R"("1")") == "differs");
}

TEST_CASE("what did not arrive is missing, and nothing sent is nothing to miss", "[trial]") {
    CHECK(verdict(R"("a")", "") == "missing");
    CHECK(verdict(R"("a")", "null") == "missing");
    CHECK(verdict(R"({"id":"1"})", "null") == "missing");
    CHECK(verdict("[]", "null") == "same");
}

TEST_CASE("both sides are shown as a person reads them", "[trial]") {
    const auto fields = compareFields(
        {{"priority", "Priority", R"({"id":"2"})", "High"}, {"labels", "Labels", R"(["a","b"])", "a, b"}},
        {{"priority", R"({"id":"3","name":"Low"})"}, {"labels", R"(["b","a"])"}});
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].sent == "High");
    CHECK(fields[0].stored == "Low");
    CHECK(fields[1].stored == "b, a");
}
