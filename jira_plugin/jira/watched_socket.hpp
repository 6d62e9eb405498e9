#pragma once

#include "io_wait.hpp"
#include "transport.hpp"

#include <memory>
#include <string>

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

namespace jira_plugin::jira {

/// What the socket of a connection looks at while it waits; the connection changes the deadline per request.
struct IoWatch {
    explicit IoWatch(const StopSignal& signal) : stop(signal) {}
    const StopSignal& stop;
    Deadline deadline{};
    bool sent = false; ///< a byte of the current request was handed to the system
};

/// Thrown by reads and writes that ran into the deadline or the stop signal. One of Poco's exceptions, since
/// Poco's streams keep only those across a failed read.
class WaitEnded : public Poco::RuntimeException {
public:
    explicit WaitEnded(Readiness why) : Poco::RuntimeException("the wait ended"), _why(why) {}
    Readiness why() const { return _why; }
    Poco::Exception* clone() const override { return new WaitEnded(*this); }
    void rethrow() const override { throw *this; }

private:
    Readiness _why;
};

/// A connected socket, after the TLS handshake when tls is set; it holds watch for as long as it lives. Host:
/// what the certificate must be for. Throws TransportError, WaitEnded or Poco exceptions.
Poco::Net::StreamSocket connectWatched(const Poco::Net::SocketAddress& address, const std::string& host,
                                       const std::string& server, const Poco::Net::Context::Ptr& tls,
                                       std::shared_ptr<IoWatch> watch);

} // namespace jira_plugin::jira
