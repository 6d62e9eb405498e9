#include "push_parts.hpp"

#include "store/meta_store.hpp"

#include <random>
#include <stdexcept>

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

std::int64_t number(host::Config& config, const char* key, std::int64_t fallback, std::int64_t least,
                    std::int64_t most) {
    const auto text = config.get(key);
    if (!text || text->empty())
        return fallback;
    const bool isNumber = text->size() < 10 && text->find_first_not_of("0123456789") == std::string::npos;
    if (const std::int64_t value = isNumber ? std::stoll(*text) : -1; value >= least && value <= most)
        return value;
    throw std::invalid_argument("The configuration " + std::string(key) + " is '" + *text +
                                "': it takes a whole number from " + std::to_string(least) + " to " +
                                std::to_string(most) + ".");
}

} // namespace

PushSettings readPushSettings(host::Config& config) {
    PushSettings settings;
    settings.lanes = static_cast<int>(number(config, "jira.push.lanes", settings.lanes, 1, 16));
    settings.settleMs = 1000 * number(config, "jira.push.settle_seconds", settings.settleMs / 1000, 1, 3600);
    return settings;
}

PushParts::PushParts(store::Database& database_, connection::Connections& connections_,
                     MappingSource& mappings_, const host::Services& services, PushSettings settings_)
    : database(database_), connections(connections_), mappings(mappings_), host(services),
      settings(completed(std::move(settings_))),
      installationMarker(store::MetaStore(database_).installationMarker()), outbox(database_),
      links(database_), metadata(settings.steadyClock), refusals(settings.steadyClock),
      renderer(metadata, host.ownership), gate(database_, host, settings.random),
      leases(database_.instance()) {}

} // namespace jira_plugin::push
