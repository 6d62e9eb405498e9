#pragma once

#include <memory>
#include <string>
#include <utility>

#include "config.hpp"

namespace jira_sim {

class Faults;
class Trace;

/// A stand-in Jira over TLS on 127.0.0.1. Cloud: auth host, API gateway, control API and web pages on one
/// port. Data Center (Config::world.deployment): the same with OAuth 1.0a provider and REST API at its base
/// URL.
///
///     Server server(Config{});
///     server.start();
///     ... https requests to server.url(), trusting server.caFile() ...
///
/// start() and stop() from one thread; everything else from any.
class Server {
public:
    explicit Server(Config config);
    /// Stops.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Makes the certificates and listens. Throws std::exception with a message for the person who started
    /// it: port in use, file not writable, unknown fault.
    void start();
    /// Lets running requests finish, closes all connections, joins all threads. Twice is once.
    void stop();

    unsigned short port() const;
    /// `https://127.0.0.1:port`
    const std::string& url() const;
    /// The same with the context path of a Data Center.
    std::string baseUrl() const;
    /// PEM of the authority that signed the server's certificate. Exists until the server is destroyed (for
    /// good where Config::caOut named it).
    const std::string& caFile() const;
    const Config& config() const;

    Faults& faults();
    Trace& trace();
    World& world();
    /// Runs `act` on the world under its mutex and answers its result.
    template <typename Act> auto withWorld(Act act) {
        const std::lock_guard<std::mutex> lock(world().mutex());
        return act(world());
    }
    /// Adds a fault (grammar: README.md), `index-delay=MS` included. Throws std::invalid_argument.
    void addFault(const std::string& spec);

private:
    struct Parts;
    std::unique_ptr<Parts> _parts;
};

} // namespace jira_sim
