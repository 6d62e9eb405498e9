#pragma once

#include "connection/secret.hpp"
#include "jira/transport.hpp"

#include <cstdint>
#include <optional>

namespace jira_plugin::oauth1 {

/// A request token or an access token as Jira hands it out.
struct Token {
    connection::Secret token;
    connection::Secret secret;                  ///< plays no part in RSA signatures, but belongs to the token
    connection::Secret sessionHandle;           ///< renews an access token; empty for a request token
    std::optional<std::int64_t> lifetimeMs;     ///< of the access token; nothing when Jira does not say
    std::optional<std::int64_t> renewableForMs; ///< how long the session handle is good
    bool callbackConfirmed = false;             ///< Jira will send the browser to our callback
};

/// Nothing when the answer is not a token: then explain() says what it is.
std::optional<Token> readToken(const jira::HttpResponse& response);

} // namespace jira_plugin::oauth1
