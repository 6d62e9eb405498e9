#include "token_answer.hpp"

#include "encoding.hpp"

#include <algorithm>

#include <Poco/NumberParser.h>
#include <Poco/String.h>

namespace jira_plugin::oauth1 {
namespace {

using connection::Secret;

/// A number of seconds; nothing for what is none, or so large that it cannot be meant.
std::optional<std::int64_t> milliseconds(const std::string& text) {
    constexpr std::int64_t most = 100LL * 366 * 24 * 3600;
    Poco::Int64 seconds = 0;
    if (!Poco::NumberParser::tryParse64(text, seconds) || seconds <= 0)
        return std::nullopt;
    return std::min<std::int64_t>(seconds, most) * 1000;
}

/// A page can hold anything, also something that looks like a token.
bool isPage(const jira::HttpResponse& response, const std::string& body) {
    return response.mediaType() == "text/html" || body.empty() || body.front() == '<' || body.front() == '{';
}

} // namespace

std::optional<Token> readToken(const jira::HttpResponse& response) {
    const std::string body = Poco::trim(response.body);
    if (response.status < 200 || response.status > 299 || isPage(response, body))
        return std::nullopt;
    const Parameters values = parseForm(body);
    if (valueOf(values, "oauth_token").empty())
        return std::nullopt;
    Token token;
    token.token = Secret(valueOf(values, "oauth_token"));
    token.secret = Secret(valueOf(values, "oauth_token_secret"));
    token.sessionHandle = Secret(valueOf(values, "oauth_session_handle"));
    token.lifetimeMs = milliseconds(valueOf(values, "oauth_expires_in"));
    token.renewableForMs = milliseconds(valueOf(values, "oauth_authorization_expires_in"));
    token.callbackConfirmed = valueOf(values, "oauth_callback_confirmed") == "true";
    return token;
}

} // namespace jira_plugin::oauth1
