#pragma once

#include "recording.hpp"
#include "simulator.hpp"

#include <Poco/Net/HTTPSClientSession.h>

#include <memory>
#include <string>
#include <vector>

namespace bench {

/// The least that can create the same tickets: posts prebuilt bodies over connections that are kept alive,
/// reads the answers and throws them away. It renders nothing, stores nothing, tells nobody.
class BareClient {
public:
    /// Obtains an access token and opens the connections.
    BareClient(const test_support::Simulator& jira, int connections);

    /// Posts all of them, each connection the next one that is left. Throws std::runtime_error when one is
    /// not answered by 201.
    void post(const std::vector<Recorded>& requests);

private:
    using Session = Poco::Net::HTTPSClientSession;

    void send(Session& session, const Recorded& request) const;

    std::string _authorization;
    std::vector<std::unique_ptr<Session>> _sessions;
};

} // namespace bench
