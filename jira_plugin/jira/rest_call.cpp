#include "rest_call.hpp"

#include "address_policy.hpp"
#include "errors.hpp"
#include "json.hpp"

#include <stdexcept>

namespace jira_plugin::jira {
namespace {

std::string hostOf(const std::string& url) {
    try {
        return parseUrl(url).authority();
    } catch (const std::invalid_argument&) {
        return url;
    }
}

} // namespace

RestCall::RestCall(std::shared_ptr<Transport> transport, const std::string& siteUrl,
                   std::function<std::int64_t()> nowMs)
    : _transport(std::move(transport)), _siteName(hostOf(siteUrl)), _nowMs(std::move(nowMs)) {}

CallContext RestCall::contextOf(const CallRequest& request) const {
    return {request.what, _siteName, request.scope, request.effect, _nowMs(), request.topic};
}

HttpResponse RestCall::transmit(const HttpRequest& http, const CallRequest& request) const {
    try {
        return _transport->send(http);
    } catch (const TransportError& error) {
        const Verdict verdict = classify(error, contextOf(request));
        if (error.kind() == TransportError::Kind::TooLarge && verdict.kind == Verdict::Kind::RetryLater) {
            throw AnswerTooLarge(verdict.message, verdict.remedy, verdict.retryAfterMs);
        }
        throwUnlessSuccess(verdict);
        throw;
    }
}

Verdict RestCall::judge(const HttpResponse& response, const CallRequest& request) const {
    const bool done =
        request.answersNothing && response.body.empty() && response.status >= 200 && response.status < 300;
    return request.expects(response.status) || done ? Verdict() : classify(response, contextOf(request));
}

void RestCall::throwFor(const HttpResponse& response, const CallRequest& request) const {
    throwUnlessSuccess(classify(response, contextOf(request)));
}

Poco::JSON::Object::Ptr RestCall::object(const CallRequest& request) {
    auto object = json::parseObject(send(request).body);
    if (!object) {
        throwUnreadable(request);
    }
    return object;
}

Poco::JSON::Array::Ptr RestCall::array(const CallRequest& request) {
    auto array = json::parseArray(send(request).body);
    if (!array) {
        throwUnreadable(request);
    }
    return array;
}

void RestCall::throwUnreadable(const CallRequest& request) const {
    const std::string message =
        "Trying to " + request.what + " on " + _siteName + ": the answer does not have the documented shape.";
    if (mustNotRepeat(request.effect)) {
        throw UnknownOutcome(message, lookUpRemedyFor(request.topic));
    }
    throw RetryLater(message, "It is tried again by itself. If it stays, update the Jira plugin.", 0);
}

} // namespace jira_plugin::jira
