#include "causes.hpp"

#include <array>

namespace jira_plugin::oauth1 {
namespace {

struct Text {
    Reason reason;
    const char* word;
    const char* cause; ///< '%' stands for the detail
    const char* fix;
};

constexpr const char* connectAgain = "Use Reconnect here and allow the access on Jira's page again.";

// In the order of the enumeration.
constexpr std::array<Text, 26> texts{{
    {Reason::ConsumerKeyUnknown, "consumer_key_unknown",
     "Jira knows no application link with the consumer key %.",
     "In Jira, open Administration > Applications > Application links, edit the link to this platform and "
     "compare its consumer key with the one shown here, letter by letter; copy it again with the copy "
     "button. "
     "If there is no such link, create it."},
    {Reason::WrongDirection, "wrong_direction",
     "The link may be set up in the wrong direction: Jira to this platform (outgoing) in place of this "
     "platform to Jira (incoming), or as an OAuth 2.0 link.",
     "In the application link, fill in Incoming Authentication; Outgoing Authentication is not needed. From "
     "Jira 8.22 on, choose Atlassian product (not External application) when you create the link, continue "
     "past the warning, and tick Create incoming link."},
    {Reason::ConsumerKeyDisabled, "consumer_key_disabled",
     "Jira has an application link with this consumer key, but it is disabled (%).",
     "In Jira, open the application link and enable its Incoming Authentication."},
    {Reason::KeyDiffers, "key_differs",
     "The public key in Jira's application link does not belong to this platform: it was pasted only in "
     "part, "
     "or it is from before the key was regenerated here.",
     "Copy the public key shown here again, replace the one in the link's Incoming Authentication with all "
     "of "
     "it, and save. Paste it with its BEGIN PUBLIC KEY and END PUBLIC KEY lines; if Jira refuses those, "
     "paste "
     "the form without them."},
    {Reason::KeyUnreadable, "key_unreadable", "Jira cannot read the public key in its application link (%).",
     "The BEGIN and END lines are missing, doubled or joined with the key's text. Delete all of it in the "
     "link's Incoming Authentication and paste the key anew: with its BEGIN PUBLIC KEY and END PUBLIC KEY "
     "lines, each on a line of its own; if Jira still refuses it, the form without them."},
    {Reason::BaseUrlDiffers, "base_url_differs",
     "The base URL is not Jira's own, so what this platform signs is not what Jira checks: %.",
     "Enter the base URL that Jira shows under Administration > System > General configuration. If that is "
     "the one you entered, Jira's proxy does not hand the address on: ask your Jira administrator to set "
     "scheme, proxyName and proxyPort of the connector in Jira's server.xml."},
    {Reason::RequestAltered, "request_altered",
     "The request reached Jira with other parameters than those this platform signed.",
     "A proxy or firewall between this platform and Jira changes addresses or forms. Ask your network "
     "administrator to let requests to Jira's /plugins/servlet/oauth and /rest pass as they are."},
    {Reason::MethodRejected, "method_rejected", "Jira does not accept RSA-SHA1 signatures for this link (%).",
     "In Jira, edit the application link: its Incoming Authentication must be OAuth with a public key. "
     "Delete "
     "the link and create it again if it was made for something else."},
    {Reason::ClockSkew, "clock_skew", "The clocks differ too much: %.",
     "Have both machines' clocks set by a time server (NTP), then verify the connection again. Jira "
     "tolerates "
     "about five minutes."},
    {Reason::NonceUsed, "nonce_used",
     "Jira saw the same request twice (%). Something between this platform and Jira repeats requests.",
     "Try again. If it stays, ask your network administrator whether a proxy sends requests to Jira more "
     "than "
     "once."},
    {Reason::ParameterAbsent, "parameter_absent", "The signature did not reach Jira whole; missing: %.",
     "A proxy between this platform and Jira removes the Authorization header or parts of it. Ask your "
     "network administrator to let it pass."},
    {Reason::ParameterRejected, "parameter_rejected", "Jira did not accept a part of the request: %.",
     "If it is about oauth_callback: the public address of this platform must be an absolute http or https "
     "URL; ask your platform operator to correct it."},
    {Reason::VersionRejected, "version_rejected", "Jira does not accept OAuth 1.0 for this link (%).",
     "Check that the base URL is that of Jira Data Center 8.0 or later, and that the link was created as "
     "described here."},
    {Reason::TokenRejected, "token_rejected",
     "Jira does not know the access that was granted to this platform (%). The application link was created "
     "anew or its incoming settings were changed, or the token is from another Jira.",
     connectAgain},
    {Reason::TokenExpired, "token_expired", "The access that was granted to this platform has expired (%).",
     "Use Reconnect here and allow the access on Jira's page again, within ten minutes of the start."},
    {Reason::TokenRevoked, "token_revoked",
     "The access was revoked in Jira, by the user under View OAuth Access Tokens or by an administrator (%).",
     connectAgain},
    {Reason::TokenUsed, "token_used", "This authorisation was already finished once (%).",
     "Look at the connection's status. If it is not connected, start again."},
    {Reason::NotYetAllowed, "not_yet_allowed", "The access has not been allowed on Jira's page yet (%).",
     "Start again, and click Allow on Jira's page."},
    {Reason::Declined, "declined", "The access was declined on Jira's page, or its renewal has expired (%).",
     "To connect, start again and click Allow on Jira's page."},
    {Reason::NewConsentNeeded, "new_consent_needed", "Jira wants the access to be allowed again (%).",
     connectAgain},
    {Reason::Refused, "refused", "Jira refuses this user or this application at the moment (%).",
     "Check in Jira that the user who allowed the access is active and may use Jira, and that the "
     "application "
     "link is enabled; then try again."},
    {Reason::LoginPage, "login_page",
     "A login page came in place of Jira's answer (%): single sign-on or a proxy stands before Jira.",
     "Ask your Jira administrator to exempt /plugins/servlet/oauth and /rest from single sign-on; Jira "
     "checks "
     "the signature of those requests itself."},
    {Reason::Captcha, "captcha",
     "Jira wants a CAPTCHA to be solved before it lets this user in, after failed logins.",
     "Sign in to Jira once in a browser as the connected user and solve the CAPTCHA, or have an "
     "administrator "
     "reset the failed logins under User management. Then try again here."},
    {Reason::NoOAuth, "no_oauth", "Nothing at this address speaks OAuth: %.",
     "Check the base URL, with its context path (for example https://jira.example.com/jira). If it is right, "
     "the OAuth plugins of Jira are disabled: ask your Jira administrator to enable them under Manage apps."},
    {Reason::ServerError, "server_error", "Jira or a proxy before it failed (%).",
     "Try again in a few minutes. If it stays, Jira's log (atlassian-jira.log) names the cause; a public key "
     "that cannot be read is a known one, so paste the key into the application link anew."},
    {Reason::Unknown, "unknown", "Jira did not accept the request (%).",
     "Try again. If it stays, compare the application link in Jira with the values shown here."},
}};

const Text& textOf(Reason reason) {
    return texts[static_cast<std::size_t>(reason)];
}

/// Without the full stop that the sentence brings itself.
std::string trimmed(std::string detail) {
    while (!detail.empty() && (detail.back() == '.' || detail.back() == ' '))
        detail.pop_back();
    return detail.empty() ? "no more is known" : detail;
}

} // namespace

const char* toString(Reason reason) {
    return textOf(reason).word;
}

Cause causeOf(Reason reason, const std::string& detail) {
    const Text& text = textOf(reason);
    Cause cause{reason, text.cause, text.fix};
    if (const std::size_t place = cause.cause.find('%'); place != std::string::npos)
        cause.cause.replace(place, 1, trimmed(detail));
    return cause;
}

} // namespace jira_plugin::oauth1
