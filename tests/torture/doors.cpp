#include "doors.hpp"

#include <iterator>

namespace torture {

test_support::HttpResponse Door::ask(const std::string& method, const std::string& path,
                                     const std::string& body) const {
    test_support::HttpClient client(url);
    client.setHeader("X-Stub-Token", token);
    return client.send(method, "/stub/api" + path, body, body.empty() ? "" : "application/json");
}

void Doors::open(std::size_t host, Door door) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _open[host] = std::move(door);
}

void Doors::close(std::size_t host) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _open.erase(host);
}

std::optional<Door> Doors::pick() {
    const std::lock_guard<std::mutex> lock(_mutex);
    if (_open.empty())
        return std::nullopt;
    return std::next(_open.begin(), _dice.between(0, static_cast<int>(_open.size()) - 1))->second;
}

} // namespace torture
