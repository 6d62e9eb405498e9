#include "network_probe.hpp"

#include "jira/resolve.hpp"
#include "jira/tls_context.hpp"
#include "jira/watched_socket.hpp"

#include <algorithm>
#include <stdexcept>

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Net/SecureStreamSocketImpl.h>
#include <Poco/Net/X509Certificate.h>

namespace jira_plugin::diagnosis {
namespace {

using Kind = jira::TransportError::Kind;
constexpr std::chrono::seconds connectLimit{5};
constexpr std::chrono::seconds answerLimit{8};

jira::TransportOptions hurried(jira::TransportOptions options) {
    options.connectTimeout = std::min<std::chrono::milliseconds>(options.connectTimeout, connectLimit);
    options.timeout = std::min<std::chrono::milliseconds>(options.timeout, answerLimit);
    return options;
}

jira::Endpoint endpointOf(const std::string& url) {
    try {
        return jira::parseUrl(url);
    } catch (const std::invalid_argument& error) {
        throw jira::TransportError(Kind::Policy, false, error.what(), "Correct the address.");
    }
}

std::vector<Poco::Net::SocketAddress> resolved(const jira::Endpoint& endpoint) {
    return jira::resolveAllowed(endpoint, true); // the operator's own choice may be a private address
}

/// Throws again what a try to connect threw, as a TransportError.
[[noreturn]] void rethrowAsTransportError(const std::string& server) {
    const auto failure = [&](Kind kind, const std::string& cause) {
        return jira::TransportError(kind, false, "No connection to " + server + ": " + cause + ".",
                                    "Check that the server runs, and that a firewall lets this platform "
                                    "reach it.");
    };
    try {
        throw;
    } catch (const jira::WaitEnded& end) {
        throw end.why() == jira::Readiness::Stopped
            ? failure(Kind::Stopped, "this platform is stopping")
            : failure(Kind::Timeout,
                      "it did not answer within " + std::to_string(connectLimit.count()) + " seconds");
    } catch (const Poco::Exception& error) {
        throw failure(Kind::Connect, error.displayText());
    }
}

} // namespace

NetworkProbe::NetworkProbe(jira::TransportOptions options)
    : _tls(jira::makeTlsContext(options.caFile)), _transport(hurried(std::move(options))) {}

void NetworkProbe::stop() {
    _stop.raise();
    _transport.stop();
}

std::string NetworkProbe::host(const std::string& url) {
    return endpointOf(url).authority();
}

std::vector<std::string> NetworkProbe::addresses(const std::string& url) {
    std::vector<std::string> texts;
    for (const auto& address : resolved(endpointOf(url)))
        texts.push_back(address.host().toString());
    return texts;
}

/// To the first address that answers.
Poco::Net::StreamSocket NetworkProbe::connected(const std::string& url, const Poco::Net::Context::Ptr& tls) {
    const auto endpoint = endpointOf(url);
    const auto addresses = resolved(endpoint);
    const auto end = std::chrono::steady_clock::now() + connectLimit;
    auto left = static_cast<int>(addresses.size());
    for (const auto& address : addresses) {
        auto watch = std::make_shared<jira::IoWatch>(_stop);
        const auto now = std::chrono::steady_clock::now();
        watch->deadline = now + (end - now) / left--;
        try {
            return jira::connectWatched(address, endpoint.host, endpoint.authority(), tls, watch);
        } catch (const Poco::Exception&) {
            if (left == 0 || _stop.isRaised())
                rethrowAsTransportError(endpoint.authority());
        }
    }
    throw jira::TransportError(Kind::Dns, false, "The name " + endpoint.host + " has no address.",
                               "Check the name service of this platform.");
}

void NetworkProbe::connect(const std::string& url) {
    const jira::SigpipeGuard guard;
    connected(url, nullptr);
}

TlsFacts NetworkProbe::tls(const std::string& url) {
    const jira::SigpipeGuard guard;
    TlsFacts facts;
    const auto endpoint = endpointOf(url);
    facts.server = endpoint.authority();
    if (!endpoint.tls)
        return facts;
    jira::takeRefusedCertificate();
    try {
        const auto socket = connected(url, _tls);
        const auto* secure = dynamic_cast<const Poco::Net::SecureStreamSocketImpl*>(socket.impl());
        const Poco::Net::X509Certificate certificate = secure->peerCertificate();
        facts.subject = jira::subjectOf(certificate.certificate());
        facts.issuer = jira::issuerOf(certificate.certificate());
        facts.notAfterMs = certificate.expiresOn().timestamp().epochMicroseconds() / 1000;
    } catch (const jira::TransportError& error) {
        if (error.kind() != Kind::Tls && error.kind() != Kind::TlsTime)
            throw;
        facts.refused = jira::takeRefusedCertificate();
        facts.cause = error.what();
        facts.remedy = error.remedy();
    }
    return facts;
}

std::int64_t NetworkProbe::serverTimeMs(const std::string& url) {
    jira::HttpRequest request;
    request.url = url + "/"; // whatever it answers, it says when
    request.operatorAddress = true;
    const std::string date = _transport.send(request).header("Date");
    Poco::DateTime moment;
    int zone = 0;
    if (date.empty() ||
        !Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, date, moment, zone))
        return 0;
    return moment.timestamp().epochMicroseconds() / 1000;
}

} // namespace jira_plugin::diagnosis
