#pragma once

#include "dice.hpp"
#include "http_client.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace torture {

/// Where one host can be reached, until it dies.
struct Door {
    std::string url, token;

    /// Calls the control API. Throws Poco::Exception when the host does not answer.
    test_support::HttpResponse ask(const std::string& method, const std::string& path,
                                   const std::string& body = "") const;
};

/// The hosts that live, for whoever takes any of them. Safe from any thread.
class Doors {
public:
    explicit Doors(std::uint64_t seed) : _dice(seed) {}

    void open(std::size_t host, Door door);
    void close(std::size_t host);
    /// Any of them; none when all hosts are dead.
    std::optional<Door> pick();

private:
    std::mutex _mutex;
    Dice _dice;
    std::map<std::size_t, Door> _open;
};

} // namespace torture
