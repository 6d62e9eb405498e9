#include "http_connection.hpp"

#include "kill_point.hpp"
#include "watched_socket.hpp"

#include <istream>
#include <ostream>

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>

namespace jira_plugin::jira {
namespace {

constexpr const char* userAgent = "mayo-aspm-jira/1.0";
constexpr const char* networkRemedy =
    "Nothing to do when it happens once: it is tried again. If it stays, check the network between this "
    "platform and that server.";

void fillHeader(Poco::Net::HTTPRequest& out, const HttpRequest& request, const std::string& host) {
    out.set("Host", host);
    out.set("User-Agent", userAgent);
    out.set("Accept", "application/json");
    for (const auto& [name, value] : request.headers) {
        out.set(name, value);
    }
    if (!request.contentType.empty()) {
        out.setContentType(request.contentType);
    }
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
        out.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
    }
}

} // namespace

/// Poco's session on a socket that is connected already. It never connects by itself: where a request goes,
/// and whether it may go a second time, is not decided here.
class HttpConnection::Session : public Poco::Net::HTTPClientSession {
public:
    Session(const Poco::Net::StreamSocket& socket, std::shared_ptr<IoWatch> watch)
        : HTTPClientSession(socket), _watch(std::move(watch)) {
        setProxyConfig({}); // not the process-wide one of the host
        setKeepAlive(true);
    }

    /// The body of a request whose head is in the stream: at once, as the stream would cut it into pieces of
    /// 4 KiB, each a TLS record and a system call of its own.
    void sendBody(std::ostream& head, const std::string& body) {
        head.flush();
        if (head && !body.empty()) {
            write(body.data(), static_cast<std::streamsize>(body.size()));
        }
    }

    IoWatch& watch() { return *_watch; }
    int descriptor() { return socket().impl()->sockfd(); }

protected:
    void connect(const Poco::Net::SocketAddress& /*address*/) override {
        throw Poco::Net::ConnectionResetException("the connection was closed");
    }
    /// Without the base's second try on a new connection.
    int write(const char* buffer, std::streamsize length) override {
        return HTTPSession::write(buffer, length); // NOLINT(bugprone-parent-virtual-call)
    }

private:
    std::shared_ptr<IoWatch> _watch;
};

HttpConnection::HttpConnection(const Endpoint& endpoint,
                               const std::vector<Poco::Net::SocketAddress>& addresses,
                               const Poco::Net::Context::Ptr& tls, Deadline deadline, const StopSignal& stop)
    : _server(endpoint.authority()), _hostHeader(endpoint.authority()) {
    SigpipeGuard guard;
    std::string cause = "it has no address";
    std::size_t left = addresses.size();
    for (const auto& address : addresses) {
        // A share of the time each, so that one dead address does not use up all of it.
        const auto now = std::chrono::steady_clock::now();
        auto watch = std::make_shared<IoWatch>(stop);
        watch->deadline = now + (deadline - now) / static_cast<int>(left--);
        try {
            const auto socket =
                connectWatched(address, endpoint.host, _server, endpoint.tls ? tls : nullptr, watch);
            _session = std::make_unique<Session>(socket, watch);
            return;
        } catch (const WaitEnded& end) {
            if (end.why() == Readiness::Stopped) {
                throw failure("this platform is stopping", TransportError::Kind::Stopped);
            }
            cause = "it did not answer in time";
        } catch (const Poco::Exception& error) {
            cause = error.displayText();
        }
    }
    throw TransportError(TransportError::Kind::Connect, false,
                         "No connection to " + _server + ": " + cause + ".",
                         "Check that the server runs, and that a firewall lets this platform reach it.");
}

HttpConnection::~HttpConnection() {
    SigpipeGuard guard; // closing a TLS connection writes to it
    _session.reset();
}

bool HttpConnection::isQuiet() const {
    return !hasInput(_session->descriptor());
}

TransportError HttpConnection::failure(const std::string& cause, TransportError::Kind kind) const {
    const bool left = _session && _session->watch().sent;
    return {kind, left, "The request to " + _server + " failed: " + cause + ".", networkRemedy};
}

HttpResponse HttpConnection::exchange(const HttpRequest& request, const ExchangeLimits& limits) {
    SigpipeGuard guard;
    _reusable = false;
    _session->watch().deadline = limits.deadline;
    _session->watch().sent = false;
    try {
        const std::string target = parseUrl(request.url).path;
        Poco::Net::HTTPRequest head(request.method, target.empty() ? "/" : target,
                                    Poco::Net::HTTPMessage::HTTP_1_1);
        fillHeader(head, request, _hostHeader);
        killPoint("http.send");
        _session->sendBody(_session->sendRequest(head), request.body);
        killPoint("http.sent");
        HttpResponse response = readAnswer(request, limits.maxBodyBytes);
        killPoint("http.answered");
        return response;
    } catch (const WaitEnded& end) {
        throw end.why() == Readiness::Stopped
            ? failure("this platform is stopping", TransportError::Kind::Stopped)
            : failure("there was no complete answer in time", TransportError::Kind::Timeout);
    } catch (const Poco::Exception& error) {
        const bool nonsense = dynamic_cast<const Poco::Net::MessageException*>(&error) != nullptr;
        throw failure(nonsense ? "the answer is not HTTP, or there was none"
                               : "the connection was cut (" + error.displayText() + ")",
                      TransportError::Kind::Cut);
    }
}

HttpResponse HttpConnection::readAnswer(const HttpRequest& request, std::size_t maxBodyBytes) {
    Poco::Net::HTTPResponse head;
    std::istream& in = _session->receiveResponse(head);
    HttpResponse response;
    response.status = head.getStatus();
    for (const auto& [name, value] : head) {
        response.headers.emplace_back(name, value);
    }
    if (head.hasContentLength() && head.getContentLength64() > static_cast<Poco::Int64>(maxBodyBytes)) {
        throw failure("the answer is larger than this platform accepts", TransportError::Kind::TooLarge);
    }
    char buffer[16384];
    while (in.read(buffer, sizeof buffer), in.gcount() > 0) {
        response.body.append(buffer, static_cast<std::size_t>(in.gcount()));
        if (response.body.size() > maxBodyBytes) {
            throw failure("the answer is larger than this platform accepts", TransportError::Kind::TooLarge);
        }
    }
    if (_session->networkException() != nullptr) {
        _session->networkException()->rethrow();
    }
    const bool hasBody = request.method != "HEAD" && response.status >= 200 && response.status != 204 &&
                         response.status != 304;
    if (hasBody && head.hasContentLength() &&
        static_cast<Poco::Int64>(response.body.size()) < head.getContentLength64()) {
        throw failure("the answer ended too early", TransportError::Kind::Cut);
    }
    _reusable =
        head.getKeepAlive() && (!hasBody || head.hasContentLength() || head.getChunkedTransferEncoding());
    _idleSince = std::chrono::steady_clock::now();
    return response;
}

} // namespace jira_plugin::jira
