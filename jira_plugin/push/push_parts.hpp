#pragma once

#include "connection/connections.hpp"
#include "doubt_watch.hpp"
#include "host/services.hpp"
#include "lease_registry.hpp"
#include "mapping_source.hpp"
#include "metadata_cache.hpp"
#include "queue_gate.hpp"
#include "recent_tickets.hpp"
#include "refusal_memory.hpp"
#include "renderer.hpp"
#include "store/database.hpp"
#include "store/link_store.hpp"
#include "store/outbox_store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace jira_plugin::push {

/// How the push behaves; the defaults are those of the manifest.
struct PushSettings {
    /// Batches that may be on their way to one organisation's Jira at the same time.
    int lanes = 2;
    /// How long the label of an issue in doubt must stay absent before it is sent again.
    std::int64_t settleMs = 120'000;
    /// How long a lease lasts: well over the longest request.
    std::int64_t leaseMs = 300'000;
    /// From [0, 1), for jitter.
    std::function<double()> random;
    SteadyClock steadyClock = &std::chrono::steady_clock::now;
    /// Called with the name of each step before it is taken. Tests die here.
    std::function<void(const char* step)> beforeStep;
};

/// Reads jira.push.lanes and jira.push.settle_seconds. Throws std::invalid_argument that names the key and
/// what it takes.
PushSettings readPushSettings(host::Config& config);

/// What the service and the worker share. Everything handed in is borrowed and outlives it.
class PushParts {
public:
    PushParts(store::Database& database, connection::Connections& connections, MappingSource& mappings,
              const host::Services& services, PushSettings settings = {});

    std::int64_t nowMs() const { return host.clock.nowMs(); }
    void step(const char* name) const {
        if (settings.beforeStep)
            settings.beforeStep(name);
    }

    store::Database& database;
    connection::Connections& connections;
    MappingSource& mappings;
    const host::Services host;
    const PushSettings settings;
    const std::string installationMarker;
    store::OutboxStore outbox;
    store::LinkStore links;
    MetadataCache metadata;
    RefusalMemory refusals;
    Renderer renderer;
    QueueGate gate;
    LeaseRegistry leases;
    RecentTickets recent;
    DoubtWatch doubts;
};

} // namespace jira_plugin::push
