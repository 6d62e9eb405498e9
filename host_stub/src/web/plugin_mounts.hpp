#pragma once

#include "exchange.hpp"

namespace aspm::host {

class Sessions;
class StubHost;

/// Leads requests to the plugins: settings pages for signed-in users of the right role, webhooks for the
/// world.
class PluginMounts {
public:
    PluginMounts(StubHost& host, Sessions& sessions) : _host(host), _sessions(sessions) {}

    /// /settings/integrations/PAGE/...; the session is there.
    void answerPage(Exchange& exchange);

    /// /hooks/ORGANISATION/PLUGIN/ROUTE/...
    void answerWebhook(Exchange& exchange);

private:
    std::string whomToAsk(const std::string& organisation, aspm_roles roles);

    StubHost& _host;
    Sessions& _sessions;
};

} // namespace aspm::host
