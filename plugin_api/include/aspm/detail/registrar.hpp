#pragma once

#include "../contrib/finding_status.h"
#include "../contrib/settings_page.h"
#include "../contrib/ticket_push.h"
#include "../contrib/webhook_route.h"
#include "http.hpp"
#include "plugin_base.hpp"
#include "push.hpp"

namespace aspm {

/// Pages and their JSON API in the host's settings; see contrib/settings_page.h.
struct SettingsPage {
    std::string id;
    std::string title;
    std::string navigation;
    aspm_roles visibleTo = ASPM_ROLE_ADMIN;
    aspm_roles openTo = ASPM_ROLE_ADMIN;
    std::uint32_t maxBodySize = 0; ///< bytes; 0: 1 MiB
};

/// Findings become tickets; see contrib/ticket_push.h.
struct TicketPush {
    std::string id;
    std::string title;
};

/// The host tells what happened to a finding; see contrib/finding_status.h.
struct FindingStatusHook {
    std::string id;
    std::uint32_t interests = ASPM_CHANGED_STATUS; ///< ASPM_CHANGED_* bits
};

/// A public URL that another system calls; see contrib/webhook_route.h.
struct WebhookRoute {
    std::string id;
    std::string methods = "POST"; ///< separated by a space
    std::uint32_t scopes = ASPM_ROUTE_PER_ORGANISATION;
    std::uint32_t maxBodySize = 0; ///< bytes; 0: 1 MiB
};

/// Takes the contributions during start; valid until start returns. Contributions are member functions of the
/// plugin, several of one kind as needed:
///
///     registrar.add<&MyPlugin::page>(aspm::SettingsPage{"jira", "Jira", "Integrations / Jira"});
///     registrar.add<&MyPlugin::push, &MyPlugin::preview, &MyPlugin::state>(aspm::TicketPush{"jira",
///     "Create"}); registrar.add<&MyPlugin::changed>(aspm::FindingStatusHook{"jira", ASPM_CHANGED_STATUS});
///     registrar.add<&MyPlugin::delivery>(aspm::WebhookRoute{"jira"});
class Registrar {
public:
    Registrar(Plugin& plugin, const Call& call, const aspm_registrar* raw) noexcept
        : _plugin(plugin), _call(call), _raw(raw) {}

    /// The call of start, for host services.
    const Call& call() const noexcept { return _call; }
    const Host& host() const noexcept { return _plugin.host(); }

    /// void page(Call&, const HttpRequest&, HttpResponse&). Throws ArgumentError when the host refuses it.
    template <auto Handle> void add(SettingsPage page) {
        auto& kept = keep<aspm_settings_page>(std::move(page));
        kept.table = {sizeof(aspm_settings_page),    kept.texts.visibleTo,  kept.texts.openTo,
                      kept.texts.maxBodySize,        kept.texts.id.c_str(), kept.texts.title.c_str(),
                      kept.texts.navigation.c_str(), &handleHttp<Handle>};
        add(ASPM_SETTINGS_PAGE_1, &kept.table);
    }

    /// void delivery(Call&, const HttpRequest&, HttpResponse&).
    template <auto Handle> void add(WebhookRoute route) {
        auto& kept = keep<aspm_webhook_route>(std::move(route));
        kept.table = {sizeof(aspm_webhook_route), kept.texts.scopes,          kept.texts.maxBodySize,
                      kept.texts.id.c_str(),      kept.texts.methods.c_str(), &handleHttp<Handle>};
        add(ASPM_WEBHOOK_ROUTE_1, &kept.table);
    }

    /// void changed(Call&, const FindingChange&).
    template <auto Changed> void add(FindingStatusHook hook) {
        auto& kept = keep<aspm_finding_status_hook>(std::move(hook));
        kept.table = {sizeof(aspm_finding_status_hook), kept.texts.interests, kept.texts.id.c_str(),
                      &handleChange<Changed>};
        add(ASPM_FINDING_STATUS_1, &kept.table);
    }

    /// void push(Call&, const PushRequest&, PushReceipts&),
    /// void preview(Call&, const FindingData&, Preview&),
    /// void state(Call&, std::string_view organisation, std::string_view finding, PushStatus&).
    template <auto Push, auto ShowPreview, auto State> void add(TicketPush push) {
        auto& kept = keep<aspm_ticket_push>(std::move(push));
        kept.table = {sizeof(aspm_ticket_push), kept.texts.id.c_str(),       kept.texts.title.c_str(),
                      &handlePush<Push>,        &handlePreview<ShowPreview>, &handleState<State>};
        add(ASPM_TICKET_PUSH_1, &kept.table);
    }

