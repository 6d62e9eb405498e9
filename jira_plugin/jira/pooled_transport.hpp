#pragma once

#include "connection_pool.hpp"
#include "io_wait.hpp"
#include "transport.hpp"

#include <chrono>
#include <string>

#include <Poco/Net/Context.h>

namespace jira_plugin::host {
class Config;
}

namespace jira_plugin::jira {

struct TransportOptions {
    std::string caFile; ///< PEM file or directory; empty: the system's authorities
    bool allowHttp = false;
    bool allowPrivate = true; ///< addresses that admins type may be private ones
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds timeout{30'000}; ///< of a whole exchange, connecting included
    std::size_t maxBodyBytes = std::size_t{16} * 1024 * 1024;

    /// From jira.tls.ca_file, jira.network.allow_http, jira.network.allow_private, jira.http.timeout_seconds.
    /// Throws std::invalid_argument that names the key and the value.
    static TransportOptions from(host::Config& config);
};

/// HTTPS with kept-alive connections. Names are resolved here and each address is checked before it is
/// connected to, so that a name cannot change its mind in between. A request on a kept connection that died
/// before one byte was sent, or a GET on one that was closed before its answer, is sent again on a new
/// connection; nothing else is repeated.
class PooledTransport : public Transport {
public:
    /// Throws std::invalid_argument when the CA file cannot be used.
    explicit PooledTransport(TransportOptions options);

    HttpResponse send(const HttpRequest& request) override;
    void stop() override;

private:
    std::unique_ptr<HttpConnection> connect(const Endpoint& endpoint, bool operatorAddress,
                                            Deadline deadline);
    void requireAllowed(const HttpRequest& request, const Endpoint& endpoint) const;

    const TransportOptions _options;
    const Poco::Net::Context::Ptr _tls;
    StopSignal _stop;
    ConnectionPool _pool;
};

} // namespace jira_plugin::jira
