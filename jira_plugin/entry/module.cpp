#include "module.hpp"

#include "jira/pooled_transport.hpp"
#include "version.hpp"

namespace jira_plugin::entry {
namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;

/// SQLite in the plugin's directory; anything else is refused rather than ignored.
std::string databaseFile(host::Config& config, const std::string& dataDirectory) {
    const auto url = config.get("database.url");
    if (url && !url->empty())
        throw std::invalid_argument(
            "This version keeps its state in an SQLite file of its own and cannot use "
            "the database that database.url names. Remove database.url from the "
            "configuration.");
    return dataDirectory + "/jira.sqlite";
}

} // namespace

Module::Module(host::Services& services, const std::string& dataDirectory)
    : _services(services), _database(databaseFile(services.config, dataDirectory)),
      _transport(std::make_shared<jira::PooledTransport>(jira::TransportOptions::from(services.config))),
      _cloud(services, _database, _transport), _server(services, _database, _transport),
      _connections(_cloud, _server), _connectionDesk(_cloud, _server), _mappings(_database),
      _mappingSource(_mappings), _syncSettings(_database),
      _parts(_database, _connections, _mappingSource, services, push::readPushSettings(services.config)),
      _worker(_parts), _pushes(_parts, _worker), _sync(_parts, _worker, _syncSettings),
      _pushDesk(_parts, _pushes, _worker), _testTickets(_parts),
      _probe(jira::TransportOptions::from(services.config)),
      _checks({services, _connections, _mappings, _database, _probe,
               [this](const std::string& organisation) { return _cloud.status(organisation); }}),
      _api(settings::Parts{services, _mappings, _connections, _connectionDesk, _pushDesk, _parts.metadata,
                           _testTickets, _checks, _syncSettings, pluginVersion}) {
    const auto changed = [this](const std::string& organisation) {
        _worker.connectionChanged(organisation);
        _sync.connectionChanged(organisation);
    };
    _cloud.onChange(changed);
    _server.onChange(changed);
    _worker.start();
    try {
        _sync.start();
        scheduleUpkeep();
    } catch (...) {
        stop();
        throw;
    }
}

void Module::scheduleUpkeep() {
    _services.scheduler.every("connection-upkeep", dayMs, [this] {
        _cloud.maintain();
        _server.maintain();
        _sync.maintain();
    });
}

void Module::stop() {
    _checks.stop();
    const auto cut = [this] { _transport->stop(); };
    _sync.stop(cut);
    _worker.stop(std::chrono::seconds(5), cut);
    _server.stop();
    _cloud.stop();
}

} // namespace jira_plugin::entry
