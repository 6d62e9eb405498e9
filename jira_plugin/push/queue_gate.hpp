#pragma once

#include "host/services.hpp"
#include "outcome.hpp"
#include "store/outbox_store.hpp"
#include "store/pause_store.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace jira_plugin::push {

/// Opens and closes the queues of whole organisations: Jira asked for a pause, is out of reach, or an admin
/// must connect. Kept in the store, so that a restart does not hurry Jira. Safe from any thread.
class QueueGate {
public:
    QueueGate(store::Database& database, const host::Services& services, std::function<double()> random);

    /// The pause that holds now; nothing when work may go on.
    std::optional<store::Pause> closed(const std::string& organisation);
    /// The pause as it is written, over or not.
    std::optional<store::Pause> lastPause(const std::string& organisation) {
        return _pauses.find(organisation);
    }

    /// Closes after a ruling of Next::Wait or Next::AwaitConnection; returns until when. The first time that
    /// the connection is missing raises an alert.
    std::int64_t close(const std::string& organisation, const Ruling& ruling);

    /// Jira answered: forgets failures, clears the alert.
    void succeeded(const std::string& organisation);

    /// The organisation was connected, or somebody says so: whatever waited for that is due.
    void reopen(const std::string& organisation);

private:
    void await(const std::string& organisation, const store::Pause& pause, bool isNew);

    const host::Services _host;
    const std::function<double()> _random;
    store::PauseStore _pauses;
    store::OutboxStore _outbox;
};

} // namespace jira_plugin::push
