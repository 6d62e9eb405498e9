#include "health_check.hpp"

#include "webhook_orders.hpp"

#include "connection/connection_store.hpp"
#include "connection/encoding.hpp"
#include "jira/errors.hpp"

#include <algorithm>
#include <set>

namespace jira_plugin::sync {
namespace {

using State = WebhookHealth::State;

constexpr std::int64_t canaryTries = 5;
// The time of the last delivery is not stored for each of them.
constexpr std::int64_t slackMs = 10'000;

/// Hearing anything ends these.
bool isProvenByHearing(State state) {
    return state == State::Unproven || state == State::Manual || state == State::Deaf ||
           state == State::Registering;
}

} // namespace

void HealthCheck::run(const std::string& organisation) {
    const JiraSide jira = _parts.jira(organisation);
    auto row = _parts.webhooks.load(organisation);
    if (!row || (row->registeredAtMs == 0 && row->keys.sealedPath.empty())) {
        _keeper.settle(organisation, WebhookKeeper::How::Keep);
        row = _parts.webhooks.load(organisation);
    }
    if (!row)
        return;
    const bool isWell = looksWell(organisation, jira, *row);
    _parts.webhooks.saveChecked(organisation, _parts.nowMs());
    if (!isWell)
        return;
    _keeper.settle(organisation, WebhookKeeper::How::Keep); // extends them, and follows the mapping
    judgeByTickets(organisation);
    sendCanary(organisation);
}

/// Whether what was registered is in Jira as it was; gives the verdict when it is not.
bool HealthCheck::looksWell(const std::string& organisation, const JiraSide& jira, const WebhookRow& row) {
    try {
        const auto verdict =
            judgeListing(_parts.webhooks.registrations(organisation), jira.webhooks->list(), _parts.nowMs());
        if (verdict) {
            _verdicts.set(organisation, *verdict);
            return false;
        }
    } catch (const jira::Refusal& refusal) {
        // Who may not look may not register either: keeping says what to do by hand.
        if (refusal.status() != 401 && refusal.status() != 403)
            throw;
    }
    if (row.state == State::Missing || row.state == State::Disabled || row.state == State::Expired ||
        row.state == State::Wrong)
        _verdicts.set(organisation, {State::Unproven,
                                     "The webhook is in Jira as it should be again; nothing was "
                                     "heard of it yet.",
                                     "Nothing to do: it is proven by the first change that Jira tells of."});
    return true;
}

/// A ticket that we created is a change that Jira should have told of: the only test that nobody sees on a
/// Data Center, which tells nobody of properties.
void HealthCheck::judgeByTickets(const std::string& organisation) {
    const auto row = _parts.webhooks.load(organisation);
    if (!row || (row->state != State::Healthy && row->state != State::Unproven))
        return;
    const auto created = _parts.webhooks.lastCreated(organisation, row->system, _parts.nowMs() - patienceMs);
    if (created && created->atMs > row->registeredAtMs && created->atMs > row->heardAtMs + slackMs)
        _verdicts.set(organisation, deaf("the creation of " + created->issueKey, created->atMs));
}

bool HealthCheck::sendCanary(const std::string& organisation) {
    const auto row = _parts.webhooks.load(organisation);
    const auto registered = _parts.webhooks.registrations(organisation);
    if (!row || registered.empty() || _parts.status(organisation).deployment == connection::serverDeployment)
        return false;
    std::set<std::string> projects; // a ticket that moved elsewhere is not watched
    for (const auto& mapping : _parts.mappings.projects(organisation))
        if (!mapping.isOfAnother(row->system))
            projects.insert(mapping.jiraProjectKey);
    const JiraSide jira = _parts.jira(organisation);
    for (const auto& ticket : _parts.webhooks.lastLinked(organisation, row->system, canaryTries)) {
        if (projects.count(ticket.issueKey.substr(0, ticket.issueKey.rfind('-'))) == 0)
            continue;
        const std::string nonce = connection::base64Url(connection::randomBytes(12));
        // Stored first: Jira may tell of it before it answers.
        const std::int64_t sentMs = _parts.nowMs();
        _parts.webhooks.saveCanary(organisation, ticket.issueId, nonce, sentMs);
        try {
            jira.editing->setProperty(ticket.issueId, canaryProperty, "{\"nonce\":\"" + nonce + "\"}");
            return true;
        } catch (const jira::Refusal&) { // deleted, or nothing for us to edit: another one
        }
        _parts.webhooks.giveUpCanary(organisation, sentMs);
    }
    return false;
}

std::int64_t HealthCheck::judgeCanaries() {
    std::int64_t next = -1;
    for (const auto& canary : _parts.webhooks.canaries()) {
        const std::int64_t dueMs = canary.sentMs + patienceMs;
        if (dueMs > _parts.nowMs()) {
            next = next < 0 ? dueMs : std::min(next, dueMs);
            continue;
        }
        const auto row = _parts.webhooks.load(canary.organisation);
        if (row && (isProvenByHearing(row->state) || row->state == State::Healthy))
            _verdicts.set(canary.organisation, deaf("a change that was made to test it", canary.sentMs));
        _parts.webhooks.giveUpCanary(canary.organisation, canary.sentMs);
    }
    return next;
}

void HealthCheck::heard(const std::string& organisation, const WebhookLookup::News& news) {
    if (news.atMs == 0)
        return;
    _parts.webhooks.saveHeard(organisation, news.atMs);
    const auto row = _parts.webhooks.load(organisation);
    if (!row)
        return;
    for (const Heard& canary : news.canaries) {
        const bool isIt = canary.issueId == row->canaryIssue &&
                          (canary.propertyValue.empty() ||
                           canary.propertyValue.find(row->canaryNonce) != std::string::npos);
        if (isIt && _parts.webhooks.hearCanary(organisation, row->canaryNonce, canary.atMs))
            _parts.host.metrics.observe("jira_webhook_delay_ms",
                                        static_cast<double>(canary.atMs - row->canarySentMs));
    }
    if (isProvenByHearing(row->state) && news.atMs >= row->registeredAtMs)
        _verdicts.set(organisation, healthy());
}

void HealthCheck::missed(const std::string& organisation, const std::string& issueKey,
                         std::int64_t changedAtMs) {
    if (_parts.status(organisation).deployment != connection::serverDeployment)
        return; // a canary tells better
    const auto row = _parts.webhooks.load(organisation);
    const bool isLate = _parts.nowMs() - changedAtMs > patienceMs;
    if (row && isLate && changedAtMs > row->registeredAtMs && changedAtMs > row->heardAtMs + slackMs &&
        (row->state == State::Healthy || row->state == State::Unproven))
        _verdicts.set(organisation, deaf("a change of " + issueKey, changedAtMs));
}

} // namespace jira_plugin::sync
