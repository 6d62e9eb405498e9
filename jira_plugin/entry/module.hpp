#pragma once

#include "connection/organisation_connections.hpp"
#include "connection/resealing.hpp"
#include "database_place.hpp"
#include "diagnosis/checks.hpp"
#include "diagnosis/network_probe.hpp"
#include "host/services.hpp"
#include "jira/transport.hpp"
#include "mapping/mapping_store.hpp"
#include "push/mapping_source.hpp"
#include "push/push_parts.hpp"
#include "push/push_service.hpp"
#include "push/push_worker.hpp"
#include "settings/api.hpp"
#include "settings/connection_desk.hpp"
#include "settings/live_sync_desk.hpp"
#include "settings/push_desk.hpp"
#include "store/database.hpp"
#include "sync/job_leases.hpp"
#include "sync/settings_store.hpp"
#include "sync/sync.hpp"
#include "trial/test_tickets.hpp"

#include <memory>
#include <string>

namespace jira_plugin::entry {

/// Everything that runs between start and stop, in the order in which it is acquired; released in reverse.
class Module {
public:
    /// services: borrowed, outlive this. Throws what opening the store or reading the configuration throws;
    /// nothing runs then.
    Module(host::Services& services, const std::string& dataDirectory);
    Module(host::Services& services, const DatabasePlace& place);

    /// Returns when no thread of the plugin runs; after it nothing of the host is called.
    void stop();

    settings::Api& api() { return _api; }
    push::PushService& pushes() { return _pushes; }
    sync::Sync& sync() { return _sync; }

private:
    void othersVanished();
    void scheduleUpkeep();

    host::Services& _services;
    store::Database _database;
    const connection::Sealer _sealer;
    connection::Resealing _resealing;
    sync::JobLeases _jobs;
    std::shared_ptr<jira::Transport> _transport;
    connection::CloudConnections _cloud;
    connection::ServerConnections _server;
    connection::OrganisationConnections _connections;
    settings::JiraDesk _connectionDesk;
    mapping::MappingStore _mappings;
    push::StoredMappings _mappingSource;
    sync::SettingsStore _syncSettings;
    push::PushParts _parts;
    push::PushWorker _worker;
    push::PushService _pushes;
    sync::UpkeepParts _upkeepParts;
    sync::Sync _sync;
    settings::OutboxDesk _pushDesk;
    trial::TestTickets _testTickets;
    diagnosis::NetworkProbe _probe;
    diagnosis::Checks _checks;
    settings::LiveSyncDesk _syncDesk;
    settings::Api _api;
};

} // namespace jira_plugin::entry
