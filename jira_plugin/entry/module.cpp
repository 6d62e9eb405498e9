#include "module.hpp"

#include "jira/pooled_transport.hpp"
#include "version.hpp"

namespace jira_plugin::entry {
namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;

/// The job of all organisations together.
constexpr const char* upkeepJob = "connection-upkeep";

/// One part of the daily upkeep: should it fail, the others do not wait with it.
template <class Work> void maintain(host::Log& log, const char* part, const Work& work) {
    try {
        work();
    } catch (const std::exception& problem) {
        log.warning("The daily upkeep failed in part; it is tried again tomorrow.",
                    {{"part", part}, {"reason", problem.what()}});
    }
}

} // namespace

Module::Module(host::Services& services, const std::string& dataDirectory)
    : Module(services, databasePlace(services.config, dataDirectory)) {}

Module::Module(host::Services& services, const DatabasePlace& place)
    : _services(services), _database(place.place, place.options), _sealer(services.keys),
      _resealing(_database, _sealer, services.log), _jobs(_database),
      _transport(std::make_shared<jira::PooledTransport>(jira::TransportOptions::from(services.config))),
      _cloud(services, _database, _transport), _server(services, _database, _transport),
      _connections(_cloud, _server), _connectionDesk(_cloud, _server), _mappings(_database),
      _mappingSource(_mappings), _syncSettings(_database),
      _parts(_database, _connections, _mappingSource, services, push::readPushSettings(services.config)),
      _worker(_parts), _pushes(_parts, _worker),
      _upkeepParts(
          services, _database, _mappings,
          [this](const std::string& organisation) { return sync::sideOf(_connections.client(organisation)); },
          [this](const std::string& organisation) { return _cloud.status(organisation); }),
      _sync(_parts, _worker, _syncSettings, _upkeepParts), _pushDesk(_parts, _pushes, _worker),
      _testTickets(_parts), _probe(jira::TransportOptions::from(services.config)),
      _checks({services, _connections, _mappings, _database, _probe,
               [this](const std::string& organisation) { return _cloud.status(organisation); },
               &_sync.upkeep()}),
      _syncDesk(_sync.outward().links(), _sync.inbox(), _sync.outward().desk(), services.clock,
                [this] { _sync.inboxChanged(); }),
      _api(settings::Parts{services, _mappings, _connections, _connectionDesk, _pushDesk, _parts.metadata,
                           _testTickets, _checks, _syncSettings, _sync.upkeep(), _syncDesk, pluginVersion}) {
    const auto changed = [this](const std::string& organisation) {
        _worker.connectionChanged(organisation);
        _sync.connectionChanged(organisation);
    };
    _cloud.onChange(changed);
    _server.onChange(changed);
    _cloud.beforeDisconnect(
        [this](const std::string& organisation) { _sync.upkeep().disconnecting(organisation); });
    _mappings.onChange(
        [this](const std::string& organisation) { _sync.upkeep().mappingChanged(organisation); });
    _worker.start();
    _database.onVanished([this] { othersVanished(); });
    try {
        _sync.start();
        _cloud.start();
        scheduleUpkeep();
    } catch (...) {
        stop();
        throw;
    }
}

// What other hosts had in hand when they died is taken over at once.
void Module::othersVanished() {
    _cloud.othersVanished();
    _testTickets.othersVanished();
    _worker.wake();
    _sync.othersVanished();
}

// Every host that shares the database has the job; one of them does it.
void Module::scheduleUpkeep() {
    _services.scheduler.every(upkeepJob, dayMs, [this] {
        const std::int64_t sinceLastMs = _database.isShared() ? dayMs * 9 / 10 : 0;
        if (const auto lease = _jobs.take("", upkeepJob, _services.clock.nowMs(), sinceLastMs)) {
            maintain(_services.log, "connections to Jira Cloud", [this] { _cloud.maintain(); });
            maintain(_services.log, "connections to Jira Data Center", [this] { _server.maintain(); });
            maintain(_services.log, "news from Jira", [this] { _sync.maintain(); });
            maintain(_services.log, "stored secrets", [this] { _resealing.run(); });
        }
    });
}

void Module::stop() {
    _database.onVanished({});
    _checks.stop();
    const auto cut = [this] { _transport->stop(); };
    _worker.stop(std::chrono::seconds(5), cut); // first: a request that creates tickets has the longest grace
    _sync.stop(cut);
    _server.stop();
    _cloud.stop();
}

} // namespace jira_plugin::entry
