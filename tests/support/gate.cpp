#include "gate.hpp"

#include <Poco/Net/StreamSocket.h>
#include <Poco/Timespan.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

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

void sendAll(StreamSocket& to, const char* bytes, std::size_t count) {
    for (std::size_t sent = 0; sent < count;) {
        sent += static_cast<std::size_t>(to.sendBytes(bytes + sent, static_cast<int>(count - sent)));
    }
}

/// Ends a connection as a router does that forgot it: without a goodbye.
void reset(StreamSocket& socket) {
    socket.setLinger(true, 0);
}

} // namespace

Gate::Gate(const std::string& url) {
    leadTo(url);
    open();
}

Gate::Gate() {
    open();
}

Gate::~Gate() {
    close();
}

std::string Gate::url() const {
    return _scheme + "://" + _address.toString();
}

void Gate::leadTo(const std::string& url) {
    const Poco::URI uri(url);
    const std::lock_guard<std::mutex> lock(_weatherMutex);
    _scheme = uri.getScheme();
    _behind = Poco::Net::SocketAddress(uri.getHost(), uri.getPort());
}

void Gate::setWeather(const Weather& weather) {
    const std::lock_guard<std::mutex> lock(_weatherMutex);
    _weather = weather;
    _random.seed(weather.seed);
    ++_weatherNumber;
}

Gate::Fate Gate::nextFate() {
    const std::lock_guard<std::mutex> lock(_weatherMutex);
    Fate fate;
    fate.delay = _weather.delay;
    fate.weather = _weatherNumber;
    fate.bytesLeft = std::uniform_int_distribution<std::size_t>(0, _weather.latestByte)(_random);
    double dice = std::uniform_real_distribution<double>(0, 1)(_random);
    for (const auto& [chance, kind] : {std::pair{_weather.cut, Fate::Kind::Cut},
                                       {_weather.silence, Fate::Kind::Silence},
                                       {_weather.spoil, Fate::Kind::Spoil},
                                       {_weather.refuse, Fate::Kind::Refuse}}) {
        if (dice < chance) {
            fate.kind = kind;
            return fate;
        }
        dice -= chance;
    }
    return fate;
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
            _connections.emplace_back(
                [this, client = std::move(client), fate = nextFate()] { pass(*client, fate); });
        }
    }
    listener.close();
}

void Gate::pass(StreamSocket client, Fate fate) {
    try {
        keepFromChildren(client);
        if (fate.kind == Fate::Kind::Refuse) {
            return reset(client);
        }
        StreamSocket server(_behind);
        keepFromChildren(server);
        while (_isOpen && passWhatCame(client, server, fate)) {
        }
        if (fate.kind == Fate::Kind::Silence && fate.bytesLeft == 0) {
            staySilent(fate);
        }
        if (fate.kind == Fate::Kind::Cut && fate.bytesLeft == 0) {
            reset(client);
            reset(server);
        }
    } catch (const Poco::Exception&) {
        // One side has cut the connection; closing both, as the sockets do now, passes that on.
    }
}

/// False when one side has ended the connection, or its fate has.
bool Gate::passWhatCame(StreamSocket& client, StreamSocket& server, Fate& fate) {
    Socket::SocketList readable{client, server};
    Socket::SocketList none, failed;
    if (Socket::select(readable, none, failed, glance) == 0) {
        return true;
    }
    for (const auto& socket : readable) {
        const bool isClients = socket == client;
        std::array<char, 16384> buffer{};
        const int received = (isClients ? client : server).receiveBytes(buffer.data(), buffer.size());
        if (received <= 0) {
            return false;
        }
        std::this_thread::sleep_for(fate.delay);
        auto count = static_cast<std::size_t>(received);
        const bool isDue = fate.kind != Fate::Kind::None && fate.bytesLeft < count;
        if (isDue && fate.kind == Fate::Kind::Spoil) {
            buffer[fate.bytesLeft] = static_cast<char>(buffer[fate.bytesLeft] ^ 0x20);
            fate.kind = Fate::Kind::None;
        } else if (isDue) {
            count = fate.bytesLeft;
        }
        sendAll(isClients ? server : client, buffer.data(), count);
        fate.bytesLeft -= std::min(fate.bytesLeft, count);
        if (isDue && fate.kind != Fate::Kind::None) {
            return false;
        }
    }
    return true;
}

/// Until the weather changes or the gate closes.
void Gate::staySilent(const Fate& fate) const {
    while (_isOpen && _weatherNumber == fate.weather) {
        std::this_thread::sleep_for(std::chrono::microseconds(glance.totalMicroseconds()));
    }
}

} // namespace test_support
