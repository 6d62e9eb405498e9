#pragma once

#include "connected_host.hpp"
#include "described_routes.hpp"

#include <map>
#include <string>
#include <vector>

namespace integration {

/// Stands in everything that belongs to the other organisation.
extern const std::string canary;

/// A second organisation, "globex", on the same host and the same Jira: an administrator of the same name and
/// findings with the ids that acme's have, too, and more of them.
class Neighbour {
public:
    /// Connected, mapped and set up; one finding has its ticket.
    explicit Neighbour(const ConnectedHost& world);

    /// Gives it everything that waits, failed or was found out: a parked change in either direction, a link
    /// by hand, a comparison with a difference and an orphan. A consent and a handed-over link are under way.
    void getIntoTrouble();

    test_support::HttpClient admin() const { return _world.host.signedIn("alice", "globex"); }
    const std::string& project() const { return _project; }
    const std::string& finding() const { return _findings.back(); }

    /// What a probe's {names} stand for in a route.
    std::map<std::string, std::string> idsFor(const DescribedRoute& route) const;

    /// All that it has and could lose: here, at the host and in Jira.
    std::string inventory() const;

private:
    std::string keyOf(const std::string& finding) const;
    std::string parked(const std::string& direction) const;
    void park() const;
    void compare() const;
    void begin();

    const ConnectedHost& _world;
    std::string _project;
    std::vector<std::string> _findings;
    std::string _testTicket;
    std::string _token;
    std::string _state;
    std::string _incoming;
    std::string _outgoing;
};

} // namespace integration
