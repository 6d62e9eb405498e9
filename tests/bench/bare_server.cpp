#include "bare_server.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>

namespace bench {
namespace {

class Handler : public Poco::Net::HTTPRequestHandler {
public:
    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override {
        std::string body;
        Poco::StreamCopier::copyToString(request.stream(), body);
        response.setContentLength(0);
        response.send();
    }
};

class Handlers : public Poco::Net::HTTPRequestHandlerFactory {
public:
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
        return new Handler; // Poco deletes it
    }
};

} // namespace

BareServer::BareServer(int threads) : _threads("bare", 1, threads + 1) {
    auto* params = new Poco::Net::HTTPServerParams; // the server owns it
    params->setMaxThreads(threads);
    params->setMaxQueued(threads);
    params->setMaxKeepAliveRequests(0);
    const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0), threads);
    _server = std::make_unique<Poco::Net::HTTPServer>(new Handlers, _threads, socket, params);
    _server->start();
}

BareServer::~BareServer() {
    _server->stopAll(true);
    _threads.joinAll();
}

std::string BareServer::url() const {
    return "http://127.0.0.1:" + std::to_string(_server->port());
}

} // namespace bench
