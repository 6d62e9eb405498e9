#include "server_call.hpp"

#include "error_body.hpp"
#include "errors.hpp"

#include "oauth1/causes.hpp"
#include "oauth1/problem.hpp"

#include <Poco/String.h>

namespace jira_plugin::jira {
namespace {

using oauth1::Reason;

/// The problem that Jira names instead of carrying a request out. A JSON body is Jira's answer to a request
/// that it did read, and may hold anybody's words.
bool namesProblem(const HttpResponse& response) {
    if (response.status < 400) {
        return false;
    }
    HttpResponse read = response;
    if (read.mediaType() == "application/json") {
        read.body.clear();
    }
    return oauth1::readProblem(read).has_value();
}

/// Neither the link nor the token is at fault: it may pass, or somebody between mends it.
bool mayPass(Reason reason) {
    switch (reason) {
    case Reason::ClockSkew:
    case Reason::NonceUsed:
    case Reason::RequestAltered:
    case Reason::ParameterAbsent:
    case Reason::ParameterRejected:
    case Reason::Refused:
    case Reason::LoginPage:
    case Reason::Captcha:
    case Reason::ServerError:
    case Reason::Unknown:
        return true;
    default:
        return false;
    }
}

bool asksForCaptcha(const HttpResponse& response) {
    return Poco::toUpper(response.header("X-Authentication-Denied-Reason")).find("CAPTCHA") == 0 ||
           Poco::toUpper(response.header("X-Seraph-LoginReason")).find("AUTHENTICATION_DENIED") == 0;
}

/// A page that Jira did not write about our login: somebody stands before Jira.
bool isForeignPage(const HttpResponse& response) {
    return readErrorBody(response).isPage && response.header("X-Seraph-LoginReason").empty();
}

} // namespace

ServerCall::ServerCall(std::shared_ptr<Transport> transport, std::shared_ptr<RequestSigner> signer,
                       ServerSite site, std::function<std::int64_t()> nowMs)
    : RestCall(std::move(transport), site.siteUrl, std::move(nowMs)), _signer(std::move(signer)),
      _site(std::move(site)) {}

std::string ServerCall::about(const CallRequest& request, const std::string& result) const {
    return "Trying to " + request.what + " on " + siteName() + ": " + result;
}

ServerCall::Attempt ServerCall::attempt(const CallRequest& request, RequestSigner* signer) const {
    HttpRequest http;
    http.method = request.method;
    http.url = _site.baseUrl + (request.root.empty() ? "/rest/api/2" : request.root) + request.path;
    if (!request.body.empty()) {
        http.contentType = "application/json";
        http.body = request.body;
    }
    Attempt made;
    if (signer != nullptr) {
        made.signature = signer->sign(http, _clockOffsetMs);
        http.headers.emplace_back("Authorization", made.signature.authorization);
    }
    made.response = transmit(http, request);
    made.refused = refusalOf(made.response, made.signature);
    return made;
}

std::optional<oauth1::Explanation> ServerCall::refusalOf(const HttpResponse& response,
                                                         const oauth1::Signature& signature) const {
    if (!_signer || asksForCaptcha(response) || !namesProblem(response)) {
        return std::nullopt;
    }
    oauth1::Circumstances known;
    known.baseUrl = _site.baseUrl;
    known.jiraBaseUrl = _site.siteUrl;
    known.consumerKey = _signer->consumerKey();
    known.baseString = signature.baseString;
    known.nowMs = nowMs();
    return oauth1::explain(response, known);
}

bool ServerCall::canSignAgain(const Attempt& made) {
    switch (made.refused->first().reason) {
    case Reason::ClockSkew:
        if (made.refused->clockOffsetMs != 0) {
            _clockOffsetMs = made.refused->clockOffsetMs;
        }
        return true;
    case Reason::NonceUsed:
        return true;
    case Reason::TokenExpired:
        return _signer->renewAfter(made.signature);
    default:
        return false;
    }
}

/// Jira checks the signature before it does anything, so even a call that creates may be made again. Once: no
/// loop.
ServerCall::Attempt ServerCall::attemptAgain(const CallRequest& request, Attempt made) {
    if (made.refused->first().reason == Reason::KeyDiffers) {
        return attemptWithOther(request, std::move(made));
    }
    return canSignAgain(made) ? attempt(request, _signer.get()) : std::move(made);
}

/// When Jira has neither key, what it said of the first one stands.
ServerCall::Attempt ServerCall::attemptWithOther(const CallRequest& request, Attempt made) const {
    const auto other = _signer->other(made.signature);
    if (!other) {
        return made;
    }
    Attempt again = attempt(request, other.get());
    if (again.refused && again.refused->first().reason == Reason::KeyDiffers) {
        return made;
    }
    if (again.response.status < 300) {
        other->taken();
    }
    return again;
}

HttpResponse ServerCall::send(const CallRequest& request) {
    Attempt made = attempt(request, _signer.get());
    if (made.refused) {
        made = attemptAgain(request, std::move(made));
    }
    requireNoCaptcha(made.response, request);
    if (made.refused) {
        throwRefused(made.refused->first(), request);
    }
    if (made.response.status == 401 && !request.expects(401)) {
        throwUnauthorized(made.response, request);
    }
    requireJira(made.response, request);
    throwUnlessSuccess(judge(made.response, request));
    return std::move(made.response);
}

void ServerCall::throwFor(const HttpResponse& response, const CallRequest& request) const {
    requireNoCaptcha(response, request);
    RestCall::throwFor(response, request);
}

/// With it Jira drops the login, whatever the status; everything else may be carried out for nobody.
void ServerCall::requireNoCaptcha(const HttpResponse& response, const CallRequest& request) const {
    if (!asksForCaptcha(response)) {
        return;
    }
    const auto cause = oauth1::causeOf(Reason::Captcha);
    if (mustNotRepeat(request.effect) && response.status < 300) {
        throw UnknownOutcome(about(request, cause.cause), cause.fix);
    }
    throw RetryLater(about(request, cause.cause), cause.fix, 0);
}

/// Jira's own 404 is JSON. A page comes from a servlet container in which Jira has not started yet, or from a
/// proxy: it says nothing about what was asked for.
void ServerCall::requireJira(const HttpResponse& response, const CallRequest& request) const {
    if (response.status == 404 && readErrorBody(response).isPage) {
        throw RetryLater(about(request, "a web page came back in place of Jira's answer (404)."),
                         "It is tried again by itself. If it stays, check that Jira is running and that its "
                         "base URL is still " +
                             _site.baseUrl + ".",
                         0);
    }
}

/// A proxy that writes addresses in another way breaks the signatures of the odd ones only: that must not end
/// a connection.
bool ServerCall::isRefusedInGeneral(const oauth1::Cause& cause) const {
    if (cause.reason != Reason::KeyDiffers && cause.reason != Reason::BaseUrlDiffers &&
        cause.reason != Reason::KeyUnreadable) {
        return true;
    }
    CallRequest plain;
    plain.path = "/myself";
    plain.what = "see whether Jira accepts signatures";
    return attempt(plain, _signer.get()).refused.has_value();
}

void ServerCall::throwRefused(const oauth1::Cause& cause, const CallRequest& request) const {
    if (!mayPass(cause.reason) && !isRefusedInGeneral(cause)) {
        const auto altered = oauth1::causeOf(Reason::RequestAltered);
        throw RetryLater(about(request, altered.cause), altered.fix, 0);
    }
    if (mayPass(cause.reason)) {
        throw RetryLater(about(request, cause.cause), cause.fix, 0);
    }
    giveUp(about(request, cause.cause), cause.fix);
}

void ServerCall::throwUnauthorized(const HttpResponse& response, const CallRequest& request) const {
    if (isForeignPage(response)) {
        const auto cause = oauth1::causeOf(Reason::LoginPage, "HTTP 401");
        throw RetryLater(about(request, cause.cause), cause.fix, 0);
    }
    if (!_signer) {
        throw Refusal(401, about(request, "Jira wants a login for it (401)."),
                      "Connect Jira first; then it is asked for with a signature.", {});
    }
    giveUp(
        about(request, "Jira did not take the request for one of the connected user (401)."),
        "An admin must reconnect Jira. If it stays, ask your network administrator whether a proxy between "
        "this platform and Jira removes the Authorization header.");
}

void ServerCall::giveUp(const std::string& message, const std::string& remedy) const {
    _signer->giveUp(message, remedy);
    throw ReconnectNeeded(message, remedy);
}

} // namespace jira_plugin::jira
