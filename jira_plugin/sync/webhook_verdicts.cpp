#include "webhook_verdicts.hpp"

#include "diagnosis/check.hpp"

#include <array>

namespace jira_plugin::sync {
namespace {

using State = WebhookHealth::State;

constexpr std::array<State, 7> alerting{State::Manual,  State::Refused, State::Missing, State::Disabled,
                                        State::Expired, State::Wrong,   State::Deaf};

std::string alertKey(State state) {
    return std::string("jira.webhook.") + toString(state);
}

std::string wantedAlert(State state) {
    for (const State each : alerting)
        if (each == state)
            return alertKey(state);
    return "";
}

const char* titleOf(State state) {
    switch (state) {
    case State::Manual:
        return "A Jira admin must create the webhook";
    case State::Refused:
        return "Jira refuses the webhook";
    case State::Missing:
        return "The Jira webhook is missing";
    case State::Disabled:
        return "The Jira webhook is switched off";
    case State::Expired:
        return "The Jira webhook has expired";
    case State::Wrong:
        return "The Jira webhook was changed";
    default:
        return "Nothing arrives from the Jira webhook";
    }
}

} // namespace

void WebhookVerdicts::set(const std::string& organisation, const Verdict& verdict) {
    const std::lock_guard<std::mutex> lock(_mutex);
    auto row = _parts.webhooks.load(organisation);
    if (!row)
        return;
    const std::string wanted = wantedAlert(verdict.state);
    const bool isNew = row->state != verdict.state;
    if (!isNew && row->message == verdict.message && row->remedy == verdict.remedy && row->alerted == wanted)
        return;
    row->sinceMs = isNew ? _parts.nowMs() : row->sinceMs;
    row->state = verdict.state;
    row->message = verdict.message;
    row->remedy = verdict.remedy;
    // Stored last: what a crash leaves undone is done again.
    for (const State each : alerting)
        if (isNew && alertKey(each) != wanted)
            _parts.host.alerts.clear(organisation, alertKey(each));
    if (!wanted.empty() && row->alerted != wanted)
        alert(*row);
    row->alerted = wanted;
    _parts.webhooks.saveState(*row);
}

void WebhookVerdicts::alert(const WebhookRow& row) {
    const std::int64_t tickets = _parts.webhooks.linkedTickets(row.organisation, row.system);
    host::Alert alert;
    alert.critical = row.state != State::Manual;
    alert.key = alertKey(row.state);
    alert.title = titleOf(row.state);
    alert.text = row.message + " Found at " + diagnosis::utcText(row.sinceMs) + "; " +
                 (row.heardAtMs > 0 ? "Jira was last heard of at " + diagnosis::utcText(row.heardAtMs)
                                    : std::string("nothing was heard of Jira yet")) +
                 ". " + diagnosis::countText(tickets, "ticket") + (tickets == 1 ? " is" : " are") +
                 " linked; what happens to them in Jira is found once a day.";
    alert.remedy = row.remedy;
    alert.url = _parts.host.urls.settingsPage();
    _parts.host.alerts.raise(row.organisation, alert);
    _parts.host.log.warning(
        "The webhook needs attention",
        {{"organisation", row.organisation}, {"state", toString(row.state)}, {"cause", row.message}});
}

void WebhookVerdicts::clearAlerts(const std::string& organisation) {
    for (const State each : alerting)
        _parts.host.alerts.clear(organisation, alertKey(each));
}

} // namespace jira_plugin::sync
