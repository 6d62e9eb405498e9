// Where the plugin keeps things and is found: secrets, storage, urls, alerts.
#include "service_guard.hpp"
#include "service_tables.hpp"
#include "views.hpp"

namespace aspm::host {

namespace {

const HostServices& servicesOf(void* impl) {
    return InstanceCore::of(impl).services();
}
const std::string& idOf(void* impl) {
    return InstanceCore::of(impl).id();
}

void giveText(void* impl, const char* function, aspm_text_fn fn, void* context, const std::string& text) {
    callBack(impl, function, [&] { return fn(context, view(text)), 1; });
}

void giveKey(void* impl, const char* function, aspm_key_fn fn, void* context, EncryptionKey& key) {
    callBack(impl, function, [&] { return fn(context, view(key.id), view(key.bytes)), 1; });
    key.bytes.assign(key.bytes.size(), '\0');
}

aspm_status secretsCurrentKey(const aspm_secrets* secrets, aspm_call* call, aspm_str organisation,
                              aspm_key_fn fn, void* context) {
    return serve(secrets->impl, call, "secrets.current_key", [&] {
        requireFunction(fn);
        EncryptionKey key =
            servicesOf(secrets->impl).secrets->currentKey(textFrom(organisation, "The organisation"));
        giveKey(secrets->impl, "secrets.current_key", fn, context, key);
    });
}

aspm_status secretsKey(const aspm_secrets* secrets, aspm_call* call, aspm_str organisation, aspm_str id,
                       aspm_key_fn fn, void* context) {
    return serve(secrets->impl, call, "secrets.key", [&] {
        requireFunction(fn);
        auto key =
            servicesOf(secrets->impl)
                .secrets->key(textFrom(organisation, "The organisation"), textFrom(id, "The key's id"));
        if (!key)
            throw ServiceError(
                ASPM_NOT_FOUND, "The host has no such key for this organisation.",
                "What was encrypted with it cannot be read; restore the host's key file, or connect "
                "again.");
        giveKey(secrets->impl, "secrets.key", fn, context, *key);
    });
}

aspm_status storageDirectory(const aspm_storage* storage, aspm_call* call, aspm_text_fn fn, void* context) {
    return serve(storage->impl, call, "storage.data_directory", [&] {
        requireFunction(fn);
        giveText(storage->impl, "storage.data_directory", fn, context,
                 servicesOf(storage->impl).storage->dataDirectory(idOf(storage->impl)));
    });
}

aspm_status storageDatabaseUrl(const aspm_storage* storage, aspm_call* call, aspm_text_fn fn, void* context) {
    return serve(storage->impl, call, "storage.database_url", [&] {
        requireFunction(fn);
        auto url = servicesOf(storage->impl).storage->databaseUrl(idOf(storage->impl));
        if (!url)
            throw ServiceError(ASPM_NOT_FOUND, "No shared database is configured.",
                               "Use the data directory.");
        giveText(storage->impl, "storage.database_url", fn, context, *url);
    });
}

aspm_status urlsBase(const aspm_urls* urls, aspm_call* call, aspm_text_fn fn, void* context) {
    return serve(urls->impl, call, "urls.base", [&] {
        requireFunction(fn);
        giveText(urls->impl, "urls.base", fn, context, servicesOf(urls->impl).urls->base());
    });
}

/// The plugin asks only for what is its own.
std::string ownContribution(void* impl, const char* kind, aspm_str id, const char* what) {
    std::string name = textFrom(id, what);
    if (!InstanceCore::of(impl).manifest().lists(kind, name))
        throw ServiceError(ASPM_NOT_FOUND,
                           std::string(what) + " \"" + name + "\" is not in the plugin's manifest.",
                           "Add it to contributions in manifest.json.");
    return name;
}

aspm_status urlsSettingsPage(const aspm_urls* urls, aspm_call* call, aspm_str page, aspm_text_fn fn,
                             void* context) {
    return serve(urls->impl, call, "urls.settings_page", [&] {
        requireFunction(fn);
        std::string id = ownContribution(urls->impl, ASPM_SETTINGS_PAGE_1, page, "The settings page");
        giveText(urls->impl, "urls.settings_page", fn, context,
                 servicesOf(urls->impl).urls->settingsPage(id));
    });
}

aspm_status urlsWebhookRoute(const aspm_urls* urls, aspm_call* call, aspm_str organisation, aspm_str route,
                             aspm_text_fn fn, void* context) {
    return serve(urls->impl, call, "urls.webhook_route", [&] {
        requireFunction(fn);
        std::string id = ownContribution(urls->impl, ASPM_WEBHOOK_ROUTE_1, route, "The webhook route");
        giveText(urls->impl, "urls.webhook_route", fn, context,
                 servicesOf(urls->impl)
                     .urls->webhookRoute(idOf(urls->impl), textFrom(organisation, "The organisation"), id));
    });
}

aspm_status urlsFinding(const aspm_urls* urls, aspm_call* call, aspm_str organisation, aspm_str finding,
                        aspm_text_fn fn, void* context) {
    return serve(urls->impl, call, "urls.finding", [&] {
        requireFunction(fn);
        giveText(
            urls->impl, "urls.finding", fn, context,
            servicesOf(urls->impl)
                .urls->finding(textFrom(organisation, "The organisation"), textFrom(finding, "The finding")));
    });
}

aspm_status alertsRaise(const aspm_alerts* alerts, aspm_call* call, aspm_str organisation,
                        const aspm_alert* alert) {
    return serve(alerts->impl, call, "alerts.raise", [&] {
        servicesOf(alerts->impl)
            .alerts->raise(idOf(alerts->impl), textFrom(organisation, "The organisation"), alertFrom(alert));
    });
}

aspm_status alertsClear(const aspm_alerts* alerts, aspm_call* call, aspm_str organisation, aspm_str key) {
    return serve(alerts->impl, call, "alerts.clear", [&] {
        servicesOf(alerts->impl)
            .alerts->clear(idOf(alerts->impl), textFrom(organisation, "The organisation"),
                           textFrom(key, "The alert's key"));
    });
}

} // namespace

aspm_secrets makeSecretsTable(InstanceCore& core) {
    return {sizeof(aspm_secrets), &core, secretsCurrentKey, secretsKey};
}
aspm_storage makeStorageTable(InstanceCore& core) {
    return {sizeof(aspm_storage), &core, storageDirectory, storageDatabaseUrl};
}
aspm_urls makeUrlsTable(InstanceCore& core) {
    return {sizeof(aspm_urls), &core, urlsBase, urlsSettingsPage, urlsWebhookRoute, urlsFinding};
}
aspm_alerts makeAlertsTable(InstanceCore& core) {
    return {sizeof(aspm_alerts), &core, alertsRaise, alertsClear};
}

} // namespace aspm::host
