#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <aspm_host/plugin.hpp>

#include "../store/finding_store.hpp"

namespace aspm::host {

/// One request to make tickets.
struct PushOrder {
    std::string organisation;
    std::string project;               ///< id; with `findings` empty: all of the project that have none yet
    std::vector<std::string> findings; ///< ids
    bool retry = false;                ///< parked ones at once
    std::optional<Principal> requestedBy;
};

struct PushRefusal {
    std::string finding;
    std::string message;
    std::string remedy;
};

struct PushOutcome {
    std::size_t asked = 0;
    std::map<aspm_push_state, std::size_t> states;
    std::vector<PushRefusal> refused; ///< the first hundred
};

/// Hands findings to a ticket-push hook, page by page, so that memory does not grow with their number.
class Pusher {
public:
    explicit Pusher(FindingStore& findings) : _findings(findings) {}

    /// Throws ServiceError: ASPM_NOT_FOUND when a finding does not exist, nothing is asked then; ASPM_STATE
    /// when the plugin does not take the request.
    PushOutcome push(Plugin& plugin, const std::string& hook, const PushOrder& order);

private:
    Finding findingOf(const PushOrder& order, const std::string& id);
    PushOutcome pushNamed(Plugin& plugin, const std::string& hook, const PushOrder& order);
    PushOutcome pushAll(Plugin& plugin, const std::string& hook, const PushOrder& order);
    void pushPage(Plugin& plugin, const std::string& hook, const PushOrder& order,
                  std::vector<Finding> findings, PushOutcome& outcome);

    FindingStore& _findings;
};

} // namespace aspm::host