    /// A contribution of any kind as a C table, which must live until stop returns.
    void add(const char* kind, const void* table) {
        _call.check(_raw->add(_raw, _call.raw(), kind, table), std::string("Registering ") + kind);
    }

private:
    template <class Table, class Texts> struct Kept {
        Texts texts;
        Table table;
    };

    template <class Table, class Texts> Kept<Table, Texts>& keep(Texts texts) {
        auto kept = std::make_shared<Kept<Table, Texts>>(Kept<Table, Texts>{std::move(texts), Table{}});
        _plugin._contributions.push_back(kept);
        return *kept;
    }

    template <auto Handle>
    static aspm_status handleHttp(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                                  aspm_http_response* response) noexcept {
        using P = detail::PluginOf<Handle>;
        static_assert(
            std::is_invocable_v<decltype(Handle), P&, Call&, const HttpRequest&, HttpResponse&>,
            "A settings page or webhook route is a member function like: void page(aspm::Call& call, const "
            "aspm::HttpRequest& request, aspm::HttpResponse& response).");
        P& plugin = detail::toPlugin<P>(self);
        return detail::runHook(plugin, call, [&](Call& c) {
            HttpResponse answer(response);
            (plugin.*Handle)(c, HttpRequest(*request), answer);
        });
    }

    template <auto Changed>
    static aspm_status handleChange(aspm_instance* self, aspm_call* call,
                                    const aspm_finding_change* change) noexcept {
        using P = detail::PluginOf<Changed>;
        static_assert(std::is_invocable_v<decltype(Changed), P&, Call&, const FindingChange&>,
                      "A finding-status hook is a member function like: void changed(aspm::Call& call, const "
                      "aspm::FindingChange& change).");
        P& plugin = detail::toPlugin<P>(self);
        return detail::runHook(plugin, call,
                               [&](Call& c) { (plugin.*Changed)(c, FindingChange::from(*change)); });
    }

    template <auto Push>
    static aspm_status handlePush(aspm_instance* self, aspm_call* call, const aspm_push_request* request,
                                  aspm_push_receipts* receipts) noexcept {
        using P = detail::PluginOf<Push>;
        static_assert(
            std::is_invocable_v<decltype(Push), P&, Call&, const PushRequest&, PushReceipts&>,
            "A push is a member function like: void push(aspm::Call& call, const aspm::PushRequest& request, "
            "aspm::PushReceipts& receipts).");
        P& plugin = detail::toPlugin<P>(self);
        return detail::runHook(plugin, call, [&](Call& c) {
            PushReceipts out(receipts);
            (plugin.*Push)(c, PushRequest(*request), out);
        });
    }

    template <auto ShowPreview>
    static aspm_status handlePreview(aspm_instance* self, aspm_call* call, const aspm_finding* finding,
                                     aspm_preview* preview) noexcept {
        using P = detail::PluginOf<ShowPreview>;
        static_assert(
            std::is_invocable_v<decltype(ShowPreview), P&, Call&, const FindingData&, Preview&>,
            "A preview is a member function like: void preview(aspm::Call& call, const aspm::FindingData& "
            "finding, aspm::Preview& preview).");
        P& plugin = detail::toPlugin<P>(self);
        return detail::runHook(plugin, call, [&](Call& c) {
            Preview out(preview);
            (plugin.*ShowPreview)(c, FindingData::from(*finding), out);
        });
    }

    template <auto State>
    static aspm_status handleState(aspm_instance* self, aspm_call* call, aspm_str organisation,
                                   aspm_str finding, aspm_push_status* status) noexcept {
        using P = detail::PluginOf<State>;
        static_assert(
            std::is_invocable_v<decltype(State), P&, Call&, std::string_view, std::string_view, PushStatus&>,
            "A push state is a member function like: void state(aspm::Call& call, std::string_view "
            "organisation, std::string_view finding, aspm::PushStatus& status).");
        P& plugin = detail::toPlugin<P>(self);
        return detail::runHook(plugin, call, [&](Call& c) {
            PushStatus out(status);
            (plugin.*State)(c, view(organisation), view(finding), out);
        });
    }

    Plugin& _plugin;
    const Call& _call;
    const aspm_registrar* _raw;
};

} // namespace aspm
