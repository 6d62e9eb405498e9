#pragma once

#include "reconciliation_report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// What an organisation's webhook in Jira is worth now.
struct WebhookHealth {
    enum class State {
        Off,         ///< not connected, or nothing mapped that it could watch
        Registering, ///< it is on its way, or Jira could not be asked yet and is asked again
        Unproven,    ///< registered; nothing has been heard yet
        Healthy,
        Manual,   ///< a Jira admin must create it by hand, see Health::manualSetup
        Refused,  ///< Jira does not let us register it
        Missing,  ///< it was deleted in Jira
        Disabled, ///< it was switched off in Jira
        Expired,  ///< or is about to be
        Wrong,    ///< its URL, events or filter are not what they should be
        Deaf      ///< registered as it should be, and nothing arrives
    };
    State state = State::Off;
    std::string message; ///< for people, one or two sentences; never empty
    std::string remedy;
    std::int64_t sinceMs = 0;     ///< of the state
    std::int64_t checkedAtMs = 0; ///< of the last check; 0: none yet
    std::int64_t heardAtMs = 0;   ///< of the last delivery; 0: none yet
    std::int64_t delayMs = -1;    ///< from the canary's change to its delivery; -1: not measured
    std::int64_t expiresAtMs = 0; ///< the earliest; 0: never
    std::vector<std::string> ids; ///< in Jira
    bool isRepairable = false;    ///< whether Health::repair is worth a click

    bool isWell() const {
        return state == State::Off || state == State::Registering || state == State::Unproven ||
               state == State::Healthy;
    }
};

/// "off", "registering", "unproven", "healthy", "manual", "refused", "missing", "disabled", "expired",
/// "wrong", "deaf"
const char* toString(WebhookHealth::State state);

/// What a Jira admin needs to create the webhook by hand.
struct ManualSetup {
    std::string url;    ///< holds an unguessable part: for admins only
    std::string secret; ///< in clear, for admins only; empty: this Jira signs nothing
    std::vector<std::string> events;
    std::string jql;
    std::vector<std::string> steps; ///< one sentence or two each, in order
};

/// Whether the two sides hear of each other, and what mends it. Safe from any thread. Every function throws
/// store::StoreError when the database fails.
class Health {
public:
    virtual ~Health() = default;
    /// As it is stored; does not go to the network.
    virtual WebhookHealth health(const std::string& organisation) = 0;
    /// Nothing unless the webhook is one of a Data Center. Does not go to the network.
    virtual std::optional<ManualSetup> manualSetup(const std::string& organisation) = 0;
    /// Looks at the webhook in Jira and sends a canary, whose arrival is judged later. Throws the types of
    /// jira/errors.hpp.
    virtual WebhookHealth check(const std::string& organisation) = 0;
    /// Registers anew and starts a reconciliation of what was missed. user: who asked, for the audit trail.
    /// Throws the types of jira/errors.hpp.
    virtual WebhookHealth repair(const std::string& organisation, const std::string& user) = 0;
    /// New secrets for a Data Center; the old ones are accepted for a day. Throws the types of
    /// jira/errors.hpp.
    virtual WebhookHealth renewSecrets(const std::string& organisation, const std::string& user) = 0;
    /// Begins one in the background; false when one is under way.
    virtual bool reconcile(const std::string& organisation, const std::string& user) = 0;
    /// Of the run under way, else of the last one.
    virtual std::optional<ReconciliationReport> report(const std::string& organisation) = 0;
};

} // namespace jira_plugin::sync
