#pragma once

#include <string>

#include "http/exchange.hpp"
#include "world/oauth1.hpp"

/// OAuth 1.0a on the wire: RFC 5849, sections 3.4 and 3.5.
namespace jira_sim::oauth1 {

/// Section 3.6: all but the unreserved characters, upper-case hex.
std::string encode(std::string_view text);
/// `a=b&c=d`, the answers of the provider.
std::string form(const NameValues& values);
/// Section 3.4.1.2 for an origin of our own: scheme and host in lower case, no default port, no query.
std::string baseUri(const std::string& origin, const std::string& path);
/// Section 3.4.1. `parameters` are decoded; `oauth_signature` is left out here.
std::string baseString(const std::string& method, const std::string& uri, const NameValues& parameters);
/// The name-value pairs of an `Authorization: OAuth` header, without realm.
NameValues headerParameters(const std::string& authorization);
/// The whole message. `origin` is the server's idea of its own scheme, host and port.
SignedMessage read(const Request& request, const std::string& origin);
bool isPresent(const Request& request);

} // namespace jira_sim::oauth1
