#include "sarif_test_support.hpp"

#include <catch2/catch.hpp>

using namespace aspm::host::sarif;
using sarif_test::readText;
using sarif_test::withResults;

namespace {

Severity severityWith(const std::string& resultMembers, const std::string& ruleMembers = R"("id":"R")") {
    const std::string driver = R"("name":"S","rules":[{)" + ruleMembers + "}]";
    const Report report =
        readText(withResults(R"({"ruleId":"R","message":{"text":"m"})" + resultMembers + "}", driver));
    return report.findings.at(0).severity;
}

} // namespace

TEST_CASE("the security severity decides over the level", "[host_stub][sarif]") {
    const auto scored = [](const std::string& score) {
        return severityWith(R"(,"level":"note","properties":{"security-severity":)" + score + "}");
    };
    CHECK(scored(R"("10.0")") == Severity::Critical);
    CHECK(scored(R"("9.0")") == Severity::Critical);
    CHECK(scored(R"("8.9")") == Severity::High);
    CHECK(scored("7") == Severity::High);
    CHECK(scored("6.9") == Severity::Medium);
    CHECK(scored("4.0") == Severity::Medium);
    CHECK(scored("3.9") == Severity::Low);
    CHECK(scored(R"("0.1")") == Severity::Low);
}

TEST_CASE("a security severity of zero or out of its range leaves the decision to the level",
          "[host_stub][sarif]") {
    for (const char* score :
         {"0", R"("0.0")", "11", "-1", R"("high")", R"("nan")", R"("7.5 of 10")", "[]", "null"}) {
        INFO(score);
        CHECK(severityWith(R"(,"level":"error","properties":{"security-severity":)" + std::string(score) +
                           "}") == Severity::High);
    }
}

TEST_CASE("without a security severity the level gives the severity", "[host_stub][sarif]") {
    CHECK(severityWith(R"(,"level":"error")") == Severity::High);
    CHECK(severityWith(R"(,"level":"warning")") == Severity::Medium);
    CHECK(severityWith(R"(,"level":"note")") == Severity::Low);
    CHECK(severityWith(R"(,"level":"none")") == Severity::Info);
}

TEST_CASE("a result without a level takes its rule's, else it is a warning", "[host_stub][sarif]") {
    CHECK(severityWith("", R"("id":"R","defaultConfiguration":{"level":"error"})") == Severity::High);
    CHECK(severityWith(R"(,"level":"note")", R"("id":"R","defaultConfiguration":{"level":"error"})") ==
          Severity::Low);
    CHECK(severityWith("") == Severity::Medium);
}

TEST_CASE("a result's own security severity goes before its rule's", "[host_stub][sarif]") {
    const std::string rule = R"("id":"R","properties":{"security-severity":"9.5"})";
    CHECK(severityWith("", rule) == Severity::Critical);
    CHECK(severityWith(R"(,"properties":{"security-severity":"2.0"})", rule) == Severity::Low);
}

TEST_CASE("severities have names", "[host_stub][sarif]") {
    CHECK(toString(Severity::Critical) == "critical");
    CHECK(toString(Severity::High) == "high");
    CHECK(toString(Severity::Medium) == "medium");
    CHECK(toString(Severity::Low) == "low");
    CHECK(toString(Severity::Info) == "info");
}
