#include "scripted_server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SocketAddress.h>

#include <algorithm>

#include <sys/socket.h>

namespace jira_plugin::jira {

std::string httpAnswer(const std::string& body, const std::string& moreHeaders) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n" + moreHeaders + "\r\n" + body;
}

ScriptedServer::ScriptedServer(std::vector<Step> steps)
    : _server(Poco::Net::SocketAddress("127.0.0.1", 0)), _steps(std::move(steps)),
      _acceptor([this] { run(); }) {}

ScriptedServer::~ScriptedServer() {
    _stop = true;
    _acceptor.join();
    {
        const std::lock_guard lock(_mutex);
        for (auto& socket : _open) {
            ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
        }
    }
    for (auto& worker : _workers) {
        worker.join();
    }
}

std::string ScriptedServer::url() const {
    return "http://127.0.0.1:" + std::to_string(_server.address().port());
}

void ScriptedServer::run() {
    while (!_stop) {
        if (!_server.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) {
            continue;
        }
        Poco::Net::StreamSocket socket = _server.acceptConnection();
        const auto number = static_cast<std::size_t>(_connections++);
        const Step& step = _steps[std::min(number, _steps.size() - 1)];
        const std::lock_guard lock(_mutex);
        _open.push_back(socket);
        _workers.emplace_back([socket, &step]() mutable {
            try {
                step(socket);
                ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
            } catch (const Poco::Exception&) {
                // The client went away, which some scripts are about.
            }
        });
    }
}

std::string ScriptedServer::readRequest(Poco::Net::StreamSocket& socket) {
    std::string text;
    std::size_t length = std::string::npos;
    while (length == std::string::npos || text.size() < length) {
        char buffer[4096];
        const int count = socket.receiveBytes(buffer, sizeof buffer);
        if (count <= 0) {
            return {};
        }
        text.append(buffer, static_cast<std::size_t>(count));
        const std::size_t end = text.find("\r\n\r\n");
        if (end != std::string::npos) {
            const std::size_t field = text.find("Content-Length: ");
            length = end + 4 + (field < end ? std::stoul(text.substr(field + 16)) : 0);
        }
    }
    return text;
}

void ScriptedServer::write(Poco::Net::StreamSocket& socket, const std::string& text) {
    socket.sendBytes(text.data(), static_cast<int>(text.size()), MSG_NOSIGNAL);
}

ScriptedServer::Step ScriptedServer::serve(const std::string& answer) {
    return [answer](Poco::Net::StreamSocket& socket) {
        while (!readRequest(socket).empty()) {
            write(socket, answer);
        }
    };
}

} // namespace jira_plugin::jira
