#include <map>

#include <Poco/URI.h>

#include "handlers/control.hpp"
#include "handlers/dc_handlers.hpp"
#include "handlers/page.hpp"
#include "http/signature_base.hpp"

/// The OAuth 1.0a provider below {base}/plugins/servlet/oauth: RFC 5849 with the OAuth Problem Reporting
/// extension and sessions that renew access tokens.
namespace jira_sim::handle::dc {

namespace {

SignedMessage messageOf(const Call& call) {
    return oauth1::read(call.request, call.site->url);
}

const AppLink& checked(const Call& call, const SignedMessage& message) {
    return call.world().oauth1().check(call.world().appLinks(), message, call.world().nowMs(),
                                       call.services.config.echoBaseString);
}

Response form(const NameValues& values) {
    Response response;
    response.contentType = "text/plain;charset=UTF-8";
    response.body = oauth1::form(values);
    return response;
}

bool isHttpUrl(const std::string& text) {
    try {
        const Poco::URI uri(text);
        return (uri.getScheme() == "http" || uri.getScheme() == "https") && !uri.getHost().empty();
    } catch (const Poco::Exception&) {
        return false;
    }
}

Response problemPage(const OAuth1Problem& problem) {
    static const std::map<std::string, std::string> texts = {
        {"token_expired", "The request for access is too old. Start again in the application."},
        {"token_used", "This request for access has already been answered. Start again in the application."}};
    const auto text = texts.find(problem.problem);
    return htmlPage(
               401, "OAuth problem",
               "<main class=\"consent\"><h1>The request for access cannot be answered</h1><p>" +
                   (text == texts.end()
                        ? std::string("Jira does not know the request token. Start again in the application.")
                        : text->second) +
                   "</p><p><code>oauth_problem=" + htmlEscape(problem.problem) + "</code></p></main>")
        .with("WWW-Authenticate", "OAuth oauth_problem=\"" + problem.problem + "\"");
}

std::string accounts(const Call& call) {
    std::string html = "<label class=\"field\">Logged in as <select name=\"account\">";
    for (const User& user : call.world().users())
        if (user.active)
            html += "<option value=\"" + htmlEscape(user.name) + "\">" + htmlEscape(user.displayName) + " (" +
                    htmlEscape(user.name) + ")" + (user.admin ? ", administrator" : "") + "</option>";
    return html + "</select></label>";
}

/// Where the browser goes with the decision; empty when the person has to carry the verifier.
std::string callbackOf(const Call& call, const OAuth1::RequestToken& token) {
    if (!token.callback.empty() && token.callback != "oob")
        return token.callback;
    const AppLink* link = call.world().appLinks().byConsumerKey(token.consumerKey);
    return token.callback == "oob" || link == nullptr ? "" : link->callback;
}

std::string withAnswer(const std::string& callback, const std::string& token, const std::string& verifier) {
    return callback + (callback.find('?') == std::string::npos ? "?" : "&") +
           oauth1::form({{"oauth_token", token}, {"oauth_verifier", verifier}});
}

std::string consumerName(const Call& call, const OAuth1::RequestToken& token) {
    const AppLink* link = call.world().appLinks().byConsumerKey(token.consumerKey);
    return link == nullptr ? token.consumerKey : link->consumerName;
}

Response closingPage(const Call& call, const OAuth1::RequestToken& token, bool accepted) {
    const std::string name = "<strong>" + htmlEscape(consumerName(call, token)) + "</strong>";
    return htmlPage(200, accepted ? "Access Approved" : "Access Denied",
                    "<main class=\"consent\"><h1>" +
                        std::string(accepted ? "Access Approved" : "Access Denied") + "</h1><p>" +
                        (accepted ? "You have successfully authorized " + name +
                                        ". Your verification code is <code id=\"verifier\">" +
                                        htmlEscape(token.verifier) +
                                        "</code>. Enter it in the application, then close this window."
                                  : "You have denied " + name + " access. You may close this window.") +
                        "</p></main>");
}

struct Decision {
    std::string location, verifier;
    Response response;
};

Decision decided(Call& call, const std::string& tokenText, const User& user, bool accepted) {
    OAuth1::RequestToken& token = call.world().oauth1().pending(tokenText, call.world().nowMs());
    Decision decision;
    decision.verifier = call.world().oauth1().decide(token, user.accountId, accepted);
    const std::string callback = callbackOf(call, token);
    if (callback.empty()) {
        decision.response = closingPage(call, token, accepted);
        return decision;
    }
    decision.location = withAnswer(callback, token.token, decision.verifier);
    decision.response = Response::redirect(decision.location).with("Cache-Control", "no-store");
    return decision;
}

} // namespace

Response requestToken(Call& call) {
    const SignedMessage message = messageOf(call);
    const AppLink& consumer = checked(call, message);
    const std::string callback = message.get("oauth_callback");
    if (!callback.empty() && callback != "oob" && !isHttpUrl(callback))
        throw OAuth1Problem{"parameter_rejected",
                            {{"oauth_parameters_rejected", "oauth_callback"},
                             {"oauth_problem_advice",
                              "The callback must be an absolute http or https address, or the word oob."}}};
    const OAuth1::RequestToken& token =
        call.world().oauth1().requestToken(consumer, callback, call.world().nowMs());
    return form({{"oauth_token", token.token},
                 {"oauth_token_secret", token.secret},
                 {"oauth_callback_confirmed", "true"}});
}

Response authorize(Call& call) {
    try {
        const OAuth1::RequestToken& token =
            call.world().oauth1().pending(call.query("oauth_token"), call.world().nowMs());
        const std::string name = htmlEscape(consumerName(call, token));
        return htmlPage(
            200, "Authorize access",
            "<main class=\"consent\"><h1>Welcome to Jira</h1><p>The application <strong>" + name +
                "</strong> would like to have <strong>read</strong> and <strong>write</strong> access to "
                "your "
                "data on <strong>" +
                htmlEscape(call.site->url) + "</strong>.</p><p>Would you like to authorize it?</p>" +
                "<form method=\"post\" action=\"" + call.services.config.contextPath +
                "/plugins/servlet/oauth/authorize\"><input type=\"hidden\" name=\"oauth_token\" value=\"" +
                htmlEscape(token.token) + "\">" + accounts(call) +
                "<div class=\"buttons\"><button class=\"primary\" name=\"decision\" "
                "value=\"accept\">Allow</button>"
                "<button name=\"decision\" value=\"deny\">Deny</button></div></form>"
                "<p class=\"note\">This is a stand-in for the page of Jira Data Center, for tests and "
                "demos.</p>"
                "</main>");
    } catch (const OAuth1Problem& problem) {
        return problemPage(problem);
    }
}

Response decide(Call& call) {
    std::map<std::string, std::string> values;
    for (const auto& [name, value] : parseForm(call.request.body))
        values[name] = value;
    try {
        const User* user = call.world().userByName(values["account"]);
        return decided(call, values["oauth_token"],
                       user == nullptr || !user->active ? call.world().users().front() : *user,
                       values["decision"] == "accept" && !call.plan.deny)
            .response;
    } catch (const OAuth1Problem& problem) {
        return problemPage(problem);
    }
}

Response accessToken(Call& call) {
    const SignedMessage message = messageOf(call);
    OAuth1& provider = call.world().oauth1();
    const std::int64_t now = call.world().nowMs();
    const std::string token = message.get("oauth_token");
    if (token.empty())
        throw OAuth1Problem{"parameter_absent", {{"oauth_parameters_absent", "oauth_token"}}};
    if (call.world().appLinks().byConsumerKey(message.get("oauth_consumer_key")) == nullptr)
        checked(call, message); // says what is wrong with the consumer
    const bool exchanges = provider.isRequestToken(token);
    if (exchanges)
        provider.checkExchange(message, now);
    else
        provider.checkRenewal(message, now);
    if (!exchanges && call.plan.refuseRefresh)
        throw OAuth1Problem{"permission_denied"};
    checked(call, message);
    const OAuth1::AccessToken& made = exchanges ? provider.exchange(token, now) : provider.renew(token, now);
    return form({{"oauth_token", made.token},
                 {"oauth_token_secret", made.secret},
                 {"oauth_expires_in", std::to_string(OAuth1::accessTokenSec)},
                 {"oauth_session_handle", made.sessionHandle},
                 {"oauth_authorization_expires_in", std::to_string(OAuth1::sessionSec)}});
}

Response consent(Call& call) {
    const json::ObjectPtr body = call.body();
    const std::string url = json::memberString(body, "url");
    if (url.find("/plugins/servlet/oauth/authorize") == std::string::npos)
        return reply::message(
            400,
            "url must be an authorisation address of this server: .../plugins/servlet/oauth/authorize?...");
    Request page;
    parseTarget(page, url);
    const std::string account = json::memberString(body, "account");
    const User& user = account.empty() ? call.world().users().front() : control::person(call, account);
    Request press; // a `deny` fault works here as on the page
    press.method = "POST";
    press.path = press.target = call.services.config.contextPath + "/plugins/servlet/oauth/authorize";
    const bool accepted =
        json::memberString(body, "decision", "accept") == "accept" && !call.services.faults.plan(press).deny;
    try {
        const Decision decision = decided(call, page.param("oauth_token").value_or(""), user, accepted);
        return Response::json(
            200, json::object({{"location", decision.location}, {"verifier", decision.verifier}}));
    } catch (const OAuth1Problem& problem) {
        return reply::message(409, "The page would refuse: " + problem.problem);
    }
}

} // namespace jira_sim::handle::dc
