#include "resolve.hpp"

#include "kill_point.hpp"
#include "transport.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/NetException.h>

namespace jira_plugin::jira {
namespace {

using Kind = TransportError::Kind;

/// A literal address stands for itself: Poco would look its name up first.
std::vector<Poco::Net::IPAddress> addressesOf(const std::string& host) {
    if (isMissing("dns")) {
        throw Poco::Net::DNSException("no answer");
    }
    Poco::Net::IPAddress literal;
    if (Poco::Net::IPAddress::tryParse(host, literal)) {
        return {literal};
    }
    return Poco::Net::DNS::hostByName(host).addresses();
}

void requireAllowed(const std::string& host, const Poco::Net::IPAddress& address, bool mayBePrivate) {
    const AddressClass kind = classify(address);
    if (kind == AddressClass::Refused) {
        throw TransportError(Kind::Policy, false,
                             "The address " + host + " leads to " + address.toString() +
                                 ", which is link-local, reserved or a cloud's metadata service.",
                             "Enter the address under which people open Jira.");
    }
    if (kind == AddressClass::Private && !mayBePrivate) {
        throw TransportError(
            Kind::Policy, false,
            "The address " + host + " leads to " + address.toString() + ", which is in a private network.",
            "The platform operator can allow private networks with jira.network.allow_private.");
    }
}

} // namespace

std::vector<Poco::Net::SocketAddress> resolveAllowed(const Endpoint& endpoint, bool mayBePrivate) {
    std::vector<Poco::Net::SocketAddress> addresses;
    try {
        for (const auto& address : addressesOf(endpoint.host)) {
            requireAllowed(endpoint.host, address, mayBePrivate);
            addresses.emplace_back(address, endpoint.port);
        }
    } catch (const Poco::Exception&) {
        throw TransportError(Kind::Dns, false, "The name " + endpoint.host + " cannot be resolved.",
                             "Check the spelling of the address and the name service of this platform.");
    }
    return addresses;
}

} // namespace jira_plugin::jira
