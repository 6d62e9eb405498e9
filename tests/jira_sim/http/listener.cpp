#include "http/listener.hpp"

#include <cstdint>
#include <mutex>
#include <set>
#include <stdexcept>

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace jira_sim {

namespace {

namespace net = Poco::Net;

constexpr std::size_t maxBody = std::size_t{32} * 1024 * 1024;

net::Context::Ptr serverContext(const Certificates& certificates) {
    net::Context::Ptr context =
        new net::Context(net::Context::TLS_SERVER_USE, "", "", "", net::Context::VERIFY_NONE);
    context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
    SSL_CTX* ctx = context->sslContext();
    std::unique_ptr<BIO, int (*)(BIO*)> certificateBio(
        BIO_new_mem_buf(certificates.certificatePem.data(),
                        static_cast<int>(certificates.certificatePem.size())),
        BIO_free);
    std::unique_ptr<BIO, int (*)(BIO*)> keyBio(
        BIO_new_mem_buf(certificates.keyPem.data(), static_cast<int>(certificates.keyPem.size())), BIO_free);
    std::unique_ptr<X509, void (*)(X509*)> certificate(
        PEM_read_bio_X509(certificateBio.get(), nullptr, nullptr, nullptr), X509_free);
    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
        PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    if (!certificate || !key || SSL_CTX_use_certificate(ctx, certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(ctx, key.get()) != 1)
        throw std::runtime_error("OpenSSL refused the server certificate");
    return context;
}

/// The open connections, so that stop() can wake those that wait for a next request.
class Connections {
public:
    /// Keeps a duplicate of the descriptor: the connection may close its own at any time.
    int add(int fd) {
        const int copy = ::dup(fd);
        const std::lock_guard<std::mutex> lock(_mutex);
        if (copy >= 0)
            _open.insert(copy);
        return copy;
    }
    void remove(int copy) {
        const std::lock_guard<std::mutex> lock(_mutex);
        if (_open.erase(copy) != 0)
            ::close(copy);
    }
    /// No further request arrives; answers still leave.
    void closeReading() {
        const std::lock_guard<std::mutex> lock(_mutex);
        for (const int fd : _open)
            ::shutdown(fd, SHUT_RD);
    }

private:
    std::mutex _mutex;
    std::set<int> _open;
};

class Connection : public net::HTTPServerConnection {
public:
    Connection(const net::StreamSocket& socket, const net::HTTPServerParams::Ptr& params,
               const net::HTTPRequestHandlerFactory::Ptr& factory, Connections& connections)
        : HTTPServerConnection(socket, params, factory), _connections(connections),
          _entry(connections.add(socket.impl()->sockfd())) {}
    ~Connection() override { _connections.remove(_entry); }

private:
    Connections& _connections;
    int _entry;
};

class ConnectionFactory : public net::TCPServerConnectionFactory {
public:
    ConnectionFactory(net::HTTPServerParams::Ptr params, net::HTTPRequestHandlerFactory::Ptr handlers,
                      Connections& connections)
        : _params(std::move(params)), _handlers(std::move(handlers)), _connections(connections) {}
    net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override {
        return new Connection(socket, _params, _handlers, _connections);
    }

private:
    net::HTTPServerParams::Ptr _params;
    net::HTTPRequestHandlerFactory::Ptr _handlers;
    Connections& _connections;
};

/// Resets the TCP connection, as a broken network does: no close_notify, no FIN from TLS.
void cut(net::HTTPServerRequest& request) {
    auto& socket = static_cast<net::HTTPServerRequestImpl&>(request).socket();
    const int fd = socket.impl()->sockfd();
    const linger hard = {1, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::shutdown(fd, SHUT_RDWR);
}

class RequestHandler : public net::HTTPRequestHandler {
public:
    explicit RequestHandler(const Listener::Handle& handle) : _handle(handle) {}

    void handleRequest(net::HTTPServerRequest& from, net::HTTPServerResponse& to) override {
        Request request;
        request.method = from.getMethod();
        parseTarget(request, from.getURI());
        for (const auto& header : from)
            request.headers.emplace_back(header.first, header.second);
        if (from.hasContentLength() || from.getChunkedTransferEncoding())
            readBody(from.stream(), request.body);
        if (isShort(from, request.body))
            return cut(from); // the connection ended within the request, so nobody asked for anything
        if (request.body.size() <= maxBody)
            return send(_handle(request), from, to);
        to.setKeepAlive(false); // the rest of the body is not waited for
        Response tooLarge = Response::empty(413);
        send(tooLarge, from, to);
    }

private:
    /// Stops one piece behind the limit.
    static void readBody(std::istream& in, std::string& body) {
        char piece[16384];
        while (body.size() <= maxBody && (in.read(piece, sizeof piece) || in.gcount() > 0))
            body.append(piece, static_cast<std::size_t>(in.gcount()));
    }

    static bool isShort(const net::HTTPServerRequest& from, const std::string& body) {
        return from.hasContentLength() && body.size() <= maxBody &&
               body.size() < static_cast<std::uint64_t>(from.getContentLength64());
    }

    static void send(const Response& response, net::HTTPServerRequest& from, net::HTTPServerResponse& to) {
        if (response.delivery == Delivery::Cut)
            return cut(from);
        to.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(response.status));
        for (const auto& [name, value] : response.headers) {
            if (name == "Date")
                to.set(name, value); // in place of the library's
            else
                to.add(name, value);
        }
        if (!response.contentType.empty())
            to.setContentType(response.contentType);
        if (response.status == 204) {
            to.send();
        } else if (response.delivery == Delivery::Truncate) {
            to.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
            to.send()
                .write(response.body.data(), static_cast<std::streamsize>(response.body.size() / 2))
                .flush();
            cut(from);
        } else {
            to.sendBuffer(response.body.data(), response.body.size());
        }
    }

    const Listener::Handle& _handle;
};

class HandlerFactory : public net::HTTPRequestHandlerFactory {
public:
    explicit HandlerFactory(const Listener::Handle& handle) : _handle(handle) {}
    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
        return new RequestHandler(_handle);
    }

private:
    const Listener::Handle& _handle;
};

net::HTTPServerParams::Ptr serverParams(int maxConnections) {
    net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
    params->setKeepAlive(true);
    params->setMaxKeepAliveRequests(0);
    params->setKeepAliveTimeout(Poco::Timespan(120, 0));
    params->setTimeout(Poco::Timespan(60, 0));
    params->setMaxThreads(maxConnections);
    params->setMaxQueued(maxConnections);
    params->setThreadIdleTime(Poco::Timespan(0, 100'000)); // idle threads delay stop() by this much
    return params;
}

} // namespace

struct Listener::Parts {
    Parts(const Certificates& certificates, unsigned short port, int maxConnections, Handle toHandle)
        : handle(std::move(toHandle)), pool(2, maxConnections + 2), socket(serverContext(certificates)) {
        // Without SO_REUSEPORT, which Poco sets by default: a port in use is to be noticed.
        socket.bind(net::SocketAddress("127.0.0.1", port), true, false);
        socket.listen(256);
        const net::HTTPServerParams::Ptr params = serverParams(maxConnections);
        server = std::make_unique<net::TCPServer>(
            new ConnectionFactory(params, new HandlerFactory(handle), connections), pool, socket, params);
    }

    struct Tls {
        Tls() { net::initializeSSL(); }
        ~Tls() { net::uninitializeSSL(); }
    } tls;
    Handle handle;
    Connections connections;
    Poco::ThreadPool pool;
    net::SecureServerSocket socket;
    std::unique_ptr<net::TCPServer> server;
    bool stopped = false;
};

Listener::Listener(const Certificates& certificates, unsigned short port, int maxConnections, Handle handle)
    : _parts(std::make_unique<Parts>(certificates, port, maxConnections, std::move(handle))) {}

Listener::~Listener() {
    stop();
}

void Listener::serve() {
    _parts->server->start();
}

unsigned short Listener::port() const {
    return _parts->socket.address().port();
}

void Listener::stop() {
    if (_parts->stopped)
        return;
    _parts->stopped = true;
    // Wakes the accepting thread, which otherwise looks up only four times a second.
    ::shutdown(_parts->socket.impl()->sockfd(), SHUT_RDWR);
    _parts->server->stop();
    _parts->socket.close();
    _parts->connections.closeReading();
    _parts->pool.joinAll();
}

} // namespace jira_sim
