#pragma once

#include <functional>
#include <memory>

#include "http/certificates.hpp"
#include "http/exchange.hpp"

namespace jira_sim {

/// HTTP/1.1 over TLS on 127.0.0.1, kept-alive connections, one thread each. Knows nothing of Jira.
class Listener {
public:
    using Handle = std::function<Response(Request&)>;

    /// Takes the port; connections wait until serve(). Throws Poco::Exception when the port is taken.
    Listener(const Certificates& certificates, unsigned short port, int maxConnections, Handle handle);
    /// Stops.
    ~Listener();

    void serve();

    unsigned short port() const;
    /// Running requests finish, then all connections close.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> _parts;
};

} // namespace jira_sim
