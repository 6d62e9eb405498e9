#include "handshake.hpp"

namespace jira_plugin::oauth1 {
namespace {

std::string servlet(const std::string& baseUrl, const char* name) {
    return baseUrl + "/plugins/servlet/oauth/" + name;
}

/// Jira's servlets take an empty form; without a content type some proxies refuse the POST.
HandshakeRequest post(const std::string& url, Parameters parameters) {
    jira::HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.contentType = "application/x-www-form-urlencoded";
    return {std::move(request), std::move(parameters)};
}

} // namespace

HandshakeRequest requestTokenRequest(const std::string& baseUrl, const std::string& callback) {
    return post(servlet(baseUrl, "request-token"), {{"oauth_callback", callback}});
}

std::string authorizeUrl(const std::string& baseUrl, const std::string& requestToken) {
    return servlet(baseUrl, "authorize") + "?oauth_token=" + percentEncoded(requestToken);
}

ReturnedConsent readReturn(const std::string& query) {
    const Parameters values = parseForm(query);
    const std::string verifier = valueOf(values, "oauth_verifier");
    const bool declined = verifier == "denied" || valueOf(values, "oauth_problem") == "permission_denied";
    return {valueOf(values, "oauth_token"), declined ? std::string{} : verifier, declined};
}

HandshakeRequest accessTokenRequest(const std::string& baseUrl, const std::string& requestToken,
                                    const std::string& verifier) {
    return post(servlet(baseUrl, "access-token"),
                {{"oauth_token", requestToken}, {"oauth_verifier", verifier}});
}

HandshakeRequest renewalRequest(const std::string& baseUrl, const connection::Secret& accessToken,
                                const connection::Secret& sessionHandle) {
    return post(servlet(baseUrl, "access-token"),
                {{"oauth_token", accessToken.reveal()}, {"oauth_session_handle", sessionHandle.reveal()}});
}

} // namespace jira_plugin::oauth1
