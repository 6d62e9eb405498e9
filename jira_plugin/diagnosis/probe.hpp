#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::diagnosis {

/// What a TLS handshake showed.
struct TlsFacts {
    std::string server;
    std::string subject;
    std::string issuer;
    std::string protocol; ///< e.g. TLSv1.3
    std::int64_t notAfterMs = 0;
    std::string refused; ///< the certificate that was not trusted; the members above are empty then
    std::string cause;   ///< why the handshake failed; empty: it did not
    std::string remedy;
};

/// Takes the way to a server step by step. Each step has a time limit of a few seconds (name resolution that
/// of the system's name service) and keeps to the rules about addresses that the plugin may not reach. Safe
/// from any thread. Functions throw jira::TransportError.
class Probe {
public:
    virtual ~Probe() = default;

    /// host: of the URL.
    virtual std::string host(const std::string& url) = 0;
    virtual std::vector<std::string> addresses(const std::string& url) = 0;
    virtual void connect(const std::string& url) = 0;
    virtual TlsFacts tls(const std::string& url) = 0;
    /// The Date header of an answer in ms since the epoch; 0 when there is none.
    virtual std::int64_t serverTimeMs(const std::string& url) = 0;

    /// Ends steps under way; later ones fail.
    virtual void stop() {}
};

} // namespace jira_plugin::diagnosis
