#include "jira/classify.hpp"

#include "jira/errors.hpp"
#include "sample.hpp"
#include "store/storable_text.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;
using Kind = Verdict::Kind;

namespace {

const CallContext creating{"create a ticket in PAY", "acme.atlassian.net", "write:jira-work", Effect::Creates,
                           0};
const CallContext reading{"list projects", "acme.atlassian.net", "read:jira-work", Effect::Read, 0};

HttpResponse answer(int status, const std::string& body = "{}",
                    const std::string& type = "application/json;charset=UTF-8") {
    return {status, {{"Content-Type", type}}, body};
}

} // namespace

TEST_CASE("a recorded success is a success", "[jira]") {
    CHECK(classify(sampleAnswer("cloud-create-issue-201.json"), creating).kind == Kind::Success);
    CHECK(classify(sampleAnswer("cloud-serverinfo-200.json"), reading).kind == Kind::Success);
    CHECK(classify(sampleAnswer("cloud-transition-204.json"), creating).kind == Kind::Success);
}

TEST_CASE("a recorded refusal names the field and what to do about it", "[jira]") {
    const Verdict priority = classify(sampleAnswer("cloud-create-issue-400-invalid-priority.json"), creating);
    CHECK(priority.kind == Kind::Refusal);
    CHECK(priority.status == 400);
    CHECK(priority.fields.at("priority") == "Priority name 'BLARG' is not valid");
    CHECK_THAT(priority.message, Contains("create a ticket in PAY") && Contains("acme.atlassian.net") &&
                                     Contains("priority: Priority name 'BLARG' is not valid"));
    CHECK_THAT(priority.remedy, Contains("Field mapping") && Contains("priority scheme"));

    const Verdict project = classify(sampleAnswer("cloud-create-issue-400-invalid-project.json"), creating);
    CHECK(project.fields.count("project") == 1);
    CHECK_THAT(project.remedy, Contains("not archived") && Contains("may create issues"));
}

TEST_CASE("words that are not UTF-8 or hold NUL become text that every database takes", "[jira]") {
    using namespace std::string_literals;
    const std::string mark = "\xEF\xBF\xBD";
    const Verdict proxy =
        classify(answer(503, "Dienst nicht verf\xFCgbar\xFF\0 now"s, "text/plain"), reading);
    CHECK_THAT(proxy.message, Contains("Dienst nicht verf" + mark + "gbar" + mark + " now"));
    CHECK(proxy.message == jira_plugin::store::storable(proxy.message));

    const Verdict field = classify(answer(400, "{\"errors\":{\"a\":\"b\\u0000c\"}}"), creating);
    CHECK(field.fields.at("a") == "b c");
    CHECK(field.message == jira_plugin::store::storable(field.message));
}

TEST_CASE("the remedy follows the field id whatever the language of the words", "[jira]") {
    const Verdict verdict = classify(
        answer(400, R"({"errorMessages":[],"errors":{"customfield_10010":"Team ist erforderlich."}})"),
        creating);
    CHECK_THAT(verdict.remedy, Contains("customfield_10010"));
    CHECK_THAT(verdict.message, Contains("Team ist erforderlich"));
}

TEST_CASE("refusals of every envelope are read", "[jira]") {
    CHECK_THAT(classify(sampleAnswer("rest/cloud-403.json"), reading).message,
               Contains("Only admins can archive"));
    CHECK_THAT(classify(sampleAnswer("rest/server-404.json"), reading).message,
               Contains("No project could be found") && Contains("404"));
    CHECK_THAT(classify(sampleAnswer("rest/server-401-json.json"), reading).message,
               Contains("Client must be authenticated"));
    CHECK(classify(sampleAnswer("rest/server-401-html-page.json"), reading).kind == Kind::TokenRefused);
    CHECK_THAT(
        classify(
            answer(
                404,
                R"({"type":"about:blank","title":"Not Found","status":404,"detail":"No endpoint GET /rest/x."})",
                "application/problem+json;charset=UTF-8"),
            reading)
            .message,
        Contains("No endpoint GET /rest/x"));
    CHECK(classify(answer(403, "", ""), reading).kind == Kind::Refusal);
    CHECK_THAT(
        classify(answer(403, R"({"messages":[{"key":"You do not have permission."}]})"), reading).message,
        Contains("You do not have permission"));
}

TEST_CASE("what Jira certainly did not do may be refused or repeated, but is never unknown", "[jira]") {
    for (const int status : {400, 403, 404, 405, 409, 410, 413, 415, 422}) {
        CAPTURE(status);
        CHECK(classify(answer(status), creating).kind == Kind::Refusal);
    }
    CHECK(classify(answer(429), creating).kind == Kind::RetryLater);
    CHECK(classify(answer(401), creating).kind == Kind::TokenRefused);
}

