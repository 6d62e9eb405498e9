#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <Poco/Net/ServerSocket.h>

namespace test_support {

/// A network between two programs that can be pulled: passes connections on to another port of this machine
/// while it is open; closed, it refuses new ones and cuts those that stand. What is behind it keeps its
/// state, which a stopped server would lose. Safe from any thread.
class Gate {
public:
    /// Open from the start. `url`: what is behind, e.g. https://127.0.0.1:8443. Throws Poco::Exception when
    /// no port is free.
    explicit Gate(const std::string& url);
    ~Gate();
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    /// The same URL through this gate.
    std::string url() const;

    void close();
    void open();

private:
    void accept(Poco::Net::ServerSocket listener);
    void pass(Poco::Net::StreamSocket client);

    std::string _scheme;
    Poco::Net::SocketAddress _behind;
    Poco::Net::SocketAddress _address;
    std::mutex _mutex;
    std::atomic<bool> _isOpen{false};
    std::thread _acceptor;
    std::vector<std::thread> _connections;
};

} // namespace test_support
