#pragma once

#include <memory>
#include <string>

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPSClientSession.h>

#include "http/json.hpp"
#include "server.hpp"

namespace sim_test {

namespace json = jira_sim::json;

/// What came back. `json` is parsed when the media type says so.
struct Answer {
    int status = 0;
    std::string contentType, text;
    json::Value json;
    std::map<std::string, std::string> headers;

    json::ObjectPtr object() const { return json::asObject(json); }
    /// The value at a path like `fields.status.name` or `issues.0.key`; empty when there is none.
    json::Value at(const std::string& path) const;
    std::string textAt(const std::string& path) const;
};

const std::string allScopes = "read:jira-work write:jira-work read:jira-user offline_access";

/// A server of its own with an app that talks to it over TLS, verifying its certificate.
class Sim {
public:
    explicit Sim(jira_sim::Config config = {});

    jira_sim::Server server;
    std::string accessToken, refreshToken;

    /// One request; `headers` replace the defaults (JSON content type when there is a body). Throws
    /// Poco::Exception when the connection breaks.
    Answer request(const std::string& method, const std::string& path, const std::string& body = {},
                   const std::map<std::string, std::string>& headers = {});

    /// Goes through the consent and the code exchange as the first (or the named) account.
    void connect(const std::string& scopes = allScopes, const std::string& account = {},
                 const std::string& site = {});
    std::string authorizeUrl(const std::string& scopes = allScopes, const std::string& drop = {}) const;
    /// The consent's code, by way of the control API.
    std::string code(const std::string& scopes = allScopes, const std::string& account = {},
                     const std::string& site = {});
    Answer exchange(const std::string& code);
    Answer refresh(const std::string& token);

    /// Through the gateway with the access token; `path` below /rest/api/3.
    Answer api(const std::string& method, const std::string& path, const std::string& body = {});
    /// The control API.
    Answer sim(const std::string& method, const std::string& path, const std::string& body = {});
    Answer world(const std::string& body) { return sim("POST", "/world", body); }
    void fault(const std::string& spec) { server.addFault(spec); }

    std::string cloudId();
    std::string accountId(const std::string& displayName);
    /// Creates a bug in PAY with `fields` merged over the usual ones (a JSON object, null removes). Answers
    /// the whole answer.
    Answer create(const std::string& fields = "{}");
    /// Creates and answers the key; fails the test otherwise.
    std::string key(const std::string& fields = "{}");

private:
    Poco::Net::Context::Ptr _context;
    std::unique_ptr<Poco::Net::HTTPSClientSession> _session;
};

/// The URL with its query parameter's value, decoded; empty when absent.
std::string queryValue(const std::string& url, const std::string& name);
std::string errorOf(const Answer& answer, const std::string& field);

} // namespace sim_test
