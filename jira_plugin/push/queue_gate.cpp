#include "queue_gate.hpp"

#include "backoff.hpp"
#include "store/clock_set_back.hpp"

#include <algorithm>

namespace jira_plugin::push {
namespace {

const char* const alertKey = "jira.push.connection";

} // namespace

QueueGate::QueueGate(store::Database& database, const host::Services& services,
                     std::function<double()> random)
    : _host(services), _random(std::move(random)), _pauses(database), _outbox(database) {}

std::optional<store::Pause> QueueGate::closed(const std::string& organisation) {
    auto pause = _pauses.find(organisation);
    const std::int64_t now = _host.clock.nowMs();
    if (pause && (pause->untilMs <= now || pause->sinceMs > now + store::clockSetBackMs))
        pause.reset();
    return pause;
}

std::int64_t QueueGate::close(const std::string& organisation, const Ruling& ruling) {
    const std::int64_t now = _host.clock.nowMs();
    const auto before = _pauses.find(organisation);
    store::Pause pause;
    pause.kind =
        ruling.next == Next::AwaitConnection ? store::Pause::Kind::Connection : store::Pause::Kind::Busy;
    pause.sinceMs = now;
    pause.message = ruling.message;
    pause.remedy = ruling.remedy;
    // Requests that were on their way together fail together: that is one failure.
    const bool isSameFailure = before && before->untilMs > now && before->kind == pause.kind;
    pause.failures = (before ? before->failures : 0) + (isSameFailure ? 0 : 1);
    pause.untilMs = now + backoffMs(pause.failures, ruling.retryAfterMs, _random());
    if (isSameFailure)
        pause.untilMs =
            ruling.retryAfterMs > 0 ? std::max(before->untilMs, now + ruling.retryAfterMs) : before->untilMs;
    _pauses.set(organisation, pause);
    _host.log.warning("The organisation's queue of tickets pauses.",
                      {{"organisation", organisation},
                       {"reason", ruling.message},
                       {"pause_ms", std::to_string(pause.untilMs - now)}});
    if (pause.kind == store::Pause::Kind::Connection)
        await(organisation, pause, !before || before->kind != pause.kind);
    return pause.untilMs;
}

void QueueGate::await(const std::string& organisation, const store::Pause& pause, bool isNew) {
    _outbox.hold(organisation, connectionCause, pause.message, pause.remedy, pause.untilMs, pause.sinceMs);
    if (!isNew)
        return;
    host::Alert alert;
    alert.critical = true;
    alert.key = alertKey;
    alert.title = "Tickets wait for the Jira connection";
    alert.text = pause.message;
    alert.remedy = pause.remedy;
    alert.url = _host.urls.settingsPage();
    _host.alerts.raise(organisation, alert);
}

void QueueGate::succeeded(const std::string& organisation) {
    const auto before = _pauses.find(organisation);
    if (!before || before->untilMs > _host.clock.nowMs())
        return; // another request was told to wait while this one was on its way
    _pauses.clear(organisation);
    if (before->kind == store::Pause::Kind::Connection)
        _host.alerts.clear(organisation, alertKey);
}

void QueueGate::reopen(const std::string& organisation) {
    const auto before = _pauses.clear(organisation);
    _outbox.wake(organisation, connectionCause, _host.clock.nowMs());
    if (before && before->kind == store::Pause::Kind::Connection)
        _host.alerts.clear(organisation, alertKey);
}

} // namespace jira_plugin::push
