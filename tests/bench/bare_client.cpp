#include "bare_client.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <atomic>
#include <future>
#include <stdexcept>

namespace bench {

using namespace test_support;

namespace {

const std::string redirectUri = "http://127.0.0.1:1/oauth/callback"; // nobody is sent there

std::string accessToken(const Simulator& jira) {
    const std::string url = jira.url() +
                            "/authorize?audience=api.atlassian.com&client_id=sim-client&"
                            "scope=read%3Ajira-work%20write%3Ajira-work&state=bench&response_type=code&"
                            "prompt=consent&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Foauth%2Fcallback";
    const auto consent =
        jira.control("POST", "/_sim/consent", R"({"decision":"accept","url":)" + quoted(url) + "}");
    const auto answer = jira.browser().post(
        "/oauth/token",
        R"({"grant_type":"authorization_code","client_id":"sim-client","client_secret":"sim-secret","code":)" +
            quoted(queryValue(consent["location"].text(), "code")) + R"(,"redirect_uri":)" +
            quoted(redirectUri) + "}");
    return answer.json()["access_token"].text();
}

} // namespace

BareClient::BareClient(const Simulator& jira, int connections)
    : _authorization("Bearer " + accessToken(jira)) {
    const Poco::URI uri(jira.url());
    const Poco::Net::Context::Ptr context =
        new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", "", jira.caFile().string(),
                               Poco::Net::Context::VERIFY_STRICT, 9, false);
    for (int i = 0; i < connections; ++i) {
        auto session = std::make_unique<Session>(uri.getHost(), uri.getPort(), context);
        session->setKeepAlive(true);
        _sessions.push_back(std::move(session));
    }
}

void BareClient::send(Session& session, const Recorded& request) const {
    Poco::Net::HTTPRequest head("POST", request.path, Poco::Net::HTTPMessage::HTTP_1_1);
    head.set("Authorization", _authorization);
    head.setContentType("application/json");
    head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
    session.sendRequest(head).write(request.body.data(), static_cast<std::streamsize>(request.body.size()));
    Poco::Net::HTTPResponse answer;
    std::string body;
    Poco::StreamCopier::copyToString(session.receiveResponse(answer), body);
    if (answer.getStatus() != Poco::Net::HTTPResponse::HTTP_CREATED) {
        throw std::runtime_error("The bare client was answered " + std::to_string(answer.getStatus()) + ": " +
                                 body);
    }
}

void BareClient::post(const std::vector<Recorded>& requests) {
    std::atomic<std::size_t> next{0};
    std::vector<std::future<void>> lanes;
    for (auto& session : _sessions) {
        lanes.push_back(std::async(std::launch::async, [&, used = session.get()] {
            for (auto at = next++; at < requests.size(); at = next++) {
                send(*used, requests[at]);
            }
        }));
    }
    for (auto& lane : lanes) {
        lane.get();
    }
}

} // namespace bench
