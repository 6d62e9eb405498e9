#pragma once

#include "address_policy.hpp"

#include <vector>

#include <Poco/Net/SocketAddress.h>

namespace jira_plugin::jira {

/// The addresses of a server, each of them checked: link-local, reserved and metadata addresses are always
/// refused, private ones unless mayBePrivate. Waits as long as the system's name service does. Throws
/// TransportError of kind Policy or Dns.
std::vector<Poco::Net::SocketAddress> resolveAllowed(const Endpoint& endpoint, bool mayBePrivate);

} // namespace jira_plugin::jira
