#include "oauth1/explanation.hpp"

#include "oauth1/encoding.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace jira_plugin;
using namespace jira_plugin::oauth1;

namespace {

constexpr std::int64_t now = 1'700'000'000'000; // 2023-11-14 22:13:20 UTC

const std::string signedBase =
    "POST&" + percentEncoded("https://jira.example.com/plugins/servlet/oauth/request-token") + "&" +
    percentEncoded("oauth_nonce=n&oauth_token=secret-token");

Circumstances known() {
    return {"https://jira.example.com", "", "mayo-aspm-1", signedBase, now};
}

jira::HttpResponse problem(int status, const std::string& name, const Parameters& more = {}) {
    Parameters all{{"oauth_problem", name}};
    all.insert(all.end(), more.begin(), more.end());
    return {status, {{"Content-Type", "text/plain"}}, writeForm(all)};
}

jira::HttpResponse page(int status, jira::Headers headers = {}) {
    headers.emplace_back("Content-Type", "text/html;charset=UTF-8");
    return {status, std::move(headers), "<html><title>Log in</title></html>"};
}

Reason firstReason(const jira::HttpResponse& response, const Circumstances& circumstances = known()) {
    return explain(response, circumstances).first().reason;
}

std::string allText(const Explanation& explanation) {
    std::string text;
    for (const auto& cause : explanation.causes)
        text += cause.cause + "\n" + cause.fix + "\n";
    return text;
}

} // namespace

TEST_CASE("oauth1: each of Jira's problems has a reason of its own", "[oauth1]") {
    const std::map<std::string, std::pair<int, Reason>> table{
        {"consumer_key_unknown", {401, Reason::ConsumerKeyUnknown}},
        {"signature_invalid", {401, Reason::KeyDiffers}},
        {"signature_method_rejected", {400, Reason::MethodRejected}},
        {"timestamp_refused", {400, Reason::ClockSkew}},
        {"nonce_used", {401, Reason::NonceUsed}},
        {"parameter_absent", {400, Reason::ParameterAbsent}},
        {"parameter_rejected", {400, Reason::ParameterRejected}},
        {"version_rejected", {400, Reason::VersionRejected}},
        {"token_rejected", {401, Reason::TokenRejected}},
        {"token_expired", {401, Reason::TokenExpired}},
        {"token_revoked", {401, Reason::TokenRevoked}},
        {"token_used", {401, Reason::TokenUsed}},
        {"permission_unknown", {401, Reason::NotYetAllowed}},
        {"permission_denied", {401, Reason::Declined}},
        {"additional_authorization_required", {401, Reason::NewConsentNeeded}},
        {"consumer_key_rejected", {401, Reason::ConsumerKeyDisabled}},
        {"user_refused", {503, Reason::Refused}},
        {"consumer_key_refused", {503, Reason::Refused}}};
    for (const auto& [name, expected] : table) {
        CAPTURE(name);
        const Explanation explanation = explain(problem(expected.first, name), known());
        CHECK(explanation.first().reason == expected.second);
        CHECK(explanation.first().cause.find('%') == std::string::npos);
        CHECK(explanation.first().cause.back() == '.');
        CHECK(explanation.first().fix.back() == '.');
        CHECK(explanation.mayRetry == (name == "timestamp_refused" || name == "nonce_used"));
    }
    CHECK(firstReason(problem(401, "something_new")) == Reason::Unknown);
}

TEST_CASE("oauth1: every reason has a word and sentences of its own", "[oauth1]") {
    std::set<std::string> words;
    for (int i = 0; i <= static_cast<int>(Reason::Unknown); ++i)
        words.insert(toString(static_cast<Reason>(i)));
    CHECK(words.size() == static_cast<std::size_t>(Reason::Unknown) + 1);
    CHECK(std::string(toString(Reason::ConsumerKeyUnknown)) == "consumer_key_unknown");
    CHECK(std::string(toString(Reason::Captcha)) == "captcha");
    CHECK(std::string(toString(Reason::Unknown)) == "unknown");
}

