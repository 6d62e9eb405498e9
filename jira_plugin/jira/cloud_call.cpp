#include "cloud_call.hpp"

#include "address_policy.hpp"
#include "errors.hpp"
#include "json.hpp"

#include <algorithm>

#include <Poco/URI.h>

namespace jira_plugin::jira {
namespace {

std::string percentEncoded(const std::string& text) {
    std::string encoded;
    Poco::URI::encode(text, "!#$&'()*+,/:;=?@[]%", encoded);
    return encoded;
}

std::string hostOf(const std::string& url) {
    try {
        return parseUrl(url).authority();
    } catch (const std::invalid_argument&) {
        return url;
    }
}

} // namespace

std::string queryString(const std::vector<std::pair<std::string, std::string>>& parameters) {
    std::string query;
    for (const auto& [name, value] : parameters) {
        if (!value.empty()) {
            query += (query.empty() ? "?" : "&") + name + "=" + percentEncoded(value);
        }
    }
    return query;
}

std::string segment(const std::string& text) {
    return percentEncoded(text);
}

CloudCall::CloudCall(std::shared_ptr<Transport> transport, std::shared_ptr<TokenSource> tokens,
                     CloudSite site, std::function<std::int64_t()> nowMs)
    : _transport(std::move(transport)), _tokens(std::move(tokens)), _site(std::move(site)),
      _siteName(hostOf(_site.siteUrl)), _nowMs(std::move(nowMs)) {}

CallContext CloudCall::contextOf(const CallRequest& request) const {
    return {request.what, _siteName, request.scope, request.effect, _nowMs()};
}

HttpResponse CloudCall::sendWith(const std::string& token, const CallRequest& request) const {
    HttpRequest http;
    http.method = request.method;
    http.url = _site.apiUrl + "/ex/jira/" + segment(_site.cloudId) + "/rest/api/3" + request.path;
    http.headers.emplace_back("Authorization", "Bearer " + token);
    http.operatorAddress = true;
    if (!request.body.empty()) {
        http.contentType = "application/json";
        http.body = request.body;
    }
    try {
        return _transport->send(http);
    } catch (const TransportError& error) {
        throwUnlessSuccess(classify(error, contextOf(request)));
        throw;
    }
}

Verdict CloudCall::judge(const HttpResponse& response, const CallRequest& request) const {
    const bool expected = std::find(request.expected.begin(), request.expected.end(), response.status) !=
                          request.expected.end();
    return expected ? Verdict() : classify(response, contextOf(request));
}

HttpResponse CloudCall::send(const CallRequest& request) {
    const std::string token = _tokens->token();
    HttpResponse response = sendWith(token, request);
    Verdict verdict = judge(response, request);
    if (verdict.kind == Verdict::Kind::TokenRefused) {
        // A refused token did nothing, so even a call that creates may be made again. Once: no loop.
        response = sendWith(_tokens->tokenAfter(token), request);
        verdict = judge(response, request);
    }
    if (verdict.kind == Verdict::Kind::TokenRefused || verdict.kind == Verdict::Kind::ScopeMissing) {
        _tokens->giveUp(verdict.message, verdict.remedy);
    }
    throwUnlessSuccess(verdict);
    return response;
}

void CloudCall::throwFor(const HttpResponse& response, const CallRequest& request) const {
    throwUnlessSuccess(classify(response, contextOf(request)));
}

Poco::JSON::Object::Ptr CloudCall::object(const CallRequest& request) {
    auto object = json::parseObject(send(request).body);
    if (!object) {
        throwUnreadable(request);
    }
    return object;
}

void CloudCall::throwUnreadable(const CallRequest& request) const {
    const std::string message =
        "Trying to " + request.what + " on " + _siteName + ": the answer does not have the documented shape.";
    if (request.effect == Effect::Creates) {
        throw UnknownOutcome(message,
                             "Nothing to do: Jira is searched for the ticket before anything is sent again.");
    }
    throw RetryLater(message, "It is tried again by itself. If it stays, update the Jira plugin.", 0);
}

} // namespace jira_plugin::jira
