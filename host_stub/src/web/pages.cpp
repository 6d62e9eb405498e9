#include "pages.hpp"

#include "../runtime/stub_host.hpp"
#include "pages/all.hpp"
#include "sessions.hpp"

namespace aspm::host {

namespace {

/// The host's answer to an address that leads nowhere.
[[noreturn]] void nothingHere() {
    throw HttpError(404, "There is no such page.", "Go to the dashboard and look from there.");
}

void requireMethod(Exchange& exchange, bool safe) {
    bool fits = safe ? exchange.isSafe() : exchange.method() == "POST";
    if (fits)
        return;
    exchange.setHeader("Allow", safe ? "GET, HEAD" : "POST");
    throw HttpError(405, "This address does not take " + exchange.method() + ".");
}

void answerFinding(const View& view, const std::vector<std::string>& path) {
    if (path[1] != view.organisation())
        throw HttpError(404, "There is no such finding in " + view.principal.organisationName + ".",
                        "If it belongs to another organisation, switch to a user of that one.");
    if (path.size() == 4) {
        requireMethod(view.exchange, true);
        return showFinding(view, path[3]);
    }
    if (path[4] != "push" && path[4] != "status")
        nothingHere();
    requireMethod(view.exchange, false);
    path[4] == "push" ? pushFinding(view, path[3]) : changeStatus(view, path[3]);
}

void answerPage(const View& view) {
    using Show = void (*)(const View&);
    struct Place {
        const char* path;
        bool safe;
        Show show;
    };
    static const Place places[] = {
        {"", true, showDashboard},
        {"findings", true, showFindings},
        {"alerts", true, showAlerts},
        {"audit", true, showAudit},
        {"settings", true, showSettings},
        {"findings/push", false, pushFindings},
        {"settings/ownership", false, replaceOwnership},
    };
    const auto& path = view.exchange.segments();
    if ((path.size() == 4 || path.size() == 5) && path[0] == "o" && path[2] == "findings")
        return answerFinding(view, path);
    std::string joined;
    for (const std::string& part : path)
        joined += (joined.empty() ? "" : "/") + part;
    for (const Place& place : places)
        if (joined == place.path) {
            requireMethod(view.exchange, place.safe);
            return place.show(view);
        }
    nothingHere();
}

int httpStatusOf(aspm_status status) {
    return status == ASPM_NOT_FOUND ? 404 : status == ASPM_ARGUMENT ? 400 : 409;
}

Html errorContent(int status, const std::string& message, const std::string& remedy) {
    return R"(<section class="card error" role="alert"><p class="quiet">{}</p><h1>{}</h1><p>{}</p>
<p><a href="/">Dashboard</a> · <a href="/sign-in">Switch user</a></p></section>)"_html(status, message,
                                                                                       remedy);
}

} // namespace

void Pages::signIn(Exchange& exchange) {
    if (exchange.segments().size() != 1)
        nothingHere();
    if (exchange.isSafe()) {
        std::string next = exchange.parameter("next");
        return showSignIn(_host, exchange, isLocalPath(next) ? next : "/");
    }
    requireMethod(exchange, false);
    // A form on another site comes without our cookie, so the token alone would not stop it.
    std::string site = exchange.header("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin" && site != "none")
        throw HttpError(403, "This sign-in does not come from a page of this host.",
                        "Open /sign-in and choose there.");
    if (exchange.session)
        Sessions::checkCsrf(exchange);
    std::string who = exchange.field("who");
    std::size_t slash = who.find('/');
    if (slash == std::string::npos)
        throw HttpError(400, "Nobody was chosen.", "Choose a person on the page /sign-in.");
    try {
        auto opened = _sessions.open(who.substr(0, slash), who.substr(slash + 1));
        if (exchange.session)
            _sessions.close(exchange.cookie(sessionCookie));
        exchange.setCookie(sessionCookie, opened.cookie, _host.urls().base().rfind("https:", 0) == 0);
    } catch (const Problem& e) {
        throw HttpError(400, e.message(), e.remedy());
    }
    std::string next = exchange.field("next");
    exchange.redirect(isLocalPath(next) ? next : "/");
}

void Pages::answer(Exchange& exchange) {
    auto principal = _sessions.principal(*exchange.session);
    if (!principal)
        throw HttpError(401, "You are no longer in this organisation.", "Sign in as somebody else.");
    try {
        answerPage({_host, exchange, *principal});
    } catch (const HttpError&) {
        throw;
    } catch (const ServiceError& e) {
        throw HttpError(httpStatusOf(e.status()), e.message(), e.remedy());
    } catch (const Problem& e) {
        throw HttpError(409, e.message(), e.remedy());
    }
}

void Pages::error(Exchange& exchange, int status, const std::string& message, const std::string& remedy) {
    Html content = errorContent(status, message, remedy);
    auto principal = exchange.session ? _sessions.principal(*exchange.session) : std::nullopt;
    if (principal)
        return sendPage({_host, exchange, *principal}, status, "", "Error", content);
    sendBarePage(exchange, status, "Error", content);
}

} // namespace aspm::host
