#pragma once

#include "cloud_app.hpp"
#include "jira/transport.hpp"
#include "secret.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// The messages of OAuth 2.0 (3LO) as Atlassian speaks it, as pure functions.
/// Source: developer.atlassian.com, "OAuth 2.0 (3LO) apps"; RFC 6749.
namespace jira_plugin::connection {

/// Tokens as the token endpoint hands them out.
struct Grant {
    Secret accessToken;
    Secret refreshToken; ///< empty without offline_access
    std::int64_t lifetimeMs = 0;
    std::vector<std::string> scopes; ///< empty when the answer does not say
};

/// A site that a grant reaches.
struct Site {
    std::string id; ///< cloud id: the identity, since name and address can be changed
    std::string name;
    std::string url;
    std::vector<std::string> scopes;
};

/// What the token endpoint answered.
struct TokenAnswer {
    enum class Kind {
        Granted,
        GrantRefused,  ///< the code or refresh token is used up, expired or revoked
        ClientRefused, ///< wrong client id or secret: the operator's to mend
        Later,         ///< 429, 5xx or no answer; the same token may be used again
        Unreadable     ///< neither of these, e.g. a proxy's page
    };
    Kind kind = Kind::Unreadable;
    Grant grant;
    std::string words; ///< Atlassian's or the network's, for a message
    std::int64_t retryAfterMs = 0;
    std::string
        clocks; ///< both times, when they explain the failure: this platform's and the server's differ
};

/// Where the browser goes for consent.
std::string authorizeUrl(const CloudApp& app, const std::string& state);

std::string exchangeBody(const CloudApp& app, const std::string& code);
std::string refreshBody(const CloudApp& app, const Secret& refreshToken);

TokenAnswer readTokenAnswer(const jira::HttpResponse& response, std::int64_t nowMs);

/// The Jira sites of an accessible-resources answer, each once. The list has an element per product, so those
/// without a Jira scope are left out.
std::vector<Site> readSites(const std::string& body);

} // namespace jira_plugin::connection