TEST_CASE("a write with an open end is unknown, a read with one is repeated", "[jira]") {
    for (const int status : {408, 500, 502, 503, 504}) {
        CAPTURE(status);
        CHECK(classify(answer(status, "<html>Bad gateway</html>", "text/html"), creating).kind ==
              Kind::UnknownOutcome);
        CHECK(classify(answer(status, "", ""), reading).kind == Kind::RetryLater);
    }
    const TransportError cut(TransportError::Kind::Cut, true, "The connection was cut.", "Look.");
    CHECK(classify(cut, creating).kind == Kind::UnknownOutcome);
    CHECK(classify(cut, reading).kind == Kind::RetryLater);
}

TEST_CASE("a write whose request never left may be sent again", "[jira]") {
    const TransportError refused(TransportError::Kind::Connect, false, "No connection.",
                                 "Check the firewall.");
    const Verdict verdict = classify(refused, creating);
    CHECK(verdict.kind == Kind::RetryLater);
    CHECK(verdict.remedy == "Check the firewall.");
}

TEST_CASE("a login page with status 200 is not an answer of Jira's", "[jira]") {
    const HttpResponse page = answer(200, "<!DOCTYPE html><html>Sign in</html>", "text/html;charset=UTF-8");
    const Verdict read = classify(page, reading);
    CHECK(read.kind == Kind::RetryLater);
    CHECK_THAT(read.message, Contains("web page") && Contains("single sign-on"));
    CHECK(classify(page, creating).kind == Kind::UnknownOutcome);
    CHECK(classify(answer(201, "{\"id\":\"1", "application/json"), creating).kind == Kind::UnknownOutcome);
}

TEST_CASE("a redirect is reported and not followed", "[jira]") {
    const Verdict verdict = classify(answer(302, "", ""), reading);
    CHECK(verdict.kind == Kind::RetryLater);
    CHECK_THAT(verdict.message, Contains("302"));
}

TEST_CASE("a missing scope is told from an old token and named", "[jira]") {
    const Verdict verdict = classify(
        answer(401, R"({"code":401,"message":"Unauthorized; scope does not match"})", "application/json"),
        creating);
    CHECK(verdict.kind == Kind::ScopeMissing);
    CHECK_THAT(verdict.remedy, Contains("write:jira-work") && Contains("reconnect"));
    CHECK_THROWS_AS(throwUnlessSuccess(verdict), ReconnectNeeded);
}

TEST_CASE("a CAPTCHA and an XSRF refusal each have their own remedy", "[jira]") {
    HttpResponse captcha = answer(403, "<html></html>", "text/html");
    captcha.headers.emplace_back("X-Authentication-Denied-Reason",
                                 "CAPTCHA_CHALLENGE; login-url=https://x/login");
    CHECK_THAT(classify(captcha, reading).remedy, Contains("browser"));
    CHECK_THAT(classify(answer(403, "XSRF check failed", "text/plain"), creating).remedy,
               Contains("User-Agent"));
}

TEST_CASE("a rate limit says whose it is and how long it lasts", "[jira]") {
    const Verdict recorded = classify(sampleAnswer("rest/cloud-429-retry-after.json"), creating);
    CHECK(recorded.kind == Kind::RetryLater);
    CHECK(recorded.retryAfterMs == 30'000);
    CHECK_THAT(recorded.message, Contains("hourly quota of this Jira site"));

    HttpResponse global = answer(429);
    global.headers.emplace_back("RateLimit-Reason", "jira-quota-global-based");
    CHECK_THAT(classify(global, creating).message, Contains("app has used up"));
}

TEST_CASE("foreign text in a message is one line of bounded length", "[jira]") {
    const std::string words = "first\\nsecond" + std::string(5000, 'x');
    const Verdict verdict = classify(answer(400, "{\"errorMessages\":[\"" + words + "\"]}"), creating);
    CHECK(verdict.message.find('\n') == std::string::npos);
    CHECK(verdict.message.size() < 700);
}

TEST_CASE("each verdict becomes its own type of error", "[jira]") {
    CHECK_NOTHROW(throwUnlessSuccess({}));
    try {
        throwUnlessSuccess(classify(sampleAnswer("cloud-create-issue-400-invalid-priority.json"), creating));
        FAIL("nothing was thrown");
    } catch (const Refusal& refusal) {
        CHECK(refusal.status() == 400);
        CHECK(refusal.fields().count("priority") == 1);
        CHECK_FALSE(refusal.remedy().empty());
    }
    CHECK_THROWS_AS(throwUnlessSuccess(classify(answer(429), creating)), RetryLater);
    CHECK_THROWS_AS(throwUnlessSuccess(classify(answer(500), creating)), UnknownOutcome);
}
