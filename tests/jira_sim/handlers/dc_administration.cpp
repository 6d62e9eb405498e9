#include <map>
#include <stdexcept>

#include <Poco/NumberParser.h>

#include "handlers/dc_handlers.hpp"
#include "handlers/page.hpp"

/// Administration of Data Center for people: application links with incoming OAuth 1.0a, in the steps and
/// words of the release (until 8.21, and since 8.22 with a choice of the kind first), and a person's access
/// tokens.
namespace jira_sim::handle::dc {

namespace {

using Form = std::map<std::string, std::string>;

Form formOf(const Call& call) {
    Form values;
    for (const auto& [name, value] : parseForm(call.request.body))
        values[name] = value;
    return values;
}

void requireDataCenter(const Call& call) {
    if (!call.isDataCenter())
        throw Refusal{Response::html(404, "<h1>Not found</h1>")};
}

bool hasChoice(const Call& call) {
    return call.services.config.release.since(8, 22);
}

std::string listUrl(const Call& call) {
    return call.services.config.contextPath + "/plugins/servlet/applinks/listApplicationLinks";
}

Response page(const Call& call, int status, const std::string& title, const std::string& body) {
    return htmlPage(status, title + " - Jira stand-in",
                    "<header><a class=\"brand\" href=\"" + call.services.config.contextPath +
                        "/\">Jira <em>stand-in " + htmlEscape(call.services.config.release.text()) +
                        "</em></a><nav>Administration / Applications / <a href=\"" + listUrl(call) +
                        "\">Application links</a></nav></header><main><h1>" + htmlEscape(title) + "</h1>" +
                        body + "</main>");
}

std::string alert(const std::string& text) {
    return text.empty() ? "" : "<p class=\"alert\" role=\"alert\">" + htmlEscape(text) + "</p>";
}

std::string hidden(const std::string& name, const std::string& value) {
    return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + htmlEscape(value) + "\">";
}

std::string input(const std::string& label, const std::string& name, const std::string& value = {}) {
    return "<label class=\"field wide\">" + label + "<input type=\"text\" name=\"" + name + "\" value=\"" +
           htmlEscape(value) + "\"></label>";
}

/// One step of the dialog: a form that posts to the list's own address.
std::string step(const Call& call, const std::string& name, const std::string& fields,
                 const std::string& button) {
    return "<form class=\"step\" method=\"post\" action=\"" + listUrl(call) + "\">" + hidden("step", name) +
           fields + "<div class=\"buttons\"><button class=\"primary\">" + button + "</button> <a href=\"" +
           listUrl(call) + "\">Cancel</a></div></form>";
}

std::string carried(Form& form) {
    return hidden("url", form["url"]) + hidden("name", form["name"]);
}

/// Where the administrator says whom to link.
std::string firstForm(const Call& call, Form& form) {
    if (!hasChoice(call))
        return step(call, "url", input("Application", "url", form["url"]), "Create new link");
    return "<h2>Create link</h2>" +
           step(call, "url",
                "<fieldset><legend>Application type</legend><label class=\"choice\"><input type=\"radio\" "
                "name=\"kind\" value=\"atlassian\" checked> Atlassian product</label><label "
                "class=\"choice\"><input "
                "type=\"radio\" name=\"kind\" value=\"external\"> External application (OAuth "
                "2.0)</label></fieldset>" +
                    input("Application URL", "url", form["url"]),
                hasChoice(call) ? "Continue" : "Create new link");
}

Response listPage(const Call& call, int status, const std::string& problem, Form form = {}) {
    std::string rows;
    for (const AppLink& link : call.world().appLinks().all())
        rows += "<tr><td>" + htmlEscape(link.name) + "</td><td>" + htmlEscape(link.url) + "</td><td>" +
                (link.consumerKey.empty()
                     ? "<span class=\"none\">No incoming authentication</span>"
                     : "Incoming: OAuth, <code>" + htmlEscape(link.consumerKey) + "</code>") +
                "</td><td><form method=\"post\" action=\"" + call.services.config.contextPath +
                "/plugins/servlet/applinks/delete\">" + hidden("id", std::to_string(link.id)) +
                "<button>Delete</button></form></td></tr>";
    const std::string table =
        rows.empty() ? "<p class=\"none\">No application is linked.</p>"
                     : "<table><thead><tr><th>Application</th><th>Application URL</th><th>Authentication</th>"
                       "<th>Actions</th></tr></thead><tbody>" +
                           rows + "</tbody></table>";
    return page(call, status, hasChoice(call) ? "Application links" : "Configure Application Links",
                alert(problem) + firstForm(call, form) + table);
}

Response confirmPage(const Call& call, Form& form) {
    return page(
        call, 200, "Configure Application URL",
        "<p class=\"alert\" role=\"status\">No response was received from the URL you entered - it may not "
        "be valid. Please fix the URL below, if needed, and click Continue.</p>" +
            step(call, "confirm", input("Application URL", "url", form["url"]), "Continue"));
}

Response applicationPage(const Call& call, Form& form, int status, const std::string& problem) {
    return page(
        call, status, "Link applications",
        alert(problem) +
            step(call, "application",
                 hidden("url", form["url"]) + input("Application Name", "name", form["name"]) +
                     "<label class=\"field wide\">Application Type<select name=\"type\"><option>Generic "
                     "Application</option></select></label>" +
                     input("Service Provider Name", "provider", form["provider"]) +
                     input("Consumer key", "outgoingKey", form["outgoingKey"]) +
                     input("Shared secret", "secret") + input("Request Token URL", "requestUrl") +
                     input("Access token URL", "accessUrl") + input("Authorize URL", "authorizeUrl") +
                     "<label class=\"choice\"><input type=\"checkbox\" name=\"incoming\" value=\"yes\"> "
                     "Create incoming link</label>",
                 "Continue"));
}

Response incomingPage(const Call& call, Form& form, int status, const std::string& problem) {
    return page(
        call, status, "Link applications",
        alert(problem) +
            step(call, "incoming",
                 carried(form) + input("Consumer Key", "consumerKey", form["consumerKey"]) +
                     input("Consumer Name", "consumerName", form["consumerName"]) +
                     "<label class=\"field wide\">Public Key<textarea name=\"publicKey\" rows=\"8\">" +
                     htmlEscape(form["publicKey"]) + "</textarea></label>" +
                     input("Consumer Callback URL", "callback", form["callback"]),
                 "Continue"));
}

Response saved(Call& call, Form& form) {
    AppLink link;
    link.name = form["name"];
    link.url = form["url"];
    link.consumerKey = form["consumerKey"];
    link.consumerName = form["consumerName"];
    link.publicKey = form["publicKey"];
    link.callback = form["callback"];
    try {
        call.world().appLinks().add(std::move(link));
    } catch (const std::invalid_argument& problem) {
        return incomingPage(call, form, 400, problem.what());
    }
    return Response::redirect(listUrl(call)).with("Cache-Control", "no-store");
}

Response afterApplication(Call& call, Form& form) {
    if (form["name"].empty())
        return applicationPage(call, form, 400, "Application Name is required.");
    if (form["incoming"] == "yes")
        return incomingPage(call, form, 200, "");
    call.world().appLinks().addOutgoing({0, form["name"], form["url"], "", "", "", ""});
    return Response::redirect(listUrl(call)).with("Cache-Control", "no-store");
}

} // namespace

Response loginPage(Call& call) {
    requireDataCenter(call);
    return htmlPage(
        200, "Log in - Jira stand-in",
        "<main class=\"consent\"><h1>Welcome to Jira</h1><form><label class=\"field wide\">Username<input "
        "type=\"text\" name=\"os_username\"></label><label class=\"field wide\">Password<input "
        "type=\"password\" name=\"os_password\"></label><div class=\"buttons\"><button class=\"primary\">"
        "Log In</button></div></form></main>");
}

Response appLinksPage(Call& call) {
    requireDataCenter(call);
    return listPage(call, 200, "");
}

Response appLinkStep(Call& call) {
    requireDataCenter(call);
    Form form = formOf(call);
    const std::string& name = form["step"];
    try {
        AppLinks::checkUrl(form["url"], hasChoice(call) ? "Application URL" : "Application");
    } catch (const std::invalid_argument& problem) {
        return listPage(call, 400, problem.what(), form);
    }
    if (form["kind"] == "external")
        return listPage(call, 400,
                        "An external application is linked by OAuth 2.0. For OAuth with a consumer key and a "
                        "public key choose Atlassian product.",
                        form);
    if (name == "url")
        return confirmPage(call, form);
    if (name == "confirm")
        return applicationPage(call, form, 200, "");
    return name == "application" ? afterApplication(call, form) : saved(call, form);
}

Response deleteAppLink(Call& call) {
    requireDataCenter(call);
    int id = 0;
    if (Poco::NumberParser::tryParse(formOf(call)["id"], id)) {
        std::string consumer;
        for (const AppLink& link : call.world().appLinks().all())
            if (link.id == id)
                consumer = link.consumerKey;
        if (call.world().appLinks().remove(id))
            call.world().oauth1().forgetConsumer(consumer);
    }
    return Response::redirect(listUrl(call)).with("Cache-Control", "no-store");
}

Response accessTokensPage(Call& call) {
    requireDataCenter(call);
    const std::string here = call.services.config.contextPath + "/plugins/servlet/oauth/users/access-tokens";
    std::string rows;
    int number = 0;
    for (const auto& [token, access] : call.world().oauth1().accessTokens()) {
        ++number; // the page names a token by its place, never by its text
        if (access.revoked)
            continue;
        const AppLink* link = call.world().appLinks().byConsumerKey(access.consumerKey);
        const User* user = call.world().user(access.accountId);
        rows += "<tr><td>" + htmlEscape(link == nullptr ? access.consumerKey : link->consumerName) +
                "</td><td>" + htmlEscape(user == nullptr ? "" : user->displayName) + "</td><td>" +
                jiraDateTime(access.createdMs).substr(0, 10) + "</td><td><form method=\"post\" action=\"" +
                here + "\">" + hidden("number", std::to_string(number)) +
                "<button>Revoke OAuth Access Token</button></form></td></tr>";
    }
    return page(call, 200, "Authorized Applications (OAuth Access Tokens)",
                rows.empty()
                    ? "<p class=\"none\">No application has access.</p>"
                    : "<table><thead><tr><th>Consumer</th><th>User</th><th>Issued On</th><th>Actions</th>"
                      "</tr></thead><tbody>" +
                          rows + "</tbody></table>");
}

Response revokeAccessToken(Call& call) {
    requireDataCenter(call);
    const std::string wanted = formOf(call)["number"];
    std::string chosen;
    int number = 0;
    for (const auto& entry : call.world().oauth1().accessTokens())
        if (std::to_string(++number) == wanted)
            chosen = entry.first;
    call.world().oauth1().revokeToken(chosen);
    return Response::redirect(call.services.config.contextPath + "/plugins/servlet/oauth/users/access-tokens")
        .with("Cache-Control", "no-store");
}

} // namespace jira_sim::handle::dc
