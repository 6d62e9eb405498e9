#include "jira/errors.hpp"
#include "push/backoff.hpp"
#include "push/dedupe_label.hpp"
#include "push/notes.hpp"
#include "push/outcome.hpp"
#include "push/push_parts.hpp"
#include "push/snapshot.hpp"
#include "push_world.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::push;
namespace host = jira_plugin::host;
namespace errors = jira_plugin::jira;

TEST_CASE("pauses double from two seconds to a quarter of an hour, with jitter", "[push]") {
    CHECK(backoffMs(1, 0, 0.5) == 2'000);
    CHECK(backoffMs(2, 0, 0.5) == 4'000);
    CHECK(backoffMs(3, 0, 0.0) == 5'600);
    CHECK(backoffMs(100, 0, 0.5) == 900'000);
    CHECK(backoffMs(100, 0, 0.99) == 900'000);
}

TEST_CASE("a pause is never shorter than what Jira asked for", "[push]") {
    CHECK(backoffMs(1, 60'000, 0.5) == 60'000);
    CHECK(backoffMs(1, 3'600'000, 0.5) == 3'600'000);
}

TEST_CASE("look-ups grow apart and one follows the settling time at once", "[push][doubt]") {
    CHECK(nextLookupMs(0, 0, 0, 120'000) == 2'000);
    CHECK(nextLookupMs(1, 0, 2'000, 120'000) == 7'000);
    CHECK(nextLookupMs(5, 0, 100'000, 120'000) == 120'000);
    CHECK(nextLookupMs(9, 0, 120'000, 120'000) == 180'000);
    CHECK(nextLookupMs(0, 0, 0, 6'000) == 200);
}

TEST_CASE("the dedupe label depends on installation, organisation and finding", "[push]") {
    const std::string label = dedupeLabel("m", "acme", "f1");
    CHECK(label.size() == 25);
    CHECK(label.rfind("aspm-", 0) == 0);
    CHECK(label.find_first_not_of("0123456789abcdef", 5) == std::string::npos);
    CHECK(label == dedupeLabel("m", "acme", "f1"));
    CHECK(label != dedupeLabel("n", "acme", "f1"));
    CHECK(label != dedupeLabel("m", "acmf", "f1"));
    CHECK(dedupeLabel("m", "ab", "c") != dedupeLabel("m", "a", "bc"));
}

TEST_CASE("a snapshot gives back the finding it was made of", "[push]") {
    host::Finding finding = push_test::finding("f1", host::Severity::Critical);
    finding.description = "Quotes \" backslash \\ line\nnull \x01 umlaut \xC3\xA4 emoji \xF0\x9F\x90\x9E";
    finding.labels = {"a", "b c", ""};
    finding.line = 42;
    finding.status = host::FindingStatus::Accepted;
    const host::Finding copy = decodeSnapshot(encodeSnapshot(finding));
    CHECK(copy.organisation == finding.organisation);
    CHECK(copy.description == finding.description);
    CHECK(copy.labels == finding.labels);
    CHECK(copy.line == 42);
    CHECK(copy.severity == host::Severity::Critical);
    CHECK(copy.status == host::FindingStatus::Accepted);
    CHECK(copy.firstSeenMs == finding.firstSeenMs);
    CHECK(copy.revision == finding.revision);

    const std::string whole = encodeSnapshot(finding);
    CHECK(decodeSnapshot("of.a.later.version 3:a:\n\n" + whole).id == "f1");
    for (const std::string& broken :
         {std::string(), std::string("{}"), std::string("[]"), std::string("id 2:f1"),
          std::string("line 3:one\n"), std::string("id -1:f1\n"), std::string("id 99999999999999999999:f1\n"),
          whole.substr(0, whole.size() - 1), whole + "id"})
        CHECK_THROWS_AS(decodeSnapshot(broken), std::runtime_error);
}

TEST_CASE("notes survive being stored", "[push]") {
    const auto notes = decodeNotes(encodeNotes({{"a", "one\ntwo\tthree"}, {"b", ""}}));
    REQUIRE(notes.size() == 2);
    CHECK(notes[0].text == "one two three");
    CHECK(notes[1].key == "b");
}

TEST_CASE("anything unexpected after a request has left means doubt, before it means waiting", "[push]") {
    CHECK(ruleOnProblem(std::runtime_error("x"), true).next == Next::Doubt);
    CHECK(ruleOnProblem(std::runtime_error("x"), false).next == Next::Wait);
    CHECK(ruleOnProblem(errors::UnknownOutcome("x", "y"), true).next == Next::Doubt);
    CHECK(ruleOnProblem(errors::RetryLater("x", "y", 5), true).next == Next::Wait);
    CHECK(ruleOnProblem(errors::RetryLater("x", "y", 5), true).retryAfterMs == 5);
    CHECK(ruleOnProblem(errors::NotConfigured("x", "y"), true).next == Next::AwaitConnection);
}

TEST_CASE("refusals are sorted by who can mend them", "[push]") {
    Attempted attempted;
    attempted.projectKey = "PAY";
    attempted.issueTypeId = "1";
    attempted.withFreshMetadata = true;
    const auto rule = [&](int status, std::map<std::string, std::string> fields) {
        return ruleOnRefusal({status, "m", "r", std::move(fields)}, attempted);
    };
    CHECK(rule(403, {}).cause == "project/403/PAY/1");
    CHECK(rule(403, {}).configuration);
    CHECK(rule(400, {{"customfield_1", "x"}}).configuration);
    CHECK_FALSE(rule(400, {{"summary", "x"}}).configuration);
    CHECK_FALSE(rule(400, {{"priority", "x"}}).configuration);
    CHECK_FALSE(rule(413, {}).configuration);
    CHECK(rule(429, {}).next == Next::Wait);
    CHECK(rule(503, {}).next == Next::Doubt);
    CHECK(rule(400, {{"assignee", "x"}}).next == Next::Park);
    attempted.withAssignee = true;
    CHECK(rule(400, {{"assignee", "x"}}).next == Next::AmendAssignee);
    attempted.withRichDescription = true;
    CHECK(rule(400, {}).next == Next::AmendDescription);
    CHECK(rule(413, {}).next == Next::Park);
    attempted.withFreshMetadata = false;
    CHECK(rule(400, {{"priority", "x"}}).next == Next::AmendMetadata);
}

TEST_CASE("push settings out of range are refused by name", "[push]") {
    push_test::FakeHost host;
    CHECK(readPushSettings(host).lanes == 2);
    host.config = {{"jira.push.lanes", "4"}, {"jira.push.settle_seconds", "5"}};
    CHECK(readPushSettings(host).lanes == 4);
    CHECK(readPushSettings(host).settleMs == 5'000);
    host.config["jira.push.lanes"] = "0";
    CHECK_THROWS_WITH(readPushSettings(host),
                      Catch::Contains("jira.push.lanes") && Catch::Contains("1 to 16"));
    host.config["jira.push.lanes"] = "two";
    CHECK_THROWS_AS(readPushSettings(host), std::invalid_argument);
}
