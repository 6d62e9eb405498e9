#pragma once

#include <memory>

#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

namespace aspm::host {

class StubHost;

/// Answers HTTP on the host's socket from construction until destruction.
class WebServer {
public:
    WebServer(StubHost& host, const Poco::Net::ServerSocket& socket);
    ~WebServer();
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

private:
    class Router;

    std::unique_ptr<Router> _router;
    Poco::ThreadPool _threads;
    std::unique_ptr<Poco::Net::HTTPServer> _server;
};

} // namespace aspm::host