TEST_CASE("oauth1: a problem is read from the header as well", "[oauth1]") {
    const jira::HttpResponse response{
        401,
        {{"www-authenticate", "Basic realm=\"x\""},
         {"WWW-Authenticate",
          "OAuth realm=\"https%3A%2F%2Fjira, \\\"x\\\"\", oauth_problem=\"parameter_absent\", "
          "oauth_problem_advice=\"a%2C%20b\",oauth_parameters_absent=\"oauth_nonce%26"
          "oauth_timestamp\", oauth_acceptable_timestamps=1700000300-1700000900"}},
        ""};
    const auto read = readProblem(response);
    REQUIRE(read);
    CHECK(read->name == "parameter_absent");
    CHECK(read->advice == "a, b");
    CHECK(read->absent == std::vector<std::string>{"oauth_nonce", "oauth_timestamp"});
    REQUIRE(read->acceptable);
    CHECK(read->acceptable->fromMs == 1'700'000'300'000);
    CHECK(read->acceptable->toMs == 1'700'000'900'000);
    CHECK(explain(response, known()).first().cause.find("oauth_nonce, oauth_timestamp") != std::string::npos);
}

TEST_CASE("oauth1: broken challenges are survived", "[oauth1]") {
    for (const char* value : {"OAuth ", "OAuth ,", "OAuth =", "OAuth a", "OAuth a=", "OAuth a=\"",
                              "OAuth a=\"b\\", "OAuth ,,,a=b,,", "OAuth a=\"b\" c=\"d\", e", "OAuth a=,b"}) {
        CAPTURE(value);
        CHECK_FALSE(readProblem({401, {{"WWW-Authenticate", value}}, ""}));
    }
    CHECK(readProblem({401, {{"WWW-Authenticate", "OAuth realm=x,oauth_problem=nonce_used"}}, ""})->name ==
          "nonce_used");
}

