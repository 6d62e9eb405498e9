#include "push_parts.hpp"

#include "host/config_number.hpp"
#include "store/meta_store.hpp"

#include <random>

namespace jira_plugin::push {
namespace {

double randomShare() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

PushSettings completed(PushSettings settings) {
    if (!settings.random)
        settings.random = &randomShare;
    return settings;
}

} // namespace

PushSettings readPushSettings(host::Config& config) {
    PushSettings settings;
    settings.lanes = static_cast<int>(host::configNumber(config, "jira.push.lanes", settings.lanes, 1, 16));
    settings.settleMs =
        1000 * host::configNumber(config, "jira.push.settle_seconds", settings.settleMs / 1000, 1, 3600);
    return settings;
}

PushParts::PushParts(store::Database& database_, connection::Connections& connections_,
                     MappingSource& mappings_, const host::Services& services, PushSettings settings_)
    : database(database_), connections(connections_), mappings(mappings_), host(services),
      settings(completed(std::move(settings_))),
      installationMarker(store::MetaStore(database_).installationMarker()), outbox(database_),
      links(database_), metadata(settings.steadyClock), refusals(settings.steadyClock),
      renderer(metadata, host.ownership), gate(database_, host, settings.random),
      leases(database_.instance()), doubts(settings.steadyClock) {}

} // namespace jira_plugin::push
