#include "jira/server_call.hpp"

#include "jira/errors.hpp"
#include "sample.hpp"
#include "scripted_signer.hpp"
#include "scripted_transport.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;

namespace {

constexpr std::int64_t now = 1'800'000'000'000;

CallRequest creating() {
    CallRequest request;
    request.method = "POST";
    request.path = "/issue";
    request.body = "{}";
    request.what = "create a ticket in PAY";
    request.effect = Effect::Creates;
    request.expected = {400};
    return request;
}

CallRequest reading() {
    CallRequest request;
    request.path = "/myself?expand=a%20b";
    request.what = "see whose account is connected";
    return request;
}

struct Fixture {
    std::shared_ptr<ScriptedTransport> wire = std::make_shared<ScriptedTransport>();
    std::shared_ptr<ScriptedSigner> signer = std::make_shared<ScriptedSigner>();
    ServerCall call{
        wire, signer, {"https://10.0.0.1/jira", "https://jira.acme.example/jira"}, [] { return now; }};

    void thenProblem(int status, const std::string& problem, Headers headers = {}) {
        headers.emplace_back("WWW-Authenticate",
                             "OAuth realm=\"https%3A%2F%2Fjira\", oauth_problem=\"" + problem + "\"");
        headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        wire->then([=](const HttpRequest&) {
            return HttpResponse{status, headers, "oauth_problem=" + problem};
        });
    }
    void thenPage(int status, Headers headers = {}) {
        headers.emplace_back("Content-Type", "text/html;charset=UTF-8");
        wire->then([=](const HttpRequest&) {
            return HttpResponse{status, headers, "<!doctype html><html><title>Log in</title></html>"};
        });
    }
    std::string authorization(std::size_t index) const {
        return wire->requests().at(index).headers.at(0).second;
    }
};

} // namespace

TEST_CASE_METHOD(Fixture, "requests go to version 2 below the base URL, each with its signature",
                 "[jira][server]") {
    wire->then(200, R"({"name":"ann"})");
    call.object(reading());
    const HttpRequest sent = wire->requests()[0];
    CHECK(sent.url == "https://10.0.0.1/jira/rest/api/2/myself?expand=a%20b");
    CHECK(sent.headers == Headers{{"Authorization", "OAuth signature-1"}});
    CHECK(signer->urls[0] == sent.url);
    CHECK_FALSE(sent.operatorAddress);
}

TEST_CASE_METHOD(Fixture, "a nonce that was used is replaced once, also for a call that creates",
                 "[jira][server]") {
    thenProblem(401, "nonce_used");
    wire->then(201, R"({"id":"1","key":"PAY-1"})");
    CHECK(call.send(creating()).status == 201);
    CHECK(authorization(0) == "OAuth signature-1");
    CHECK(authorization(1) == "OAuth signature-2");
    thenProblem(401, "nonce_used");
    thenProblem(401, "nonce_used");
    CHECK_THROWS_AS(call.send(creating()), RetryLater);
    CHECK(wire->requests().size() == 4);
    CHECK(signer->givenUp.empty());
}

TEST_CASE_METHOD(Fixture, "Jira's clock is used after it refused ours", "[jira][server]") {
    // A 400, which this call would read itself.
    thenProblem(400, "timestamp_refused", {{"Date", "Fri, 15 Jan 2027 08:10:00 GMT"}});
    wire->then(201, R"({"id":"1","key":"PAY-1"})");
    wire->then(200, "{}");
    CHECK(call.send(creating()).status == 201);
    call.send(reading());
    CHECK(signer->offsets == std::vector<std::int64_t>{0, 600'000, 600'000});
    thenProblem(400, "timestamp_refused");
    thenProblem(400, "timestamp_refused");
    CHECK_THROWS_WITH(call.send(reading()), Contains("clocks differ"));
    CHECK(signer->givenUp.empty());
}

TEST_CASE_METHOD(Fixture, "an expired token is replaced by a renewed one, or ends the connection",
                 "[jira][server]") {
    signer->canRenew = true;
    thenProblem(401, "token_expired");
    wire->then(200, "{}");
    call.send(reading());
    CHECK(signer->renewedAfter == std::vector<std::string>{"OAuth signature-1"});
    thenProblem(401, "token_expired");
    thenProblem(401, "token_expired");
    CHECK_THROWS_AS(call.send(reading()), ReconnectNeeded);
    signer->canRenew = false;
    thenProblem(401, "token_expired");
    CHECK_THROWS_AS(call.send(reading()), ReconnectNeeded);
    CHECK(wire->requests().size() == 5);
    CHECK_THAT(signer->givenUp, Contains("has expired"));
}

TEST_CASE_METHOD(Fixture, "a dead token or link is for an admin, with its cause and fix", "[jira][server]") {
    const auto [problem, words] = GENERATE(table<std::string, std::string>(
        {{"token_rejected", "does not know the access"},
         {"token_revoked", "was revoked"},
         {"consumer_key_unknown", "no application link with the consumer key mayo-aspm"},
         {"permission_denied", "was declined"}}));
    CAPTURE(problem);
    thenProblem(401, problem);
    CHECK_THROWS_AS(call.send(creating()), ReconnectNeeded);
    CHECK(wire->requests().size() == 1);
    CHECK_THAT(signer->givenUp, Contains(words) && Contains("create a ticket in PAY on jira.acme.example"));
    CHECK_FALSE(signer->givenRemedy.empty());
}

