#pragma once

#include "probe.hpp"

#include "connection/cloud_connections.hpp"
#include "connection/connections.hpp"
#include "host/services.hpp"
#include "mapping/mapping_store.hpp"
#include "store/database.hpp"
#include "sync/health.hpp"

#include <functional>
#include <string>

namespace jira_plugin::diagnosis {

/// What the checks look at. Everything is borrowed and outlives them.
struct Ground {
    const host::Services& host;
    connection::Connections& connections;
    mapping::MappingStore& mappings;
    store::Database& database;
    Probe& probe;
    std::function<connection::ConnectionStatus(const std::string& organisation)> status;
    sync::Health* health = nullptr; ///< NULL: nothing is heard of Jira here
};

} // namespace jira_plugin::diagnosis
