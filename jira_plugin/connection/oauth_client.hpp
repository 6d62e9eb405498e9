#pragma once

#include "cloud_app.hpp"
#include "oauth_protocol.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::jira {
class Transport;
}
namespace jira_plugin::host {
class Clock;
}

namespace jira_plugin::connection {

/// The calls to Atlassian's authorisation server and to the list of sites. Safe from any thread.
class OAuthClient {
public:
    OAuthClient(std::shared_ptr<jira::Transport> transport, host::Clock& clock)
        : _transport(std::move(transport)), _clock(clock) {}

    /// Never throws for what the network or Atlassian do.
    TokenAnswer exchange(const CloudApp& app, const std::string& code);
    /// Tries once more with the same token when the answer got lost: the old token stays valid for ten
    /// minutes after it was rotated.
    TokenAnswer refresh(const CloudApp& app, const Secret& refreshToken);

    /// The sites of a grant. Throws the types of errors.hpp; ReconnectNeeded when the grant is gone.
    std::vector<Site> sites(const CloudApp& app, const Secret& accessToken);

private:
    TokenAnswer post(const CloudApp& app, const std::string& body, bool& answerLost);

    std::shared_ptr<jira::Transport> _transport;
    host::Clock& _clock;
};

} // namespace jira_plugin::connection
