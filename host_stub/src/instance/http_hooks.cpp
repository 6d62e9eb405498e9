// The hooks that answer requests: settings pages and webhook routes.
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

#include "../boundary/views.hpp"
#include "plugin_impl.hpp"
#include "response.hpp"

namespace aspm::host {

namespace {

constexpr std::uint32_t defaultBodySize = 1024 * 1024;

struct HttpWork {
    HttpWork(HttpRequest given, bool streams) : request(std::move(given)), response(streams) {}

    HttpRequest request;
    Response response;
};

std::vector<std::string> words(const std::string& text) {
    const Poco::StringTokenizer tokens(text, " ", Poco::StringTokenizer::TOK_IGNORE_EMPTY);
    return {tokens.begin(), tokens.end()};
}

} // namespace

HttpAnswer Plugin::serve(const std::string& what, std::int64_t timeoutMs, HttpHandler handle,
                         HttpRequest request, HttpSink* sink) {
    auto work = std::make_shared<HttpWork>(std::move(request), sink != nullptr);
    auto invocation = _impl->prepare(what, timeoutMs, [handle, work, self = _impl->self()](aspm_call* call) {
        RequestView seen(work->request);
        return handle(self, call, seen.get(), work->response.table());
    });
    work->response.setInvocation(invocation);
    HttpAnswer answer;
    answer.result = _impl->submit(invocation, [&] {
        if (sink != nullptr)
            work->response.drainTo(*sink);
    });
    if (sink != nullptr)
        work->response.drainTo(*sink);
    work->response.takeInto(answer);
    if (invocation->timedOut())
        work->response.closeForClient();
    return answer;
}

HttpAnswer Plugin::servePage(const std::string& page, HttpRequest request, HttpSink* sink) {
    aspm_settings_page table = _impl->registrations().page(page);
    std::string what = "the settings page \"" + page + "\"";
    if (table.handle == nullptr) {
        HttpAnswer answer;
        answer.result = _impl->notThere(what);
        return answer;
    }
    return serve(what, _impl->core().options().pageMs, table.handle, std::move(request), sink);
}

HttpAnswer Plugin::serveWebhook(const std::string& route, HttpRequest request, HttpSink* sink) {
    aspm_webhook_route table = _impl->registrations().route(route);
    std::string what = "the webhook route \"" + route + "\"";
    if (table.handle == nullptr) {
        HttpAnswer answer;
        answer.result = _impl->notThere(what);
        return answer;
    }
    request.principal.reset();
    return serve(what, _impl->core().options().webhookMs, table.handle, std::move(request), sink);
}

std::vector<SettingsPageInfo> Plugin::settingsPages() const {
    std::vector<SettingsPageInfo> out;
    for (const aspm_settings_page& page : _impl->registrations().pages())
        out.push_back({page.id, page.title, page.navigation, page.visible_to, page.open_to,
                       page.max_body_size == 0 ? defaultBodySize : page.max_body_size});
    return out;
}

std::vector<WebhookRouteInfo> Plugin::webhookRoutes() const {
    std::vector<WebhookRouteInfo> out;
    for (const aspm_webhook_route& route : _impl->registrations().routes())
        out.push_back({route.id, words(route.methods), route.scopes,
                       route.max_body_size == 0 ? defaultBodySize : route.max_body_size});
    return out;
}

std::string HttpAnswer::header(std::string_view name) const {
    for (const HttpHeader& one : headers)
        if (Poco::icompare(one.name, std::string(name)) == 0)
            return one.value;
    return {};
}

} // namespace aspm::host