TEST_CASE_METHOD(Fixture, "one signature that does not fit ends nothing if others do", "[jira][server]") {
    thenProblem(401, "signature_invalid");
    wire->then(200, R"({"name":"ann"})");
    CHECK_THROWS_WITH(call.send(creating()), Contains("other parameters than those"));
    CHECK_THAT(wire->requests()[1].url, Catch::EndsWith("/rest/api/2/myself"));
    CHECK(signer->givenUp.empty());
    thenProblem(401, "signature_invalid");
    thenProblem(401, "signature_invalid");
    CHECK_THROWS_AS(call.send(creating()), ReconnectNeeded);
    CHECK_THAT(signer->givenUp, Contains("The base URL is not Jira's own"));
}

TEST_CASE_METHOD(Fixture, "a user who is refused for the moment is tried again later", "[jira][server]") {
    thenProblem(503, "user_refused");
    CHECK_THROWS_AS(call.send(creating()), RetryLater);
    CHECK(signer->givenUp.empty());
}

TEST_CASE_METHOD(Fixture, "words in Jira's answer are no problem with the signature", "[jira][server]") {
    wire->then(400, R"({"errors":{"summary":"x&oauth_problem=nonce_used&y"}})");
    CHECK(call.send(creating()).status == 400);
    CHECK(wire->requests().size() == 1);
}

TEST_CASE_METHOD(Fixture, "a 401 of Jira's own ends the connection", "[jira][server]") {
    wire->then([](const HttpRequest&) { return sampleAnswer("rest/server-401-json.json"); });
    CHECK_THROWS_AS(call.send(reading()), ReconnectNeeded);
    CHECK_THAT(signer->givenUp, Contains("(401)"));
    signer->givenUp.clear();
    wire->then([](const HttpRequest&) { return sampleAnswer("rest/server-401-html-page.json"); });
    CHECK_THROWS_AS(call.send(reading()), ReconnectNeeded);
    CHECK_FALSE(signer->givenUp.empty());
}

TEST_CASE_METHOD(Fixture, "somebody else's login page ends nothing", "[jira][server]") {
    thenPage(401);
    CHECK_THROWS_WITH(call.send(reading()), Contains("login page"));
    thenPage(200);
    CHECK_THROWS_AS(call.send(reading()), RetryLater);
    thenPage(200);
    CHECK_THROWS_AS(call.send(creating()), UnknownOutcome);
    thenPage(302, {{"Location", "/login.jsp?permissionViolation=true"}});
    CHECK_THROWS_AS(call.send(creating()), RetryLater);
    CHECK(signer->givenUp.empty());
}

TEST_CASE_METHOD(Fixture, "a page in place of Jira says nothing about what was asked for", "[jira][server]") {
    CallRequest request = reading();
    request.expected = {404};
    thenPage(404);
    CHECK_THROWS_AS(call.send(request), RetryLater);
    wire->then([](const HttpRequest&) { return sampleAnswer("rest/server-404.json"); });
    CHECK(call.send(request).status == 404);
}

TEST_CASE_METHOD(Fixture, "a CAPTCHA is seen whatever the status", "[jira][server]") {
    const Headers denied{
        {"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=https://jira/login.jsp"}};
    for (const int status : {200, 401, 403}) {
        CAPTURE(status);
        thenPage(status, denied);
        CHECK_THROWS_WITH(call.send(reading()), Contains("CAPTCHA"));
    }
    wire->then(201, R"({"id":"1","key":"PAY-1"})", {{"X-Seraph-LoginReason", "AUTHENTICATION_DENIED"}});
    CHECK_THROWS_AS(call.send(creating()), UnknownOutcome);
    thenPage(403, denied);
    CHECK_THROWS_AS(call.send(creating()), RetryLater);
    CHECK(signer->givenUp.empty());
}

TEST_CASE_METHOD(Fixture, "a 403 without a word is a refusal", "[jira][server]") {
    wire->then([](const HttpRequest&) { return HttpResponse{403, {}, ""}; });
    try {
        call.send(creating());
        FAIL("nothing was thrown");
    } catch (const Refusal& refusal) {
        CHECK(refusal.status() == 403);
        CHECK_THAT(refusal.remedy(), Contains("permission"));
    }
}

TEST_CASE_METHOD(Fixture, "the rate limit says how long to wait, on a page", "[jira][server]") {
    const auto waits = [&](Headers headers) {
        thenPage(429, std::move(headers));
        try {
            call.send(creating());
        } catch (const RetryLater& later) {
            return later.retryAfterMs();
        }
        return std::int64_t{-1};
    };
    CHECK(waits({{"Retry-After", "7"},
                 {"X-RateLimit-Remaining", "0"},
                 {"X-RateLimit-Interval-Seconds", "60"}}) == 7'000);
    CHECK(waits({{"Retry-After", "0"},
                 {"X-RateLimit-Remaining", "0"},
                 {"X-RateLimit-Interval-Seconds", "60"}}) == 60'000);
    CHECK(waits({}) == 0);
}

TEST_CASE_METHOD(Fixture, "limits that are not reached change nothing", "[jira][server]") {
    wire->then([](const HttpRequest&) { return sampleAnswer("rest/server-create-issue-201.json"); });
    CHECK(call.send(creating()).status == 201);
}

TEST_CASE("without a signer nothing is signed, and a login that is wanted is told", "[jira][server]") {
    const auto wire = std::make_shared<ScriptedTransport>();
    ServerCall call(wire, nullptr, {"https://jira.acme.example", "https://jira.acme.example"},
                    [] { return now; });
    wire->then(200, "{}");
    call.send(reading());
    CHECK(wire->requests()[0].headers.empty());
    wire->then(401,
               R"({"message":"Client must be authenticated to access this resource.","status-code":401})");
    CHECK_THROWS_AS(call.send(reading()), Refusal);
}
