#include "auth_outcome.hpp"

#include <array>

namespace jira_plugin::connection {
namespace {

struct Text {
    AuthOutcome outcome;
    const char* word;
    const char* message; ///< '%' stands for the detail
    const char* remedy;
};

constexpr const char* again = "Start again, with Connect Jira or with the link that an admin sent you.";

// In the order of the enumeration.
constexpr std::array<Text, 23> texts{{
    {AuthOutcome::Connected, "connected", "Jira is connected: %.", ""},
    {AuthOutcome::ConnectedWithoutProjects, "connected_without_projects",
     "Jira is connected (%), but no Jira projects were found.",
     "Your Jira user may not have access to any projects. Give the account the Browse Projects and Create "
     "Issues "
     "permissions in the projects that should get tickets, or reconnect with another account."},
    {AuthOutcome::ChooseSite, "choose_site", "The account can reach several Jira sites: %.",
     "Choose the site that this organisation connects to."},
    {AuthOutcome::ConfirmOtherSite, "confirm_other_site",
     "This is another Jira site than the one connected before: %.",
     "Confirm to change the site: tickets created on the old one stay there and are not followed any more. "
     "Otherwise "
     "start again and select the old site on Atlassian's page."},
    {AuthOutcome::NotConfigured, "not_configured", notConfiguredMessage, notConfiguredRemedy},
    {AuthOutcome::Denied, "denied", "The permissions were declined on Atlassian's page; nothing was changed.",
     "To connect, start again and click Accept."},
    {AuthOutcome::ProviderError, "provider_error", "Atlassian did not authorise the connection: %.",
     "Start again; if it stays, the platform operator should compare the scopes and the callback address of "
     "the "
     "OAuth app with the documentation."},
    {AuthOutcome::StateMissing, "state_missing", "The way back from Atlassian was incomplete.", again},
    {AuthOutcome::StateUnknown, "state_unknown",
     "This authorisation was not started here; nothing was changed.", again},
    {AuthOutcome::StateExpired, "state_expired", "The authorisation took longer than ten minutes.", again},
    {AuthOutcome::StateUsed, "state_used", "This authorisation was already finished; nothing was changed.",
     "Look at the connection's status. If it is not connected, start again."},
    {AuthOutcome::StateOfAnother, "state_of_another",
     "This authorisation was started by another user or in another organisation; nothing was changed.",
     "Sign in as the user who started it and in the same organisation, or start again yourself."},
    {AuthOutcome::CodeRefused, "code_refused", "Atlassian did not accept the authorisation code: %.",
     "Start again; codes are good once and for a short time. If it stays, the platform operator should check "
     "that the "
     "callback address registered with the OAuth app is this platform's."},
    {AuthOutcome::ClientRefused, "client_refused",
     "Atlassian did not accept this platform's client id or secret: %.",
     "Ask your platform operator to check jira.cloud.client_id and jira.cloud.client_secret against "
     "Atlassian's "
     "developer console."},
    {AuthOutcome::ScopesMissing, "scopes_missing", "Not all permissions were granted; missing: %.",
     "Start again and accept all permissions. If they are not on Atlassian's page, the platform operator "
     "must add them "
     "to the OAuth app in Atlassian's developer console."},
    {AuthOutcome::NoSite, "no_site",
     "The Atlassian account has no Jira site that it let this platform reach.",
     "Start again with an account of your Jira site, and select the site on Atlassian's page."},
    {AuthOutcome::NothingPending, "nothing_pending", "There is no authorisation that waits for this choice.",
     again},
    {AuthOutcome::AccountRefused, "account_refused", "Jira did not accept the account on the chosen site: %.",
     "Check in Jira that the account is active and has access to the product, then start again."},
    {AuthOutcome::AlreadyConnected, "already_connected",
     "Somebody connected this organisation in the meantime: %.",
     "Nothing was changed. An admin can use Reconnect to replace that connection."},
    {AuthOutcome::HandoverEnded, "handover_ended",
     "The link to connect Jira was taken back, replaced or has expired; nothing was changed.",
     "Ask the admin who sent it for a new link."},
    {AuthOutcome::ClockSkew, "clock_skew", "The time of day does not fit: %.",
     "Nothing was changed. Ask your platform operator to have this machine's clock set by a time server "
     "(NTP), "
     "then start again. If the clock is right, the certificate of the server has to be renewed."},
    {AuthOutcome::Unreachable, "unreachable", "Atlassian could not be reached: %.",
     "Nothing was changed. Try again in a few minutes; if it stays, have the network checked."},
    {AuthOutcome::JiraRefused, "jira_refused", "Jira did not grant the access: %.", again},
}};

const Text& textOf(AuthOutcome outcome) {
    return texts[static_cast<std::size_t>(outcome)];
}

} // namespace

const char* toString(AuthOutcome outcome) {
    return textOf(outcome).word;
}

AuthResult authResult(AuthOutcome outcome, const std::string& detail) {
    std::string words = detail.empty() ? "no more is known" : detail;
    while (!words.empty() && (words.back() == '.' || words.back() == ' ')) {
        words.pop_back();
    }
    AuthResult result;
    result.outcome = outcome;
    result.message = textOf(outcome).message;
    result.remedy = textOf(outcome).remedy;
    const std::size_t place = result.message.find('%');
    if (place != std::string::npos) {
        result.message.replace(place, 1, words);
    }
    return result;
}

} // namespace jira_plugin::connection
