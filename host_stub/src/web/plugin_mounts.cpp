#include "plugin_mounts.hpp"

#include <algorithm>

#include <Poco/String.h>

#include "../runtime/stub_host.hpp"
#include "sessions.hpp"

namespace aspm::host {

namespace {

/// Hands a growing answer to the browser.
class BrowserSink : public HttpSink {
public:
    explicit BrowserSink(Exchange& exchange) : _exchange(exchange) {}

    bool begin(int status, const std::vector<HttpHeader>& headers) override {
        for (const HttpHeader& header : headers)
            _exchange.raw().add(header.name, header.value);
        return _exchange.begin(status, "text/plain; charset=utf-8");
    }
    bool write(std::string_view bytes) override { return _exchange.write(bytes); }

private:
    Exchange& _exchange;
};

int httpStatusOf(const HookResult& result) {
    switch (result.status) {
    case ASPM_ARGUMENT:
        return 400;
    case ASPM_NOT_FOUND:
        return 404;
    case ASPM_CONFIG:
        return 409;
    case ASPM_TRANSIENT:
    case ASPM_CANCELLED:
    case ASPM_STATE:
        return 503;
    case ASPM_REMOTE:
        return 502;
    case ASPM_UNSUPPORTED:
        return 501;
    default:
        return 500;
    }
}

void sendAnswer(Exchange& exchange, const HttpAnswer& answer) {
    if (answer.streamed) {
        exchange.write(answer.body);
        return;
    }
    if (!answer.result.ok()) {
        if (answer.result.status == ASPM_TRANSIENT && answer.result.retryAfterMs > 0)
            exchange.setHeader("Retry-After", std::to_string((answer.result.retryAfterMs + 999) / 1000));
        throw HttpError(httpStatusOf(answer.result), answer.result.message, answer.result.remedy);
    }
    for (const HttpHeader& header : answer.headers)
        exchange.raw().add(header.name, header.value);
    exchange.send(answer.status, "text/plain; charset=utf-8", answer.body);
}

/// The cookie is the host's own business.
std::vector<HttpHeader> headersForPlugin(const Exchange& exchange) {
    auto headers = exchange.headers();
    headers.erase(std::remove_if(headers.begin(), headers.end(),
                                 [](const HttpHeader& h) { return Poco::icompare(h.name, "Cookie") == 0; }),
                  headers.end());
    return headers;
}

} // namespace

std::string PluginMounts::whomToAsk(const std::string& organisation, aspm_roles roles) {
    std::string names;
    _host.directory().members(organisation, roles, [&](const Member& member) {
        names += (names.empty() ? "" : ", ") + member.name;
        return true;
    });
    return names.empty() ? "Nobody in your organisation has that role yet." : "Ask " + names + ".";
}

void PluginMounts::answerPage(Exchange& exchange) {
    const std::string& id = exchange.segments()[2];
    for (const auto& plugin : _host.plugins()) {
        for (const SettingsPageInfo& page : plugin->settingsPages()) {
            if (page.id != id)
                continue;
            auto principal = _sessions.principal(*exchange.session);
            if ((principal->roles & page.openTo) == 0)
                throw HttpError(403, "Your role does not open the settings of " + page.title + ".",
                                whomToAsk(principal->organisation, page.openTo));
            // Relative links of a page need the mount to end in '/'. The address is written anew: as it came,
            // it may begin with two slashes, which would make it another server's.
            if (exchange.isSafe() && exchange.segments().size() == 3 && exchange.path().back() != '/')
                return exchange.redirect("/settings/integrations/" + id + "/" +
                                         (exchange.query().empty() ? "" : "?" + exchange.query()));
            HttpRequest request;
            request.body = exchange.body(page.maxBodySize);
            if (!exchange.isSafe())
                Sessions::checkCsrf(exchange);
            request.method = exchange.method();
            request.path = exchange.rest(3);
            request.query = exchange.query();
            request.headers = headersForPlugin(exchange);
            request.mountUrl = _host.urls().settingsPage(id);
            request.organisation = principal->organisation;
            request.peer = exchange.peer();
            request.principal = principal;
            BrowserSink sink(exchange);
            return sendAnswer(exchange, plugin->servePage(id, std::move(request), &sink));
        }
    }
    throw HttpError(404, "There is no settings page \"" + id + "\".", "See /settings for those there are.");
}

void PluginMounts::answerWebhook(Exchange& exchange) {
    const auto& segments = exchange.segments();
    HttpError nothing(404, "There is no webhook route here.");
    if (segments.size() < 4)
        throw nothing;
    bool global = segments[1] == "-";
    for (const auto& plugin : _host.plugins()) {
        if (Addresses::shortName(plugin->manifest().id) != segments[2])
            continue;
        for (const WebhookRouteInfo& route : plugin->webhookRoutes()) {
            std::uint32_t scope = global ? ASPM_ROUTE_GLOBAL : ASPM_ROUTE_PER_ORGANISATION;
            if (route.id != segments[3] || (route.scopes & scope) == 0)
                continue;
            if (std::find(route.methods.begin(), route.methods.end(), exchange.method()) ==
                route.methods.end()) {
                exchange.setHeader("Allow",
                                   Poco::cat(std::string(", "), route.methods.begin(), route.methods.end()));
                throw HttpError(405, "This webhook route does not take " + exchange.method() + ".");
            }
            HttpRequest request;
            request.body = exchange.body(route.maxBodySize);
            // Asked only now, and answered as the plugin's "not found" is: nobody is told from outside which
            // organisations there are.
            if (!global && !_host.directory().organisation(segments[1]))
                throw nothing;
            request.method = exchange.method();
            request.path = exchange.rest(4);
            request.query = exchange.query();
            request.headers = exchange.headers();
            request.mountUrl =
                _host.urls().webhookRoute(plugin->manifest().id, global ? "" : segments[1], route.id);
            request.organisation = global ? "" : segments[1];
            request.peer = exchange.peer();
            BrowserSink sink(exchange);
            const HttpAnswer answer = plugin->serveWebhook(route.id, std::move(request), &sink);
            const int status = answer.result.ok() ? answer.status : httpStatusOf(answer.result);
            if (status == 404 && !answer.streamed)
                throw nothing;
            return sendAnswer(exchange, answer);
        }
    }
    throw nothing;
}

} // namespace aspm::host
