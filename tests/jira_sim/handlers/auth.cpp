#include <algorithm>
#include <map>
#include <set>

#include <Poco/URI.h>

#include "handlers/dc_handlers.hpp"
#include "handlers/handlers.hpp"
#include "handlers/page.hpp"

/// The consent page of auth.atlassian.com.
/// Source: developer.atlassian.com, "OAuth 2.0 (3LO) apps", "Implementing OAuth 2.0 (3LO)".
namespace jira_sim::handle {

namespace {

/// The scopes an app may ask for, with the words of the consent page.
const std::map<std::string, std::string>& scopeTexts() {
    static const std::map<std::string, std::string> texts = {
        {"read:jira-work", "View Jira projects, issues, comments and attachments"},
        {"write:jira-work", "Create and edit issues, comments and attachments"},
        {"read:jira-user", "View user names, avatars and account ids"},
        {"manage:jira-webhook", "Register and manage webhooks"},
        {"manage:jira-configuration", "Take Jira administration actions"},
        {"manage:jira-project", "Create and edit project settings"},
        {"read:me", "View your profile"},
        {"offline_access", "Do all of this while you are away"},
    };
    return texts;
}

bool isKnownScope(const std::string& scope) {
    const bool granular = scope.size() > 5 && scope.compare(scope.size() - 5, 5, ":jira") == 0;
    return scopeTexts().count(scope) != 0 || granular;
}

bool isRegistered(const Config& config, const std::string& redirectUri) {
    const auto& list = config.redirectUris;
    if (!list.empty())
        return std::find(list.begin(), list.end(), redirectUri) != list.end();
    static const std::string suffix = "/oauth/callback";
    try {
        const Poco::URI uri(redirectUri);
        const std::string& path = uri.getPath();
        const bool loopback =
            uri.getHost() == "127.0.0.1" || uri.getHost() == "localhost" || uri.getHost() == "::1";
        return loopback && (uri.getScheme() == "http" || uri.getScheme() == "https") &&
               path.size() >= suffix.size() &&
               path.compare(path.size() - suffix.size(), suffix.size(), suffix) == 0;
    } catch (const Poco::Exception&) {
        return false;
    }
}

/// There is no way back to the app: the person is left on an error page of the identity service.
Response lost(const std::string& error, const std::string& description) {
    return Response::redirect("/error?error=" + percentEncode(error) +
                              "&error_description=" + percentEncode(description));
}

Response back(const Grants::Consent& consent, const NameValues& answer) {
    std::string location = consent.redirectUri;
    char joint = location.find('?') == std::string::npos ? '?' : '&';
    NameValues all = answer;
    if (!consent.state.empty())
        all.emplace_back("state", consent.state);
    for (const auto& [name, value] : all) {
        location += joint + name + "=" + percentEncode(value);
        joint = '&';
    }
    return Response::redirect(location);
}

std::string query(const Request& request, const char* name) {
    return request.param(name).value_or("");
}

/// What is wrong with the request, as error and description; empty when nothing is.
std::pair<std::string, std::string> fault(const Request& request, const std::set<std::string>& scopes) {
    if (query(request, "response_type") != "code")
        return {"unsupported_response_type", "response_type must be code"};
    if (query(request, "audience") != "api.atlassian.com")
        return {"invalid_request", "audience must be api.atlassian.com"};
    if (query(request, "prompt") != "consent")
        return {"invalid_request", "prompt must be consent"};
    if (query(request, "state").empty())
        return {"invalid_request", "state is required"};
    if (scopes.empty())
        return {"invalid_scope", "scope is required"};
    for (const std::string& scope : scopes)
        if (!isKnownScope(scope))
            return {"invalid_scope", "scope " + scope + " is not defined for this app"};
    return {};
}

/// Checks an authorisation request; throws the way out as Refusal when it is not fit for a consent page.
Grants::Consent checked(const Config& config, const Request& request) {
    const std::string clientId = query(request, "client_id"), redirectUri = query(request, "redirect_uri");
    if (clientId != config.clientId)
        throw Refusal{lost("unauthorized_client", "client_id is not known: " + clientId)};
    if (!isRegistered(config, redirectUri))
        throw Refusal{lost("unauthorized_client", "redirect_uri is not registered for client: " + clientId)};
    const std::vector<std::string> list = split(query(request, "scope"), ' ');
    const std::set<std::string> scopes(list.begin(), list.end());
    Grants::Consent consent{clientId, redirectUri, query(request, "state"), scopes};
    const auto [error, description] = fault(request, scopes);
    if (!error.empty())
        throw Refusal{back(consent, {{"error", error}, {"error_description", description}})};
    return consent;
}

/// Sends the browser back with a code, or with the refusal.
Response answer(World& world, const Grants::Consent& consent, bool accepted, const User& user,
                const std::string& cloudId) {
    if (!accepted)
        return back(consent, {{"error", "access_denied"},
                              {"error_description", "User did not authorize the request"}});
    const std::string fallback = world.sites().empty() ? "" : world.sites().front()->cloudId;
    const std::string site = world.site(cloudId) != nullptr ? cloudId : fallback;
    return back(consent, {{"code", world.grants().approve(consent, user.accountId, site, world.nowMs())}});
}

std::string choices(Call& call) {
    std::string html = "<fieldset><legend>Use app on</legend>";
    bool first = true;
    for (const auto& site : call.world().sites()) {
        html += "<label class=\"choice\"><input type=\"radio\" name=\"site\" value=\"" + site->cloudId +
                "\"" + (first ? " checked" : "") + "> <strong>" + htmlEscape(site->name) +
                "</strong> <small>" + htmlEscape(site->url) + "</small></label>";
        first = false;
    }
    if (first)
        html += "<p class=\"note\">This account has no Jira site.</p>";
    html += "</fieldset><label class=\"field\">Signed in as <select name=\"account\">";
    for (const User& user : call.world().users())
        if (user.active && user.accountType == "atlassian")
            html += "<option value=\"" + user.accountId + "\">" + htmlEscape(user.displayName) +
                    (user.admin ? " (administrator)" : "") + "</option>";
    return html + "</select></label>";
}

std::string scopeList(const std::set<std::string>& scopes) {
    std::string html = "<ul class=\"scopes\">";
    for (const std::string& scope : scopes) {
        const auto text = scopeTexts().find(scope);
        html += "<li>" + htmlEscape(text == scopeTexts().end() ? scope : text->second) + " <code>" +
                htmlEscape(scope) + "</code></li>";
    }
    return html + "</ul>";
}

} // namespace

Response authorize(Call& call) {
    const Grants::Consent consent = checked(call.services.config, call.request);
    const std::string id = call.world().grants().openConsent(consent);
    return htmlPage(
        200, "Grant access to your Atlassian account",
        "<main class=\"consent\"><h1>Mayo ASPM is asking for access</h1>"
        "<p>If you accept, the app can do this in your name:</p>" +
            scopeList(consent.scopes) + "<form method=\"post\" action=\"/authorize\">" +
            "<input type=\"hidden\" name=\"consent\" value=\"" + id + "\">" + choices(call) +
            "<div class=\"buttons\"><button class=\"primary\" name=\"decision\" value=\"accept\">Accept"
            "</button><button name=\"decision\" value=\"deny\">Deny</button></div></form>"
            "<p class=\"note\">This is a stand-in for Atlassian's consent page, for tests and "
            "demos.</p></main>");
}

Response decide(Call& call) {
    std::map<std::string, std::string> form;
    for (const auto& [name, value] : parseForm(call.request.body))
        form[name] = value;
    World& world = call.world();
    const auto consent = world.grants().takeConsent(form["consent"]);
    if (!consent)
        return lost("invalid_request",
                    "This consent page has been used or is too old. Start again in the app.");
    const User* user = world.user(form["account"]);
    const bool accepted = form["decision"] == "accept" && !call.plan.deny;
    return answer(world, *consent, accepted, user == nullptr ? world.users().front() : *user, form["site"]);
}

Response consent(Call& call) {
    if (call.isDataCenter())
        return dc::consent(call);
    json::ObjectPtr body = call.body();
    const std::string url = json::memberString(body, "url");
    const std::size_t path = url.find("/authorize");
    if (path == std::string::npos)
        return reply::message(400, "url must be an authorisation address of this server: .../authorize?...");
    Request request;
    parseTarget(request, url.substr(path));
    std::string cloudId;
    for (const auto& site : call.world().sites())
        if (site->name == json::memberString(body, "site") ||
            site->cloudId == json::memberString(body, "site"))
            cloudId = site->cloudId;
    const User* user = &call.world().users().front();
    for (const User& candidate : call.world().users())
        if (candidate.accountId == json::memberString(body, "account") ||
            candidate.displayName == json::memberString(body, "account"))
            user = &candidate;
    Response response;
    try {
        const Grants::Consent consent = checked(call.services.config, request);
        Request press; // a `deny` fault works here as on the page
        press.method = "POST";
        press.path = press.target = "/authorize";
        const bool accepted = json::memberString(body, "decision", "accept") == "accept" &&
                              !call.services.faults.plan(press).deny;
        response = answer(call.world(), consent, accepted, *user, cloudId);
    } catch (Refusal& refusal) {
        response = std::move(refusal.response);
    }
    std::string location;
    for (const auto& [name, value] : response.headers)
        if (name == "Location")
            location = value;
    return Response::json(200, json::object({{"location", location}}));
}

Response errorPage(Call& call) {
    return htmlPage(
        200, "Something went wrong",
        "<main class=\"consent\"><h1>Something went wrong</h1><p>The app cannot be opened. Tell its "
        "developer this:</p><p><code>" +
            htmlEscape(call.query("error")) + "</code></p><p>" + htmlEscape(call.query("error_description")) +
            "</p></main>");
}

} // namespace jira_sim::handle
