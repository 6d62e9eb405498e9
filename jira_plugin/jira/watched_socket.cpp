#include "watched_socket.hpp"

#include "tls_context.hpp"

#include <cerrno>
#include <system_error>

#include <Poco/Net/IPAddress.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SecureStreamSocketImpl.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <Poco/Net/X509Certificate.h>
#include <openssl/err.h>

namespace jira_plugin::jira {
namespace {

void waitOrThrow(int socket, bool forWriting, const IoWatch& watch) {
    const Readiness readiness = waitFor(socket, forWriting, watch.deadline, watch.stop);
    if (readiness != Readiness::Ready) {
        throw WaitEnded(readiness);
    }
}

/// Poco looks at errno and OpenSSL's error queue after a failure: neither may hold something older.
void forgetOldErrors() {
    errno = 0;
    ERR_clear_error();
}

/// Poco's non-blocking socket under a blocking face whose every wait is watched.
template <class Base> class WatchedSocket : public Base {
public:
    template <class... Arguments>
    explicit WatchedSocket(std::shared_ptr<IoWatch> watch, Arguments&&... arguments)
        : Base(std::forward<Arguments>(arguments)...), _watch(std::move(watch)) {}

    int sendBytes(const void* buffer, int length, int flags) override {
        const auto* bytes = static_cast<const char*>(buffer);
        int done = 0;
        while (done < length) {
            waitOrThrow(this->sockfd(), true, *_watch);
            forgetOldErrors();
            const int count = Base::sendBytes(bytes + done, length - done, flags);
            if (count > 0) {
                _watch->sent = true;
                done += count;
            } else if (count == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_READ) {
                waitOrThrow(this->sockfd(), false, *_watch);
            }
        }
        return done;
    }

    int receiveBytes(void* buffer, int length, int flags) override {
        for (;;) {
            forgetOldErrors();
            const int count = Base::receiveBytes(buffer, length, flags);
            if (count >= 0) {
                return count;
            }
            waitOrThrow(this->sockfd(), count == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_WRITE, *_watch);
        }
    }

protected:
    ~WatchedSocket() override = default;

private:
    std::shared_ptr<IoWatch> _watch;
};

using PlainSocket = WatchedSocket<Poco::Net::StreamSocketImpl>;
using TlsSocket = WatchedSocket<Poco::Net::SecureStreamSocketImpl>;

/// Makes the protected constructor reachable that takes an implementation.
class OwningSocket : public Poco::Net::StreamSocket {
public:
    explicit OwningSocket(Poco::Net::SocketImpl* implementation) : StreamSocket(implementation) {}
};

void finishConnecting(Poco::Net::StreamSocket& socket, const IoWatch& watch) {
    waitOrThrow(socket.impl()->sockfd(), true, watch);
    const int error = socket.impl()->socketError();
    if (error != 0) {
        throw Poco::Net::ConnectionRefusedException(std::generic_category().message(error));
    }
    socket.setNoDelay(true);
}

void handshake(TlsSocket& socket, const std::string& server, const IoWatch& watch) {
    takeVerifyError();
    try {
        for (;;) {
            forgetOldErrors();
            const int result = socket.completeHandshake();
            if (result > 0) {
                return;
            }
            if (result == 0) {
                throw tlsFailure(server, takeVerifyError(), "the server closed the connection");
            }
            waitOrThrow(socket.sockfd(), result == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_WRITE, watch);
        }
    } catch (const Poco::Net::SSLException& error) {
        throw tlsFailure(server, takeVerifyError(), error.message());
    }
}

void requireName(const TlsSocket& socket, const std::string& host, const std::string& server) {
    const Poco::Net::X509Certificate certificate = socket.peerCertificate();
    if (!isCertificateFor(certificate.certificate(), host)) {
        throw wrongHostFailure(server, host, namesOf(certificate.certificate()));
    }
}

} // namespace

Poco::Net::StreamSocket connectWatched(const Poco::Net::SocketAddress& address, const std::string& host,
                                       const std::string& server, const Poco::Net::Context::Ptr& tls,
                                       std::shared_ptr<IoWatch> watch) {
    if (tls.isNull()) {
        OwningSocket socket(new PlainSocket(watch));
        socket.connectNB(address);
        finishConnecting(socket, *watch);
        return socket;
    }
    auto* implementation = new TlsSocket(watch, tls);
    OwningSocket socket(implementation);
    Poco::Net::IPAddress literal;
    if (!Poco::Net::IPAddress::tryParse(host, literal)) {
        implementation->setPeerHostName(host); // server name indication; RFC 6066 allows names only
    }
    socket.connectNB(address);
    finishConnecting(socket, *watch);
    handshake(*implementation, server, *watch);
    requireName(*implementation, host, server);
    return socket;
}

} // namespace jira_plugin::jira
