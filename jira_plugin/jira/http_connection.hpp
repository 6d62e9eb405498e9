#pragma once

#include "address_policy.hpp"
#include "io_wait.hpp"
#include "transport.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <Poco/Net/Context.h>
#include <Poco/Net/SocketAddress.h>

namespace jira_plugin::jira {

/// Bounds of one exchange.
struct ExchangeLimits {
    Deadline deadline;
    std::size_t maxBodyBytes;
};

/// One TCP or TLS connection to one server that carries requests one after the other. Used by one thread at a
/// time. Every wait ends at the deadline or at the stop signal, so that a server that sends byte by byte
/// cannot hold a thread.
class HttpConnection {
public:
    /// Connects to the first address that answers. tls: null for plain HTTP. Throws TransportError.
    HttpConnection(const Endpoint& endpoint, const std::vector<Poco::Net::SocketAddress>& addresses,
                   const Poco::Net::Context::Ptr& tls, Deadline deadline, const StopSignal& stop);
    ~HttpConnection();
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    /// Throws TransportError; the connection is of no use then.
    HttpResponse exchange(const HttpRequest& request, const ExchangeLimits& limits);

    /// Whether another request may follow: the last answer was complete and the server keeps the connection.
    bool isReusable() const { return _reusable; }
    /// Whether it is still quiet and open, as a connection between two requests must be.
    bool isQuiet() const;
    std::chrono::steady_clock::time_point idleSince() const { return _idleSince; }

private:
    class Session;
    HttpResponse readAnswer(const HttpRequest& request, std::size_t maxBodyBytes);
    TransportError failure(const std::string& cause, TransportError::Kind kind) const;

    std::string _server;
    std::string _hostHeader;
    std::unique_ptr<Session> _session;
    bool _reusable = false;
    std::chrono::steady_clock::time_point _idleSince;
};

} // namespace jira_plugin::jira
