#pragma once

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace jira_plugin::jira {

/// A TCP server on a free loopback port that does to each connection what its script says: the n-th
/// connection gets the n-th step, later ones the last. For everything that a well-behaved HTTP server does
/// not do.
class ScriptedServer {
public:
    using Step = std::function<void(Poco::Net::StreamSocket&)>;

    explicit ScriptedServer(std::vector<Step> steps);
    ~ScriptedServer();

    std::string url() const;
    int connections() const { return _connections; }

    /// Reads one request with a Content-Length body; empty when the client closed.
    static std::string readRequest(Poco::Net::StreamSocket& socket);
    static void write(Poco::Net::StreamSocket& socket, const std::string& text);
    /// Answers requests until the client closes.
    static Step serve(const std::string& answer);

private:
    void run();

    Poco::Net::ServerSocket _server;
    std::vector<Step> _steps;
    std::atomic<int> _connections{0};
    std::atomic<bool> _stop{false};
    std::mutex _mutex;
    std::vector<Poco::Net::StreamSocket> _open;
    std::vector<std::thread> _workers;
    std::thread _acceptor;
};

std::string httpAnswer(const std::string& body, const std::string& moreHeaders = {});

} // namespace jira_plugin::jira
