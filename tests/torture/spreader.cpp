#include "spreader.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

namespace torture {

namespace {

namespace net = Poco::Net;
using Status = net::HTTPResponse::HTTPStatus;

constexpr int mostAtOnce = 16;

class Forwarding : public net::HTTPRequestHandler {
public:
    Forwarding(Doors& doors, Spreader::Counts& counts) : _doors(doors), _counts(counts) {}

    void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
        std::string body;
        Poco::StreamCopier::copyToString(request.stream(), body);
        const auto door = _doors.pick();
        if (!door)
            return fail(response, Status::HTTP_SERVICE_UNAVAILABLE);
        try {
            forward(*door, request, body, response);
        } catch (const Poco::Exception&) {
            fail(response, Status::HTTP_BAD_GATEWAY);
        }
    }

private:
    void forward(const Door& door, const net::HTTPServerRequest& request, const std::string& body,
                 net::HTTPServerResponse& response) {
        const Poco::URI uri(door.url);
        net::HTTPClientSession host(uri.getHost(), uri.getPort());
        net::HTTPRequest onward(request.getMethod(), request.getURI(), net::HTTPMessage::HTTP_1_1);
        for (const auto& [name, value] : request)
            onward.set(name, value);
        onward.setKeepAlive(false);
        onward.setContentLength64(static_cast<Poco::Int64>(body.size()));
        host.sendRequest(onward) << body << std::flush;
        net::HTTPResponse answer;
        std::string text;
        Poco::StreamCopier::copyToString(host.receiveResponse(answer), text);
        ++(answer.getStatus() / 100 == 2 ? _counts.taken : _counts.refused);
        response.setStatusAndReason(answer.getStatus());
        if (answer.has("Retry-After"))
            response.set("Retry-After", answer.get("Retry-After"));
        response.sendBuffer(text.data(), text.size());
    }

    void fail(net::HTTPServerResponse& response, Status status) {
        ++_counts.unheard;
        if (!response.sent()) {
            response.setStatusAndReason(status);
            response.setContentLength(0);
            response.send();
        }
    }

    Doors& _doors;
    Spreader::Counts& _counts;
};

class Factory : public net::HTTPRequestHandlerFactory {
public:
    Factory(Doors& doors, Spreader::Counts& counts) : _doors(doors), _counts(counts) {}
    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
        return new Forwarding(_doors, _counts); // the server deletes it
    }

private:
    Doors& _doors;
    Spreader::Counts& _counts;
};

} // namespace

Spreader::Spreader(Doors& doors) {
    net::ServerSocket socket;
    socket.bind(net::SocketAddress("127.0.0.1", 0));
    socket.listen(64);
    net::HTTPServerParams::Ptr parameters = new net::HTTPServerParams;
    parameters->setMaxThreads(mostAtOnce);
    parameters->setKeepAlive(false);
    _server = std::make_unique<net::HTTPServer>(new Factory(doors, _counts), socket, parameters);
    _server->start();
}

Spreader::~Spreader() {
    _server->stopAll(true);
}

std::string Spreader::url() const {
    return "http://127.0.0.1:" + std::to_string(_server->port());
}

} // namespace torture
