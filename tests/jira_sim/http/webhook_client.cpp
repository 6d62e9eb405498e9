#include "http/webhook_client.hpp"

#include <istream>
#include <memory>

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/NullStream.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>
#include <sys/socket.h>
#include <unistd.h>

namespace jira_sim {

namespace {

namespace net = Poco::Net;

const Poco::Timespan connectTimeout(5, 0);
const Poco::Timespan answerTimeout(20, 0);

/// Verifies against the authorities of this machine, as Jira wants a publicly trusted certificate.
net::Context::Ptr clientContext() {
    return new net::Context(net::Context::TLS_CLIENT_USE, "", net::Context::VERIFY_STRICT, 9, true);
}

} // namespace

class WebhookClient::Watched {
public:
    Watched(WebhookClient& client, const net::Socket& socket) : _client(client) {
        const std::lock_guard<std::mutex> lock(_client._mutex);
        if (_client._aborted)
            throw Poco::IOException("the server is stopping");
        _client._socket = ::dup(socket.impl()->sockfd());
    }
    ~Watched() {
        const std::lock_guard<std::mutex> lock(_client._mutex);
        if (_client._socket >= 0)
            ::close(_client._socket);
        _client._socket = -1;
    }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

private:
    WebhookClient& _client;
};

WebhookClient::Outcome WebhookClient::post(const std::string& url, const NameValues& headers,
                                           const std::string& body) {
    try {
        const Poco::URI uri(url);
        const net::SocketAddress address(uri.getHost(), uri.getPort());
        std::unique_ptr<net::HTTPClientSession> session;
        net::StreamSocket socket;
        if (uri.getScheme() == "https") {
            net::SecureStreamSocket secure(clientContext());
            secure.setPeerHostName(uri.getHost());
            secure.setReceiveTimeout(connectTimeout);
            secure.connect(address, connectTimeout);
            session = std::make_unique<net::HTTPSClientSession>(secure);
            socket = secure;
        } else {
            socket.connect(address, connectTimeout);
            session = std::make_unique<net::HTTPClientSession>(socket);
        }
        const Watched watched(*this, socket);
        session->setKeepAlive(false);
        session->setTimeout(answerTimeout);
        net::HTTPRequest request(net::HTTPRequest::HTTP_POST,
                                 uri.getPathAndQuery().empty() ? "/" : uri.getPathAndQuery(),
                                 net::HTTPMessage::HTTP_1_1);
        request.setHost(uri.getHost(), uri.getPort());
        for (const auto& [name, value] : headers)
            request.set(name, value);
        request.setContentLength64(static_cast<Poco::Int64>(body.size()));
        session->sendRequest(request) << body;
        net::HTTPResponse response;
        std::istream& in = session->receiveResponse(response);
        Poco::NullOutputStream nowhere;
        Poco::StreamCopier::copyStream(in, nowhere);
        return {static_cast<int>(response.getStatus()), ""};
    } catch (const Poco::Exception& e) {
        return {0, e.displayText()};
    } catch (const std::exception& e) {
        return {0, e.what()};
    }
}

void WebhookClient::abort() {
    const std::lock_guard<std::mutex> lock(_mutex);
    _aborted = true;
    if (_socket >= 0)
        ::shutdown(_socket, SHUT_RDWR);
}

} // namespace jira_sim
