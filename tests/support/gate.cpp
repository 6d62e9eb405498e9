#include "gate.hpp"

#include <Poco/Net/StreamSocket.h>
#include <Poco/Timespan.h>
#include <Poco/URI.h>

#include <array>
#include <memory>

#include <fcntl.h>

namespace test_support {

namespace {

// How soon a thread that waits for traffic sees that the gate was closed.
const Poco::Timespan glance(0, 10'000);

using Poco::Net::Socket;
using Poco::Net::StreamSocket;

/// A program that a test starts must not keep the port open that this one closes.
void keepFromChildren(const Socket& socket) {
    ::fcntl(socket.impl()->sockfd(), F_SETFD, FD_CLOEXEC);
}

/// Moves what has arrived. False when the sender has ended the connection.
bool move(StreamSocket& from, StreamSocket& to) {
    std::array<char, 16384> buffer{};
    const int count = from.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
    for (int sent = 0; sent < count;) {
        sent += to.sendBytes(buffer.data() + sent, count - sent);
    }
    return count > 0;
}

} // namespace

Gate::Gate(const std::string& url) {
    const Poco::URI uri(url);
    _scheme = uri.getScheme();
    _behind = Poco::Net::SocketAddress(uri.getHost(), uri.getPort());
    open();
}

Gate::~Gate() {
    close();
}

std::string Gate::url() const {
    return _scheme + "://" + _address.toString();
}

void Gate::open() {
    const std::lock_guard<std::mutex> lock(_mutex);
    if (_isOpen) {
        return;
    }
    Poco::Net::ServerSocket listener;
    listener.bind(_address.port() == 0 ? Poco::Net::SocketAddress("127.0.0.1", 0) : _address, true);
    listener.listen();
    keepFromChildren(listener);
    _address = listener.address();
    _isOpen = true;
    _acceptor = std::thread([this, listener] { accept(listener); });
}

void Gate::close() {
    const std::lock_guard<std::mutex> lock(_mutex);
    if (!_isOpen) {
        return;
    }
    _isOpen = false;
    _acceptor.join();
    for (auto& connection : _connections) {
        connection.join();
    }
    _connections.clear();
}

void Gate::accept(Poco::Net::ServerSocket listener) {
    while (_isOpen) {
        if (listener.poll(glance, Socket::SELECT_READ)) {
            // Handed over for good: the thread that serves a connection is the one that closes it.
            auto client = std::make_shared<StreamSocket>(listener.acceptConnection());
            _connections.emplace_back([this, client = std::move(client)] { pass(*client); });
        }
    }
    listener.close();
}

void Gate::pass(StreamSocket client) {
    try {
        StreamSocket server(_behind);
        keepFromChildren(client);
        keepFromChildren(server);
        bool goesOn = true;
        while (goesOn && _isOpen) {
            Socket::SocketList readable{client, server};
            Socket::SocketList none, failed;
            if (Socket::select(readable, none, failed, glance) == 0) {
                continue;
            }
            for (const auto& socket : readable) {
                goesOn = goesOn && (socket == client ? move(client, server) : move(server, client));
            }
        }
    } catch (const Poco::Exception&) {
        // One side has cut the connection; closing both, as the sockets do now, passes that on.
    }
}

} // namespace test_support
