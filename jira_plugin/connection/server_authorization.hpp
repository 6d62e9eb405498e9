#pragma once

#include "auth_outcome.hpp"
#include "connection_store.hpp"
#include "request_token_store.hpp"
#include "server_handshake.hpp"
#include "server_keys.hpp"
#include "server_probe.hpp"

#include "oauth1/token_answer.hpp"

#include <map>
#include <string>

namespace jira_plugin::connection {

struct Context;

/// The path of the OAuth 1.0a callback below the settings page.
constexpr const char* serverCallbackPath = "/oauth1/callback";

/// A Jira that passed all checks, and where its user allows the access.
struct VerifiedServer {
    std::string authorizeUrl;
    std::string version;
};

/// The way from an application link to a connection with Jira Data Center. Safe from any thread.
class ServerAuthorization {
public:
    explicit ServerAuthorization(Context& context) : _context(context), _keys(context) {}

    ServerKeys& keys() { return _keys; }

    /// Checks the Jira at this address and the link in it, up to a request token for this user. Throws
    /// ServerProblem, jira::NotConfigured.
    VerifiedServer verify(const std::string& organisation, const std::string& user,
                          const std::string& address);

    /// query: the decoded parameters of the callback. Never throws for what Jira or the user did.
    AuthResult finish(const std::string& organisation, const std::string& user,
                      const std::map<std::string, std::string>& query);

private:
    void requireNoOther(const std::string& organisation, const ServerFacts& facts);
    oauth1::Token requestToken(const std::string& organisation, const ServerFacts& facts);
    AuthResult exchange(const std::string& organisation, const std::string& user, const RequestToken& pending,
                        const std::string& verifier);
    AuthResult connect(const std::string& organisation, const std::string& user, const RequestToken& pending,
                       const Identity& identity, const oauth1::Token& token);
    AuthResult store(ConnectionRecord record, const RequestToken& pending, bool hasProjects);
    void announce(const ConnectionRecord& record);

    Context& _context;
    ServerKeys _keys;
};

} // namespace jira_plugin::connection
