#pragma once

#include "oauth_protocol.hpp"

#include <string>
#include <vector>

namespace jira_plugin::connection {

/// How an authorisation ended, or what it waits for. The pages have a text of their own for each.
enum class AuthOutcome {
    Connected,
    ConnectedWithoutProjects, ///< connected, but the account sees no project it may create issues in
    ChooseSite,               ///< the grant covers several sites; see AuthResult::sites
    ConfirmOtherSite,         ///< another site than the one connected before; confirm or start again
    NotConfigured,
    Denied,
    ProviderError, ///< Atlassian sent the user back with another error
    StateMissing,  ///< the callback came without state or without code
    StateUnknown,  ///< never issued here
    StateExpired,
    StateUsed,
    StateOfAnother, ///< begun by another user or in another organisation
    CodeRefused,
    ClientRefused, ///< wrong client id or secret: the operator's to mend
    ScopesMissing,
    NoSite,
    NothingPending,   ///< a site was chosen, but no grant waits for that
    AccountRefused,   ///< Jira does not accept the account on that site
    AlreadyConnected, ///< somebody else connected in the meantime
    HandoverEnded,    ///< the link was taken back, replaced or has expired
    ClockSkew,        ///< it failed, and the clocks of this platform and Atlassian differ
    Unreachable,      ///< Atlassian did not answer; nothing was changed
    JiraRefused       ///< Jira Data Center did not hand out the access that was allowed
};

/// A word for APIs and logs, e.g. "choose_site".
const char* toString(AuthOutcome outcome);

/// The end of a step with what to show.
struct AuthResult {
    AuthOutcome outcome = AuthOutcome::Unreachable;
    std::string message;
    std::string remedy;
    std::vector<Site> sites;    ///< ChooseSite, ConfirmOtherSite
    std::string previousSiteId; ///< of the site connected before, empty when there was none
    bool handedOver = false;    ///< of a consent that an admin handed over to a member

    bool isConnected() const {
        return outcome == AuthOutcome::Connected || outcome == AuthOutcome::ConnectedWithoutProjects;
    }
};

/// The sentences of an outcome. detail: what the outcome is about (a site, scopes, somebody's words); may be
/// empty.
AuthResult authResult(AuthOutcome outcome, const std::string& detail = {});

} // namespace jira_plugin::connection
