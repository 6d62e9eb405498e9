#include "classify.hpp"

#include "error_body.hpp"
#include "errors.hpp"
#include "json.hpp"
#include "remedies.hpp"
#include "retry_after.hpp"

#include <Poco/String.h>

namespace jira_plugin::jira {
namespace {

using Kind = Verdict::Kind;

constexpr const char* waitRemedy = "Nothing to do: it is tried again by itself.";

std::string sentence(const CallContext& context, const std::string& result) {
    return "Trying to " + context.what + " on " + context.site + ": " + result + ".";
}

std::string withWords(const std::string& result, const ErrorBody& body) {
    std::string words = body.text();
    while (!words.empty() && (words.back() == '.' || words.back() == ' ')) {
        words.pop_back();
    }
    return words.empty() ? result : result + ": " + words;
}

Verdict verdict(Kind kind, int status, const std::string& message, const std::string& remedy) {
    Verdict result;
    result.kind = kind;
    result.status = status;
    result.message = message;
    result.remedy = remedy;
    return result;
}

/// Nothing can be said about the outcome: look it up if it would create, otherwise just repeat.
Verdict open(const CallContext& context, int status, const std::string& result) {
    return mustNotRepeat(context.effect)
               ? verdict(Kind::UnknownOutcome, status, sentence(context, result),
                         lookUpRemedyFor(context.topic))
               : verdict(Kind::RetryLater, status, sentence(context, result), waitRemedy);
}

bool isJson(const HttpResponse& response) {
    const std::string type = response.mediaType();
    const bool json = type == "application/json" || (Poco::startsWith(type, std::string("application/")) &&
                                                     Poco::endsWith(type, std::string("+json")));
    return json && !json::parse(response.body).isEmpty();
}

Verdict success(const HttpResponse& response, const CallContext& context) {
    if (response.status == 204 || (response.status == 202 && response.body.empty()) || isJson(response)) {
        return {};
    }
    const std::string result = readErrorBody(response).isPage
                                   ? "a web page came back instead of Jira's answer, probably the login page "
                                     "of a single sign-on or a proxy"
                                   : "the answer is not one of Jira's";
    Verdict judged = open(context, response.status, result);
    judged.remedy += " If it stays, have the network checked for a proxy that intercepts this address.";
    return judged;
}

Verdict unauthorized(const HttpResponse& response, const ErrorBody& body, const CallContext& context) {
    // The gateway says it in English whatever the account's language; nothing else tells it from an old
    // token.
    if (Poco::toLower(response.body).find("scope does not match") != std::string::npos) {
        const std::string scope = context.scope.empty() ? "a scope" : "the scope " + context.scope;
        return verdict(
            Kind::ScopeMissing, 401,
            sentence(context, "Atlassian says that the connection was not given " + scope),
            "An admin must reconnect Jira and accept all permissions. If " + scope +
                " is not among them on the consent screen, the platform operator must add it to the "
                "OAuth app in Atlassian's developer console.");
    }
    return verdict(Kind::TokenRefused, 401,
                   sentence(context, withWords("the connection's token was not accepted (401)", body)),
                   "An admin must reconnect Jira.");
}

Verdict forbidden(const HttpResponse& response, const ErrorBody& body, const CallContext& context) {
    if (response.header("X-Authentication-Denied-Reason").find("CAPTCHA_CHALLENGE") != std::string::npos) {
        return verdict(Kind::Refusal, 403,
                       sentence(context, "Jira asks this account to solve a CAPTCHA first"),
                       "Log in to Jira once in a browser with the connected account, then try again.");
    }
    if (Poco::toLower(response.body.substr(0, 512)).find("xsrf check failed") != std::string::npos) {
        return verdict(
            Kind::Refusal, 403, sentence(context, "Jira's XSRF check refused the request"),
            "A proxy probably changes the User-Agent or Origin header; have it leave requests to Jira "
            "unchanged.");
    }
    Verdict result =
        verdict(Kind::Refusal, 403, sentence(context, withWords("Jira does not allow it (403)", body)),
                remedyFor(403, body.fields, context.topic));
    result.fields = body.fields;
    return result;
}

Verdict tooMany(const HttpResponse& response, const CallContext& context) {
    const std::string reason = response.header("RateLimit-Reason");
    std::string what = "Jira asks to slow down (429)";
    if (Poco::startsWith(reason, std::string("jira-quota-global"))) {
        what = "this app has used up its hourly quota at Atlassian (429)";
    } else if (Poco::startsWith(reason, std::string("jira-quota")) || reason == "jira-cost-based") {
        what = "the hourly quota of this Jira site is used up (429)";
    } else if (reason == "jira-per-issue-on-write") {
        what = "one issue was written to too often (429)";
    }
    Verdict result = verdict(Kind::RetryLater, 429, sentence(context, what), waitRemedy);
    result.retryAfterMs = retryAfterMs(response, context.nowMs);
    return result;
}

Verdict unavailable(const HttpResponse& response, const ErrorBody& body, const CallContext& context) {
    Verdict result = open(context, response.status,
                          withWords("the server failed (" + std::to_string(response.status) + ")", body));
    result.retryAfterMs = retryAfterMs(response, context.nowMs);
    return result;
}

bool writesToIssue(Topic topic) {
    return topic == Topic::Comment || topic == Topic::Transition || topic == Topic::Edit;
}

/// Somebody wrote to the issue at the same moment; Jira did nothing.
Verdict conflict(const ErrorBody& body, const CallContext& context) {
    return verdict(
        Kind::RetryLater, 409,
        sentence(context, withWords("somebody else changed the same ticket at that moment (409)", body)),
        waitRemedy);
}

Verdict refusal(const HttpResponse& response, const ErrorBody& body, const CallContext& context) {
    const std::string status = std::to_string(response.status);
    const std::string result = response.status == 404
                                   ? "Jira does not know it, or hides it from the connected account (404)"
                                   : "Jira refused (" + status + ")";
    Verdict judged = verdict(Kind::Refusal, response.status, sentence(context, withWords(result, body)),
                             remedyFor(response.status, body.fields, context.topic));
    judged.fields = body.fields;
    return judged;
}

} // namespace

Verdict classify(const HttpResponse& response, const CallContext& context) {
    const int status = response.status;
    if (status >= 200 && status < 300) {
        return success(response, context);
    }
    if (status < 400) {
        return verdict(Kind::RetryLater, status,
                       sentence(context, "the answer leads elsewhere (" + std::to_string(status) +
                                             "), as a login page or a moved address does"),
                       "Check the address of Jira, and whether a proxy or single sign-on intercepts it.");
    }
    const ErrorBody body = readErrorBody(response);
    switch (status) {
    case 401:
        return unauthorized(response, body, context);
    case 403:
        return forbidden(response, body, context);
    case 429:
        return tooMany(response, context);
    case 409:
        return writesToIssue(context.topic) ? conflict(body, context) : refusal(response, body, context);
    case 408:
        return unavailable(response, body, context);
    default:
        return status >= 500 ? unavailable(response, body, context) : refusal(response, body, context);
    }
}

Verdict classify(const TransportError& error, const CallContext& context) {
    std::string cause = error.what();
    while (!cause.empty() && cause.back() == '.') {
        cause.pop_back();
    }
    if (!error.requestLeft()) {
        return verdict(Kind::RetryLater, 0, sentence(context, cause), error.remedy());
    }
    return open(context, 0, cause);
}

void throwUnlessSuccess(const Verdict& verdict) {
    switch (verdict.kind) {
    case Kind::Success:
        return;
    case Kind::TokenRefused:
    case Kind::ScopeMissing:
        throw ReconnectNeeded(verdict.message, verdict.remedy);
    case Kind::RetryLater:
        throw RetryLater(verdict.message, verdict.remedy, verdict.retryAfterMs);
    case Kind::UnknownOutcome:
        throw UnknownOutcome(verdict.message, verdict.remedy);
    case Kind::Refusal:
        throw Refusal(verdict.status, verdict.message, verdict.remedy, verdict.fields);
    }
}

} // namespace jira_plugin::jira
