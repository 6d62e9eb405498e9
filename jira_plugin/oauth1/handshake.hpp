#pragma once

#include "encoding.hpp"

#include "connection/secret.hpp"
#include "jira/transport.hpp"

#include <string>

/// The three steps of an authorisation, and its renewal. Source:
/// developer.atlassian.com/server/jira/platform/oauth
namespace jira_plugin::oauth1 {

/// A request yet to be signed, and the protocol parameters that belong to it.
struct HandshakeRequest {
    jira::HttpRequest request;
    Parameters parameters;
};

/// baseUrl: Jira's own, with its context path, without '/' at the end. callback: where Jira sends the
/// browser back to.
HandshakeRequest requestTokenRequest(const std::string& baseUrl, const std::string& callback);

/// Where the user's browser goes to allow the access.
std::string authorizeUrl(const std::string& baseUrl, const std::string& requestToken);

/// What Jira sends the browser back with.
struct ReturnedConsent {
    std::string requestToken;
    std::string verifier;  ///< empty when Jira sent none
    bool declined = false; ///< the user clicked Deny
};

ReturnedConsent readReturn(const std::string& query);

HandshakeRequest accessTokenRequest(const std::string& baseUrl, const std::string& requestToken,
                                    const std::string& verifier);

/// Renews an access token with the session handle that came with it.
HandshakeRequest renewalRequest(const std::string& baseUrl, const connection::Secret& accessToken,
                                const connection::Secret& sessionHandle);

} // namespace jira_plugin::oauth1
