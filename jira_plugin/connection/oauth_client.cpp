#include "oauth_client.hpp"

#include "host/services.hpp"
#include "jira/classify.hpp"
#include "jira/transport.hpp"

#include <openssl/crypto.h>

namespace jira_plugin::connection {
namespace {

void wipe(std::string& text) {
    OPENSSL_cleanse(text.data(), text.size());
}

} // namespace

TokenAnswer OAuthClient::post(const CloudApp& app, const std::string& body, bool& answerLost) {
    jira::HttpRequest request;
    request.method = "POST";
    request.url = app.authUrl + "/oauth/token";
    request.contentType = "application/json";
    request.body = body;
    request.operatorAddress = true;
    answerLost = false;
    TokenAnswer answer;
    try {
        jira::HttpResponse response = _transport->send(request);
        answer = readTokenAnswer(response, _clock.nowMs());
        wipe(response.body);
    } catch (const jira::TransportError& error) {
        answerLost = error.requestLeft() && error.kind() != jira::TransportError::Kind::Stopped;
        answer.kind = TokenAnswer::Kind::Later;
        answer.words = error.what();
        if (error.kind() == jira::TransportError::Kind::TlsTime) {
            answer.clocks = error.what();
        }
    }
    wipe(request.body);
    return answer;
}

TokenAnswer OAuthClient::exchange(const CloudApp& app, const std::string& code) {
    bool answerLost = false;
    std::string body = exchangeBody(app, code);
    TokenAnswer answer = post(app, body, answerLost);
    wipe(body);
    return answer;
}

TokenAnswer OAuthClient::refresh(const CloudApp& app, const Secret& refreshToken) {
    bool answerLost = false;
    std::string body = refreshBody(app, refreshToken);
    TokenAnswer answer = post(app, body, answerLost);
    if (answerLost) {
        answer = post(app, body, answerLost);
    }
    wipe(body);
    return answer;
}

std::vector<Site> OAuthClient::sites(const CloudApp& app, const Secret& accessToken) {
    jira::HttpRequest request;
    request.url = app.apiUrl + "/oauth/token/accessible-resources";
    request.headers.emplace_back("Authorization", "Bearer " + accessToken.reveal());
    request.operatorAddress = true;
    jira::CallContext context;
    context.what = "list the sites of the grant";
    context.site = app.apiUrl;
    context.nowMs = _clock.nowMs();
    try {
        const jira::HttpResponse response = _transport->send(request);
        jira::throwUnlessSuccess(jira::classify(response, context));
        return readSites(response.body);
    } catch (const jira::TransportError& error) {
        jira::throwUnlessSuccess(jira::classify(error, context));
        throw;
    }
}

} // namespace jira_plugin::connection
