#include "explanation.hpp"

#include "base_string.hpp"
#include "causes.hpp"
#include "encoding.hpp"

#include "jira/retry_after.hpp"
#include "mapping/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include <Poco/DateTimeFormatter.h>
#include <Poco/String.h>
#include <Poco/Timestamp.h>

namespace jira_plugin::oauth1 {
namespace {

std::string shownTime(std::int64_t ms) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000), "%Y-%m-%d %H:%M:%S UTC");
}

std::string shownSpan(std::int64_t ms) {
    const std::int64_t seconds = std::abs(ms) / 1000;
    if (seconds < 120)
        return std::to_string(seconds) + " seconds";
    if (seconds < 2LL * 3600)
        return std::to_string(seconds / 60) + " minutes";
    return std::to_string(seconds / 3600) + " hours";
}

/// The middle of what Jira accepts, else its Date header.
std::optional<std::int64_t> jirasTime(const Problem& problem, const jira::HttpResponse& response) {
    if (problem.acceptable)
        return problem.acceptable->fromMs + (problem.acceptable->toMs - problem.acceptable->fromMs) / 2;
    return jira::serverTimeMs(response);
}

Cause clockSkew(const Problem& problem, const jira::HttpResponse& response, const Circumstances& known) {
    const auto there = jirasTime(problem, response);
    if (!there)
        return causeOf(Reason::ClockSkew, "this platform's clock says " + shownTime(known.nowMs) +
                                              ", and Jira does not say what its own says");
    return clocksDiffer(known.nowMs, *there);
}

/// The second of the three parts of a base string: scheme, host, port and path.
std::string addressIn(const std::string& baseString) {
    const std::size_t first = baseString.find('&');
    const std::size_t second = baseString.find('&', first == std::string::npos ? first : first + 1);
    return second == std::string::npos ? std::string{}
                                       : percentDecoded(baseString.substr(first + 1, second - first - 1));
}

/// A stranger's words, bounded and on one line.
std::string shown(const std::string& text) {
    return mapping::cutText(mapping::oneLine(text), 200);
}

/// Jira's base URL as its base string shows it: the same path at the end as ours, whatever is before it.
std::string jirasBaseUrl(const std::string& address) {
    for (const char* start : {"/plugins/servlet/", "/rest/"})
        if (const std::size_t at = address.find(start); at != std::string::npos)
            return shown(address.substr(0, at));
    return shown(address);
}

Cause baseUrlDiffers(const std::string& jiras, const Circumstances& known) {
    return causeOf(Reason::BaseUrlDiffers,
                   "Jira believes that its address is " + jiras + ", and it was called at " + known.baseUrl);
}

Cause keyDiffers() {
    return causeOf(Reason::KeyDiffers);
}

bool speaksOfAKey(const std::string& advice) {
    const std::string words = Poco::toLower(advice);
    return words.find("public key") != std::string::npos || words.find("invalidkey") != std::string::npos ||
           words.find("keyspec") != std::string::npos || words.find("pem") != std::string::npos;
}

/// What the signature did not fit: Jira's base string tells, when it sends one.
std::vector<Cause> signatureCauses(const Problem& problem, const Circumstances& known) {
    if (speaksOfAKey(problem.advice))
        return {causeOf(Reason::KeyUnreadable, "Jira says: " + problem.advice)};
    const std::string theirs = addressIn(problem.signatureBaseString);
    if (!theirs.empty() && theirs != addressIn(known.baseString))
        return {baseUrlDiffers(jirasBaseUrl(theirs), known)};
    if (!theirs.empty() && !known.baseString.empty())
        return {problem.signatureBaseString == known.baseString ? keyDiffers()
                                                                : causeOf(Reason::RequestAltered)};
    if (!known.jiraBaseUrl.empty() && !sameBaseUrl(known.baseUrl, known.jiraBaseUrl))
        return {baseUrlDiffers(known.jiraBaseUrl, known), keyDiffers()};
    return {keyDiffers(), causeOf(Reason::BaseUrlDiffers,
                                  "Jira may be known to itself by another address than " + known.baseUrl)};
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "Jira does not say which" : text;
}

/// What Jira says beside the name of the problem; the name when it says nothing.
std::string wordsOf(const Problem& problem) {
    return problem.advice.empty() ? "Jira says only " + problem.name : "Jira says: " + problem.advice;
}

struct Named {
    const char* problem;
    Reason reason;
};

/// Problems with one cause each; the others are told apart in explainProblem.
constexpr std::array<Named, 14> simpleProblems{{
    {"consumer_key_rejected", Reason::ConsumerKeyDisabled},
    {"consumer_key_refused", Reason::Refused},
    {"user_refused", Reason::Refused},
    {"signature_method_rejected", Reason::MethodRejected},
    {"nonce_used", Reason::NonceUsed},
    {"version_rejected", Reason::VersionRejected},
    {"token_rejected", Reason::TokenRejected},
    {"token_expired", Reason::TokenExpired},
    {"token_revoked", Reason::TokenRevoked},
    {"token_used", Reason::TokenUsed},
    {"permission_unknown", Reason::NotYetAllowed},
    {"permission_denied", Reason::Declined},
    {"additional_authorization_required", Reason::NewConsentNeeded},
    {"verifier_invalid", Reason::TokenRejected},
}};

