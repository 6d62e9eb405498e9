#pragma once

#include "../web/exchange.hpp"

namespace aspm::host {

class Sessions;
class StubHost;

/// /stub/api: what tests, scripts and the commands of host_stub ask of a running host, as host_stub/README.md
/// lists it. Only who can read host.json has the token. Called from many threads.
class ControlApi {
public:
    ControlApi(StubHost& host, Sessions& sessions) : _host(host), _sessions(sessions) {}

    /// Answers in JSON, errors too.
    void answer(Exchange& exchange);

private:
    void checkToken(const Exchange& exchange) const;

    StubHost& _host;
    Sessions& _sessions;
};

} // namespace aspm::host
