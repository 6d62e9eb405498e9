#include "plugin_json.hpp"

#include "json_build.hpp"

namespace aspm::host {

namespace {

Poco::JSON::Object::Ptr keyToJson(const ManifestConfigKey& key) {
    auto json = jsonObject(
        {{"key", key.key}, {"type", key.type}, {"description", key.description}, {"secret", key.secret}});
    if (key.hasDefault)
        json->set("default", key.defaultValue);
    return json;
}

Poco::JSON::Object::Ptr pageToJson(const SettingsPageInfo& page) {
    return jsonObject({{"id", page.id},
                       {"title", page.title},
                       {"navigation", page.navigation},
                       {"maxBodySize", page.maxBodySize}});
}

Poco::JSON::Object::Ptr routeToJson(const WebhookRouteInfo& route) {
    return jsonObject({{"id", route.id},
                       {"methods", jsonArray(route.methods)},
                       {"perOrganisation", (route.scopes & ASPM_ROUTE_PER_ORGANISATION) != 0},
                       {"global", (route.scopes & ASPM_ROUTE_GLOBAL) != 0},
                       {"maxBodySize", route.maxBodySize}});
}

Poco::JSON::Object::Ptr pushHookToJson(const TicketPushInfo& hook) {
    return jsonObject({{"id", hook.id}, {"title", hook.title}});
}

Poco::JSON::Object::Ptr statusHookToJson(const FindingStatusInfo& hook) {
    return jsonObject({{"id", hook.id}});
}

} // namespace

Poco::JSON::Object::Ptr manifestToJson(const Manifest& m) {
    auto contribution = [](const ManifestContribution& one) {
        return jsonObject({{"kind", one.kind}, {"id", one.id}});
    };
    auto destination = [](const ManifestDestination& one) {
        return jsonObject({{"address", one.address}, {"purpose", one.purpose}});
    };
    return jsonObject({{"id", m.id},
                       {"name", m.name},
                       {"description", m.description},
                       {"version", m.version},
                       {"licence", m.licence},
                       {"directory", m.directory.string()},
                       {"library", m.libraryFile},
                       {"sha256", m.librarySha256},
                       {"abiMajor", m.abiMajor},
                       {"abiMinorMin", m.abiMinorMin},
                       {"contributions", jsonArray(m.contributions, contribution)},
                       {"requiredServices", jsonArray(m.requiredServices)},
                       {"optionalServices", jsonArray(m.optionalServices)},
                       {"config", jsonArray(m.config, keyToJson)},
                       {"network", jsonArray(m.network, destination)}});
}

Poco::JSON::Object::Ptr pluginToJson(const Plugin& plugin) {
    return jsonObject({{"manifest", manifestToJson(plugin.manifest())},
                       {"running", plugin.isRunning()},
                       {"settingsPages", jsonArray(plugin.settingsPages(), pageToJson)},
                       {"webhookRoutes", jsonArray(plugin.webhookRoutes(), routeToJson)},
                       {"ticketPushes", jsonArray(plugin.ticketPushes(), pushHookToJson)},
                       {"findingStatusHooks", jsonArray(plugin.findingStatusHooks(), statusHookToJson)}});
}

} // namespace aspm::host