std::vector<Cause> problemCauses(const Problem& problem, const jira::HttpResponse& response,
                                 const Circumstances& known) {
    if (problem.name == "consumer_key_unknown")
        return {causeOf(Reason::ConsumerKeyUnknown, known.consumerKey), causeOf(Reason::WrongDirection)};
    if (problem.name == "signature_invalid")
        return signatureCauses(problem, known);
    if (problem.name == "timestamp_refused")
        return {clockSkew(problem, response, known)};
    if (problem.name == "parameter_absent")
        return {causeOf(Reason::ParameterAbsent, listed(problem.absent))};
    if (problem.name == "parameter_rejected")
        return {causeOf(Reason::ParameterRejected,
                        problem.rejected.empty() ? wordsOf(problem) : listed(problem.rejected))};
    for (const auto& simple : simpleProblems)
        if (problem.name == simple.problem)
            return {causeOf(simple.reason, wordsOf(problem))};
    return {causeOf(Reason::Unknown, wordsOf(problem))};
}

bool isCaptcha(const jira::HttpResponse& response) {
    return Poco::toUpper(response.header("X-Authentication-Denied-Reason")).find("CAPTCHA") == 0 ||
           Poco::toUpper(response.header("X-Seraph-LoginReason")).find("AUTHENTICATION_DENIED") == 0;
}

bool isPage(const jira::HttpResponse& response) {
    const std::size_t start = response.body.find_first_not_of(" \t\r\n");
    return response.mediaType() == "text/html" ||
           (start != std::string::npos && response.body[start] == '<' &&
            response.mediaType().find("xml") == std::string::npos);
}

std::string statusText(const jira::HttpResponse& response) {
    return "HTTP " + std::to_string(response.status);
}

/// An answer that names no problem: somebody else answered, or Jira in another role.
Cause answerCause(const jira::HttpResponse& response, const Circumstances& known) {
    const int status = response.status;
    if (isCaptcha(response))
        return causeOf(Reason::Captcha);
    if (status >= 300 && status < 400) {
        const std::string target = response.header("Location");
        return Poco::toLower(target).find("login") != std::string::npos ||
                       Poco::toLower(target).find("sso") != std::string::npos ||
                       Poco::toLower(target).find("saml") != std::string::npos
                   ? causeOf(Reason::LoginPage, statusText(response))
                   : causeOf(Reason::BaseUrlDiffers,
                             known.baseUrl + " sends on to another address (" + statusText(response) + ")");
    }
    if (status >= 500)
        return causeOf(Reason::ServerError, statusText(response));
    if (status == 404 || status == 405 || status == 410)
        return causeOf(Reason::NoOAuth, known.baseUrl + " answers " + statusText(response));
    if (isPage(response))
        return causeOf(Reason::LoginPage, statusText(response));
    return causeOf(Reason::Unknown, "Jira answers " + statusText(response));
}

bool helpsToRetry(Reason reason) {
    return reason == Reason::ClockSkew || reason == Reason::NonceUsed || reason == Reason::ServerError;
}

/// The address in the form in which it is signed; as written when it is none.
std::string comparable(std::string url) {
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    try {
        return baseStringUri(url);
    } catch (const std::invalid_argument&) {
        return url;
    }
}

} // namespace

Cause clocksDiffer(std::int64_t ourMs, std::int64_t jirasMs) {
    return causeOf(Reason::ClockSkew, "this platform's clock says " + shownTime(ourMs) + ", Jira's says " +
                                          shownTime(jirasMs) + ", a difference of " +
                                          shownSpan(jirasMs - ourMs));
}

bool sameBaseUrl(const std::string& a, const std::string& b) {
    return comparable(a) == comparable(b);
}

Explanation explain(const jira::HttpResponse& response, const Circumstances& circumstances) {
    Explanation explanation;
    const auto problem = readProblem(response);
    // A CAPTCHA stands before everything: until somebody solves it, nothing else can be seen.
    if (problem && !isCaptcha(response))
        explanation.causes = problemCauses(*problem, response, circumstances);
    else
        explanation.causes = {answerCause(response, circumstances)};
    const Reason reason = explanation.first().reason;
    explanation.mayRetry = helpsToRetry(reason);
    if (const auto there = jirasTime(problem.value_or(Problem{}), response);
        there && reason == Reason::ClockSkew)
        explanation.clockOffsetMs = *there - circumstances.nowMs;
    return explanation;
}

} // namespace jira_plugin::oauth1
