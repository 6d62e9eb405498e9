#include "sim_client.hpp"

#include <stdexcept>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/NumberParser.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include "http/exchange.hpp"

namespace sim_test {

namespace {

const std::string redirectUri = "http://localhost:9999/oauth/callback";

struct Tls {
    Tls() { Poco::Net::initializeSSL(); }
    ~Tls() { Poco::Net::uninitializeSSL(); }
};

std::string quoted(const std::string& text) {
    return json::text(json::Value(text));
}

} // namespace

json::Value Answer::at(const std::string& path) const {
    json::Value value = json;
    for (const std::string& step : jira_sim::split(path, '.')) {
        unsigned index = 0;
        if (json::ArrayPtr array = json::asArray(value))
            value = Poco::NumberParser::tryParseUnsigned(step, index) && index < array->size()
                        ? array->get(index)
                        : json::Value();
        else
            value = json::member(json::asObject(value), step);
    }
    return value;
}

std::string Answer::textAt(const std::string& path) const {
    const json::Value value = at(path);
    return value.isEmpty() ? std::string() : json::asString(value).value_or(json::text(value));
}

Sim::Sim(jira_sim::Config config) : server(std::move(config)) {
    static const Tls tls;
    server.start();
    _context = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, server.caFile(),
                                      Poco::Net::Context::VERIFY_STRICT);
}

Answer Sim::request(const std::string& method, const std::string& path, const std::string& body,
                    const std::map<std::string, std::string>& headers) {
    if (!_session) {
        _session = std::make_unique<Poco::Net::HTTPSClientSession>("127.0.0.1", server.port(), _context);
        _session->setKeepAlive(true);
        _session->setTimeout(Poco::Timespan(20, 0));
    }
    try {
        Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
        if (!body.empty() || method == "POST" || method == "PUT")
            request.setContentLength(static_cast<std::streamsize>(body.size()));
        if (!body.empty())
            request.setContentType("application/json");
        for (const auto& [name, value] : headers)
            request.set(name, value);
        _session->sendRequest(request) << body;
        Poco::Net::HTTPResponse response;
        Answer answer;
        Poco::StreamCopier::copyToString(_session->receiveResponse(response), answer.text);
        answer.status = response.getStatus();
        answer.contentType = response.getContentType();
        for (const auto& header : response)
            answer.headers[header.first] = header.second;
        if (answer.contentType.find("json") != std::string::npos && !answer.text.empty())
            answer.json = json::parse(answer.text);
        const std::string length = response.get("Content-Length", "");
        if (!length.empty() && std::stoul(length) != answer.text.size())
            throw Poco::IOException("the answer is incomplete");
        return answer;
    } catch (...) {
        _session.reset();
        throw;
    }
}

std::string Sim::authorizeUrl(const std::string& scopes, const std::string& drop) const {
    std::string url = "/authorize";
    char joint = '?';
    for (const auto& [name, value] : std::map<std::string, std::string>{{"audience", "api.atlassian.com"},
                                                                        {"client_id", "sim-client"},
                                                                        {"scope", scopes},
                                                                        {"redirect_uri", redirectUri},
                                                                        {"state", "a state"},
                                                                        {"response_type", "code"},
                                                                        {"prompt", "consent"}}) {
        if (name == drop)
            continue;
        url += joint + name + "=" + jira_sim::percentEncode(value);
        joint = '&';
    }
    return url;
}

std::string Sim::code(const std::string& scopes, const std::string& account, const std::string& site) {
    const Answer answer = sim("POST", "/consent",
                              "{\"url\":" + quoted(server.url() + authorizeUrl(scopes)) +
                                  ",\"account\":" + quoted(account) + ",\"site\":" + quoted(site) + "}");
    return queryValue(answer.textAt("location"), "code");
}

Answer Sim::exchange(const std::string& code) {
    return request(
        "POST", "/oauth/token",
        R"({"grant_type":"authorization_code","client_id":"sim-client","client_secret":"sim-secret","code":)" +
            quoted(code) + ",\"redirect_uri\":" + quoted(redirectUri) + "}");
}

Answer Sim::refresh(const std::string& token) {
    return request(
        "POST", "/oauth/token",
        R"({"grant_type":"refresh_token","client_id":"sim-client","client_secret":"sim-secret","refresh_token":)" +
            quoted(token) + "}");
}

void Sim::connect(const std::string& scopes, const std::string& account, const std::string& site) {
    const Answer answer = exchange(code(scopes, account, site));
    if (answer.status != 200)
        throw std::runtime_error("connecting failed: " + answer.text);
    accessToken = answer.textAt("access_token");
    refreshToken = answer.textAt("refresh_token");
}

std::string Sim::cloudId() {
    return server.withWorld([](jira_sim::World& world) { return world.sites().front()->cloudId; });
}

std::string Sim::accountId(const std::string& displayName) {
    return server.withWorld([&](jira_sim::World& world) {
        for (const jira_sim::User& user : world.users())
            if (user.displayName == displayName)
                return user.accountId;
        return std::string();
    });
}

Answer Sim::api(const std::string& method, const std::string& path, const std::string& body) {
    if (accessToken.empty())
        connect();
    return request(method, "/ex/jira/" + cloudId() + "/rest/api/3" + path, body,
                   {{"Authorization", "Bearer " + accessToken}, {"Accept", "application/json"}});
}

Answer Sim::sim(const std::string& method, const std::string& path, const std::string& body) {
    return request(method, "/_sim" + path, body);
}

Answer Sim::create(const std::string& fields) {
    json::ObjectPtr all = json::object({{"project", json::object({{"key", "PAY"}})},
                                        {"issuetype", json::object({{"name", "Bug"}})},
                                        {"summary", "A finding"}});
    const json::Value given = json::parse(fields);
    for (const auto& [name, value] : *json::asObject(given))
        all->set(name, value);
    return api("POST", "/issue", json::text(json::object({{"fields", all}})));
}

std::string Sim::key(const std::string& fields) {
    const Answer answer = create(fields);
    if (answer.status != 201)
        throw std::runtime_error("creating failed: " + answer.text);
    return answer.textAt("key");
}

std::string queryValue(const std::string& url, const std::string& name) {
    for (const auto& [key, value] : Poco::URI(url).getQueryParameters())
        if (key == name)
            return value;
    return {};
}

std::string errorOf(const Answer& answer, const std::string& field) {
    return json::memberString(json::asObject(answer.at("errors")), field);
}

} // namespace sim_test