TEST_CASE("oauth1: a skewed clock is explained with both times", "[oauth1]") {
    const auto refused =
        problem(400, "timestamp_refused", {{"oauth_acceptable_timestamps", "1699999100-1699999700"}});
    const Explanation explanation = explain(refused, known());
    CHECK(explanation.first().cause.find("2023-11-14 22:13:20 UTC") != std::string::npos);
    CHECK(explanation.first().cause.find("2023-11-14 22:03:20 UTC") != std::string::npos);
    CHECK(explanation.first().cause.find("10 minutes") != std::string::npos);
    CHECK(explanation.clockOffsetMs == -600'000);

    for (const char* nonsense : {"1749999700-175000030050000300", "0-9223372036854775807", "5-1", "-", ""})
        CHECK_FALSE(
            readProblem(problem(400, "timestamp_refused", {{"oauth_acceptable_timestamps", nonsense}}))
                ->acceptable);

    auto dated = problem(400, "timestamp_refused");
    dated.headers.emplace_back("Date", "Tue, 14 Nov 2023 23:43:20 GMT");
    CHECK(explain(dated, known()).first().cause.find("2023-11-14 23:43:20 UTC") != std::string::npos);
    CHECK(explain(dated, known()).clockOffsetMs == 5'400'000);

    CHECK(explain(problem(400, "timestamp_refused"), known()).clockOffsetMs == 0);
    const auto inMs =
        problem(400, "timestamp_refused", {{"oauth_acceptable_timestamps", "1699999100000-1699999700000"}});
    CHECK(explain(inMs, known()).clockOffsetMs == -600'000);
    for (const char* nonsense : {"", "-", "5-", "-5", "9-5", "a-b"})
        CHECK_FALSE(readProblem(problem(400, "x", {{"oauth_acceptable_timestamps", nonsense}}))->acceptable);
}

TEST_CASE("oauth1: a signature that does not fit is told apart by what Jira signs", "[oauth1]") {
    const auto refused = [](const std::string& base) {
        return problem(401, "signature_invalid", {{"oauth_signature_base_string", base}});
    };
    CHECK(firstReason(refused(signedBase)) == Reason::KeyDiffers);
    CHECK(firstReason(refused(signedBase + "%26added%3D1")) == Reason::RequestAltered);

    const std::string other =
        "POST&" + percentEncoded("http://jira.example.com:8080/plugins/servlet/oauth/request-token") +
        signedBase.substr(signedBase.rfind('&'));
    const Explanation explanation = explain(refused(other), known());
    CHECK(explanation.first().reason == Reason::BaseUrlDiffers);
    CHECK(explanation.first().cause.find("http://jira.example.com:8080, and") != std::string::npos);
    CHECK(explanation.first().cause.find("https://jira.example.com.") != std::string::npos);
    CHECK(allText(explanation).find("secret-token") == std::string::npos);
}

TEST_CASE("oauth1: without Jira's base string its own base URL decides", "[oauth1]") {
    const auto refused = problem(401, "signature_invalid");
    Circumstances circumstances = known();
    CHECK(explain(refused, circumstances).causes.size() == 2);
    CHECK(firstReason(refused, circumstances) == Reason::KeyDiffers);
    circumstances.jiraBaseUrl = "https://JIRA.example.com:443/";
    CHECK(firstReason(refused, circumstances) == Reason::KeyDiffers);
    circumstances.jiraBaseUrl = "https://jira.example.com/jira";
    CHECK(firstReason(refused, circumstances) == Reason::BaseUrlDiffers);
}

TEST_CASE("oauth1: a key that Jira cannot read has a sentence about its lines", "[oauth1]") {
    const auto refused =
        problem(401, "signature_invalid",
                {{"oauth_problem_advice", "java.security.spec.InvalidKeySpecException: bad"}});
    const Explanation explanation = explain(refused, known());
    CHECK(explanation.first().reason == Reason::KeyUnreadable);
    CHECK(explanation.first().fix.find("BEGIN PUBLIC KEY") != std::string::npos);
}

TEST_CASE("oauth1: an unknown consumer key names it, and the wrong direction as well", "[oauth1]") {
    const Explanation explanation = explain(problem(401, "consumer_key_unknown"), known());
    REQUIRE(explanation.causes.size() == 2);
    CHECK(explanation.causes[0].cause.find("mayo-aspm-1") != std::string::npos);
    CHECK(explanation.causes[1].reason == Reason::WrongDirection);
    CHECK(explanation.causes[1].fix.find("Incoming Authentication") != std::string::npos);
}

TEST_CASE("oauth1: answers of somebody else than Jira's OAuth", "[oauth1]") {
    CHECK(firstReason(page(200)) == Reason::LoginPage);
    CHECK(firstReason({200, {{"Content-Type", "text/plain"}}, "\n<!DOCTYPE html>"}) == Reason::LoginPage);
    CHECK(firstReason({302, {{"Location", "https://jira.example.com/login.jsp?x"}}, ""}) ==
          Reason::LoginPage);
    CHECK(firstReason({302, {{"Location", "https://idp.example.com/samlsso"}}, ""}) == Reason::LoginPage);
    CHECK(firstReason({301, {{"Location", "https://new.example.com/"}}, ""}) == Reason::BaseUrlDiffers);
    CHECK(firstReason(page(404)) == Reason::NoOAuth);
    CHECK(firstReason(page(502)) == Reason::ServerError);
    CHECK(explain(page(500), known()).mayRetry);
    CHECK_FALSE(explain(page(200), known()).mayRetry);
    CHECK(firstReason({200, {}, ""}) == Reason::Unknown);
    CHECK(firstReason({200, {{"Content-Type", "application/json"}}, "{}"}) == Reason::Unknown);
}

TEST_CASE("oauth1: a CAPTCHA is seen whatever else the answer says", "[oauth1]") {
    const jira::Headers denied{{"X-Authentication-Denied-Reason",
                                "CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp"}};
    CHECK(firstReason(page(403, denied)) == Reason::Captcha);
    CHECK(firstReason(page(200, denied)) == Reason::Captcha);
    CHECK(firstReason(page(403, {{"X-Seraph-LoginReason", "AUTHENTICATION_DENIED"}})) == Reason::Captcha);
    CHECK(firstReason(page(200, {{"X-Seraph-LoginReason", "AUTHENTICATED_FAILED"}})) == Reason::LoginPage);
    auto both = problem(401, "token_rejected");
    both.headers.insert(both.headers.end(), denied.begin(), denied.end());
    CHECK(firstReason(both) == Reason::Captcha);
}

TEST_CASE("oauth1: Jira's words are bounded and on one line", "[oauth1]") {
    const Explanation explanation =
        explain(problem(401, "token_rejected", {{"oauth_problem_advice", "a\r\nb" + std::string(5000, 'x')}}),
                known());
    CHECK(explanation.first().cause.size() < 700);
    CHECK(explanation.first().cause.find('\n') == std::string::npos);
    CHECK(explain(problem(401, std::string(5000, 'x')), known()).first().cause.size() < 300);
}

TEST_CASE("oauth1: base URLs are the same when they mean the same", "[oauth1]") {
    CHECK(sameBaseUrl("https://Jira.example.com:443/jira/", "https://jira.example.com/jira"));
    CHECK_FALSE(sameBaseUrl("https://jira.example.com/jira", "https://jira.example.com/Jira"));
    CHECK_FALSE(sameBaseUrl("https://jira.example.com", "http://jira.example.com"));
    CHECK(sameBaseUrl("no address", "no address"));
}
