#pragma once

#include <string>

#include "exchange.hpp"

namespace aspm::host {

class Sessions;
class StubHost;

/// The web shell: the host's own pages around those of the plugins. Called from many threads.
class Pages {
public:
    Pages(StubHost& host, Sessions& sessions) : _host(host), _sessions(sessions) {}

    /// /sign-in: who are you? Needs no session; a POST carries the token of the session that it replaces, if
    /// any.
    void signIn(Exchange& exchange);

    /// Every other page. The session is there, and the CSRF token was checked for unsafe methods.
    void answer(Exchange& exchange);

    /// An error as a page with the shell around it, when somebody is signed in.
    void error(Exchange& exchange, int status, const std::string& message, const std::string& remedy);

private:
    StubHost& _host;
    Sessions& _sessions;
};

} // namespace aspm::host
