#pragma once

#include <string>

namespace Poco::Net {
class IPAddress;
}

namespace jira_plugin::jira {

/// What an address is to somebody who must not be led into the operator's network.
enum class AddressClass {
    Public,
    Private, ///< RFC 1918, shared (RFC 6598), unique local (RFC 4193), loopback
    Refused  ///< link-local, cloud metadata, unspecified, multicast, reserved
};

/// Looks through IPv4-mapped (::ffff:0:0/96), IPv4-compatible, NAT64 (64:ff9b::/96) and 6to4 (2002::/16)
/// addresses at the IPv4 address inside.
AddressClass classify(const Poco::Net::IPAddress& address);

/// An absolute URL taken apart.
struct Endpoint {
    bool tls = true;
    std::string host; ///< without brackets
    unsigned short port = 443;
    std::string path; ///< as written, with the query when there is one; may be empty

    std::string authority() const; ///< for a Host header and for messages
};

/// Takes an absolute http or https URL apart. Throws std::invalid_argument with a sentence: no scheme, no
/// host, a user name in it, a fragment, another scheme.
Endpoint parseUrl(const std::string& url);

/// The same URL without '/' at its end, so that paths can be appended. Throws as parseUrl.
std::string normalisedBaseUrl(const std::string& url);

} // namespace jira_plugin::jira
