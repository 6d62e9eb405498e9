#include "inspection.hpp"

#include <algorithm>
#include <chrono>

#include <aspm_host/library.hpp>
#include <aspm_host/memory_services.hpp>

namespace aspm::host::cli {

namespace {

class Stopwatch {
public:
    /// Milliseconds since it was made.
    double ms() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - _begin).count();
    }

private:
    std::chrono::steady_clock::time_point _begin = std::chrono::steady_clock::now();
};

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts)
        out += (out.empty() ? "" : ", ") + text;
    return out;
}

std::string rolesText(aspm_roles roles) {
    std::vector<std::string> names;
    if (roles & ASPM_ROLE_MEMBER)
        names.emplace_back("members");
    if (roles & ASPM_ROLE_PROJECT_ADMIN)
        names.emplace_back("project admins");
    if (roles & ASPM_ROLE_ADMIN)
        names.emplace_back("admins");
    return names.empty() ? "nobody" : joined(names);
}

std::string interestsText(std::uint32_t interests) {
    std::vector<std::string> names;
    if (interests & ASPM_CHANGED_STATUS)
        names.emplace_back("status");
    if (interests & ASPM_CHANGED_SEVERITY)
        names.emplace_back("severity");
    if (interests & ASPM_CHANGED_DUE_DATE)
        names.emplace_back("due date");
    if (interests & ASPM_CHANGED_TEXT)
        names.emplace_back("text");
    if (interests & ASPM_CHANGED_DELETED)
        names.emplace_back("deletion");
    return "hears of " + joined(names);
}

std::string scopesText(const WebhookRouteInfo& route) {
    std::string text = joined(route.methods);
    if (route.scopes & ASPM_ROUTE_PER_ORGANISATION)
        text += ", one address per organisation";
    if (route.scopes & ASPM_ROUTE_GLOBAL)
        text += ", one address for all";
    return text + ", bodies up to " + std::to_string(route.maxBodySize) + " bytes";
}

std::vector<InspectedContribution> registrationsOf(const Plugin& plugin) {
    std::vector<InspectedContribution> all;
    for (const SettingsPageInfo& page : plugin.settingsPages())
        all.push_back({"aspm.settings-page/1", page.id,
                       "\"" + page.title + "\" for " + rolesText(page.openTo) + ", bodies up to " +
                           std::to_string(page.maxBodySize) + " bytes"});
    for (const TicketPushInfo& hook : plugin.ticketPushes())
        all.push_back({"aspm.ticket-push/1", hook.id, "\"" + hook.title + "\""});
    for (const FindingStatusInfo& hook : plugin.findingStatusHooks())
        all.push_back({"aspm.finding-status/1", hook.id, interestsText(hook.interests)});
    for (const WebhookRouteInfo& route : plugin.webhookRoutes())
        all.push_back({"aspm.webhook-route/1", route.id, scopesText(route)});
    return all;
}

InspectedTable tableOf(const aspm_plugin& table) {
    return {table.id,
            table.version,
            std::to_string(table.abi_major) + "." + std::to_string(table.abi_minor),
            table.abi_minor_min,
            table.max_concurrency,
            (table.flags & ASPM_PLUGIN_RESIDENT) != 0,
            table.struct_size};
}

void load(Inspection& seen, Misbehaviour& misbehaviour) {
    Stopwatch watch;
    {
        auto library = PluginLibrary::open(*seen.manifest, misbehaviour);
        seen.table = tableOf(library->table());
    }
    seen.loadMs = watch.ms();
}

void start(Inspection& seen, MemoryServices& services, Misbehaviour& misbehaviour) {
    HostOptions options;
    options.name = "host_stub inspect";
    options.runJobs = false;
    Stopwatch starting;
    auto plugin = Plugin::load(*seen.manifest, services.services(), misbehaviour, options);
    plugin->start();
    seen.startMs = starting.ms();
    seen.started = true;
    seen.registered = registrationsOf(*plugin);
    Stopwatch stopping;
    plugin.reset();
    seen.stopMs = stopping.ms();
}

/// Runs a step; false when it failed, which is then noted.
template <typename Step> bool attempt(Inspection& seen, Step step) {
    try {
        step();
        return true;
    } catch (const Problem& problem) {
        seen.problems.push_back(problem);
        return false;
    }
}

} // namespace

bool Inspection::isRegistered(const ManifestContribution& listed) const {
    return std::any_of(registered.begin(), registered.end(), [&](const InspectedContribution& one) {
        return one.kind == listed.kind && one.id == listed.id;
    });
}

Inspection inspectBundle(const std::filesystem::path& directory) {
    Inspection seen;
    if (!attempt(seen, [&] { seen.manifest = Manifest::read(directory); }))
        return seen;
    MemoryServices services;
    Misbehaviour misbehaviour;
    attempt(seen, [&] { seen.elf = ElfFile::read(seen.manifest->library()); });
    bool loadable = attempt(seen, [&] {
        seen.digest = sha256OfFile(seen.manifest->library());
        checkBeforeLoading(*seen.manifest, services.services().ids());
    });
    if (loadable && seen.elf && attempt(seen, [&] { load(seen, misbehaviour); }))
        attempt(seen, [&] { start(seen, services, misbehaviour); });
    for (const std::string& sentence : misbehaviour.sentences())
        seen.problems.emplace_back(sentence, "plugin_api/README.md describes the contract.");
    return seen;
}

} // namespace aspm::host::cli
