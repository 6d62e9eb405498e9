#include "registrar.hpp"

#include <algorithm>
#include <map>

#include "../boundary/service_guard.hpp"
#include "core.hpp"

namespace aspm::host {

struct ClaimedIds::State {
    std::mutex mutex;
    std::map<std::pair<std::string, std::string>, std::string> owners;
};

ClaimedIds::ClaimedIds() : _state(std::make_unique<State>()) {}
ClaimedIds::~ClaimedIds() = default;

std::string ClaimedIds::claim(const std::string& kind, const std::string& id, const std::string& plugin) {
    std::lock_guard<std::mutex> lock(_state->mutex);
    auto [owner, isNew] = _state->owners.emplace(std::make_pair(kind, id), plugin);
    return isNew ? std::string() : owner->second;
}

void ClaimedIds::release(const std::string& kind, const std::string& id) {
    std::lock_guard<std::mutex> lock(_state->mutex);
    _state->owners.erase({kind, id});
}

namespace {

bool isContributionId(const char* id) {
    std::string_view text(id);
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

template <typename T> void requireMember(T member, const char* kind, const char* name) {
    if (member == nullptr)
        throw ServiceError(ASPM_ARGUMENT, std::string("The ") + kind + " contribution has no " + name + ".",
                           std::string("Set ") + name + " in its table.");
}

template <typename T> T find(const std::vector<T>& tables, const std::string& id) {
    for (const T& table : tables)
        if (id == table.id)
            return table;
    return T{};
}

} // namespace

Registrations::Registrations(InstanceCore& core, ClaimedIds* claims) : _core(core), _claims(claims) {
    _table.struct_size = sizeof(aspm_registrar);
    _table.impl = this;
    _table.add = add;
}

const aspm_registrar* Registrations::open() {
    std::lock_guard<std::mutex> lock(_mutex);
    _open = true;
    return &_table;
}

void Registrations::close() {
    std::lock_guard<std::mutex> lock(_mutex);
    _open = false;
}

void Registrations::revoke() {
    std::lock_guard<std::mutex> lock(_mutex);
    _open = false;
    for (const auto& [kind, id] : _claimed)
        if (_claims != nullptr && kind == ASPM_SETTINGS_PAGE_1)
            _claims->release(kind, id);
    _claimed.clear();
    _pages.clear();
    _routes.clear();
    _pushes.clear();
    _statusHooks.clear();
}

aspm_status Registrations::add(const aspm_registrar* registrar, aspm_call* call, const char* kind,
                               const void* table) {
    if (registrar == nullptr)
        return ASPM_ARGUMENT;
    auto* self = static_cast<Registrations*>(registrar->impl);
    return serve(&self->_core, call, "registrar.add", [&] {
        std::lock_guard<std::mutex> lock(self->_mutex);
        try {
            self->take(kind == nullptr ? "" : kind, table);
        } catch (const ServiceError& refusal) {
            if (self->_firstRefusal.empty())
                self->_firstRefusal = refusal.text();
            self->_core.report(refusal.text());
            throw;
        }
    });
}

void Registrations::take(const std::string& kind, const void* table) {
    if (!_open)
        throw ServiceError(ASPM_STATE, "registrar.add was called after start had returned.",
                           "Register everything inside start.");
    if (kind == ASPM_SETTINGS_PAGE_1) {
        auto page =
            prefixOf(static_cast<const aspm_settings_page*>(table), sizeof(aspm_settings_page), "The table");
        requireMember(page.id, "settings-page", "id");
        requireMember(page.title, "settings-page", "title");
        requireMember(page.navigation, "settings-page", "navigation");
        requireMember(page.handle, "settings-page", "handle");
        claim(kind, page.id);
        page.open_to |= page.visible_to;
        _pages.push_back(page);
    } else if (kind == ASPM_TICKET_PUSH_1) {
        auto push =
            prefixOf(static_cast<const aspm_ticket_push*>(table), sizeof(aspm_ticket_push), "The table");
        requireMember(push.id, "ticket-push", "id");
        requireMember(push.title, "ticket-push", "title");
        requireMember(push.push, "ticket-push", "push");
        requireMember(push.preview, "ticket-push", "preview");
        requireMember(push.state, "ticket-push", "state");
        claim(kind, push.id);
        _pushes.push_back(push);
    } else if (kind == ASPM_FINDING_STATUS_1) {
        auto hook = prefixOf(static_cast<const aspm_finding_status_hook*>(table),
                             sizeof(aspm_finding_status_hook), "The table");
        requireMember(hook.id, "finding-status", "id");
        requireMember(hook.changed, "finding-status", "changed");
        claim(kind, hook.id);
        _statusHooks.push_back(hook);
    } else if (kind == ASPM_WEBHOOK_ROUTE_1) {
        auto route =
            prefixOf(static_cast<const aspm_webhook_route*>(table), sizeof(aspm_webhook_route), "The table");
        requireMember(route.id, "webhook-route", "id");
        requireMember(route.methods, "webhook-route", "methods");
        requireMember(route.handle, "webhook-route", "handle");
        if ((route.scopes & (ASPM_ROUTE_PER_ORGANISATION | ASPM_ROUTE_GLOBAL)) == 0)
            throw ServiceError(ASPM_ARGUMENT, "The webhook-route contribution has no scope.",
                               "Set scopes to ASPM_ROUTE_PER_ORGANISATION, ASPM_ROUTE_GLOBAL or both.");
        claim(kind, route.id);
        _routes.push_back(route);
    } else {
        throw ServiceError(ASPM_UNSUPPORTED, "This host has no contributions of the kind \"" + kind + "\".",
                           "Go on without it, or use a host that has it.");
    }
}

void Registrations::claim(const std::string& kind, const char* id) {
    if (!isContributionId(id))
        throw ServiceError(ASPM_ARGUMENT, "\"" + looseText(view(id)) + "\" is no id for a contribution.",
                           "Use lower-case letters, digits and hyphens, at most 64.");
    if (!_core.manifest().lists(kind, id))
        throw ServiceError(
            ASPM_ARGUMENT, "The manifest does not list the contribution " + kind + " \"" + id + "\".",
            "Add {\"kind\": \"" + kind + "\", \"id\": \"" + id + "\"} to contributions in manifest.json.");
    for (const auto& [claimedKind, claimedId] : _claimed)
        if (claimedKind == kind && claimedId == id)
            throw ServiceError(ASPM_ARGUMENT,
                               "The contribution " + kind + " \"" + id + "\" is registered twice.",
                               "Register it once.");
    if (_claims != nullptr && kind == ASPM_SETTINGS_PAGE_1) {
        std::string owner = _claims->claim(kind, id, _core.id());
        if (!owner.empty())
            throw ServiceError(ASPM_ARGUMENT,
                               "The contribution " + kind + " \"" + id + "\" is taken by the plugin " +
                                   owner + ".",
                               "Choose another id, or do not load both plugins.");
    }
    _claimed.emplace_back(kind, id);
}

aspm_settings_page Registrations::page(const std::string& id) const {
    std::lock_guard<std::mutex> lock(_mutex);
    return find(_pages, id);
}
aspm_webhook_route Registrations::route(const std::string& id) const {
    std::lock_guard<std::mutex> lock(_mutex);
    return find(_routes, id);
}
aspm_ticket_push Registrations::push(const std::string& id) const {
    std::lock_guard<std::mutex> lock(_mutex);
    return find(_pushes, id);
}
aspm_finding_status_hook Registrations::statusHook(const std::string& id) const {
    std::lock_guard<std::mutex> lock(_mutex);
    return find(_statusHooks, id);
}

std::vector<aspm_settings_page> Registrations::pages() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _pages;
}
std::vector<aspm_webhook_route> Registrations::routes() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _routes;
}
std::vector<aspm_ticket_push> Registrations::pushes() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _pushes;
}
std::vector<aspm_finding_status_hook> Registrations::statusHooks() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _statusHooks;
}

std::string Registrations::firstRefusal() const {
    std::lock_guard<std::mutex> lock(_mutex);
    return _firstRefusal;
}

} // namespace aspm::host
