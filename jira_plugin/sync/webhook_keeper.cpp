#include "webhook_keeper.hpp"

#include "webhook_orders.hpp"
#include "webhook_registrar.hpp"

#include "connection/connection_store.hpp"
#include "connection/encoding.hpp"
#include "connection/sealed_fields.hpp"
#include "jira/errors.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace jira_plugin::sync {
namespace {

using jira::Webhooks;
using State = WebhookHealth::State;

constexpr const char* leaseName = "webhook";
constexpr std::size_t keyBytes = 32;
constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t dayMs = 24LL * 60 * minuteMs;
// Whoever ends a connection waits for the farewell, so that it goes on without what takes longer.
constexpr std::chrono::seconds mostWait{3};
constexpr std::chrono::milliseconds waitStep{20};

bool begins(const std::string& text, const std::string& beginning) {
    return text.compare(0, beginning.size(), beginning) == 0;
}

std::int64_t backoffMs(std::int64_t tries) {
    return std::min<std::int64_t>(minuteMs << std::min<std::int64_t>(tries, 6), 60 * minuteMs);
}

constexpr const char* tickEvents = "Under 'Issue related events', paste the JQL filter and tick created, "
                                   "updated and deleted for issues, and "
                                   "created, updated and deleted for comments. Leave 'Exclude body' off.";
constexpr const char* proveIt =
    "Come back and send a test ticket, or comment on a linked ticket: the webhook "
    "is proven by the first delivery that arrives here.";

} // namespace

std::string WebhookKeeper::serverRoute(const std::string& organisation) {
    return _parts.host.urls.webhookRoute(organisation) + "/";
}

std::string WebhookKeeper::url(const WebhookRow& row, Webhooks::Kind kind) {
    if (kind == Webhooks::Kind::Dynamic)
        return _parts.host.urls.webhookRoute("");
    return serverRoute(row.organisation) +
           _parts.sealer.open(row.organisation, connection::webhookPathField, row.keys.sealedPath).reveal();
}

std::vector<jira::WebhookOrder> WebhookKeeper::orders(const WebhookRow& row, Webhooks::Kind kind) {
    std::string name = "Mayo ASPM";
    for (const auto& organisation : _parts.host.directory.organisations())
        if (organisation.id == row.organisation)
            name += " (" + organisation.name + ")";
    const std::string secret =
        kind == Webhooks::Kind::SecretSigned
            ? _parts.sealer.open(row.organisation, connection::webhookSecretField, row.keys.sealedSecret)
                  .reveal()
            : "";
    return webhookOrders(kind, name, url(row, kind), secret,
                         _parts.jiraProjects(row.organisation, row.system));
}

/// Whether Jira still has an earlier URL than the one of these keys: a renewal did not get through to it.
bool WebhookKeeper::isRenewing(const WebhookRow& row, Webhooks::Kind kind) {
    const auto registered = _parts.webhooks.registrations(row.organisation);
    const auto digest = connection::sha256Hex(url(row, kind));
    return !row.keys.oldPathDigest.empty() && !registered.empty() &&
           std::none_of(registered.begin(), registered.end(),
                        [&](const WebhookRegistration& each) { return each.urlDigest == digest; });
}

/// Data Center: makes keys where there are none, or new ones beside which the old ones hold for a day. A
/// renewal that did not get through goes on with its keys, so that what Jira has is still among the old ones.
WebhookRow WebhookKeeper::withKeys(WebhookRow row, Webhooks::Kind kind, How how) {
    const bool isSigned = kind == Webhooks::Kind::SecretSigned;
    if (kind == Webhooks::Kind::Dynamic ||
        (!row.keys.sealedPath.empty() && how != How::NewKeys && row.isSigned == isSigned))
        return row;
    if (how == How::NewKeys && !row.keys.sealedPath.empty() && isRenewing(row, kind)) {
        row.keys.oldUntilMs = _parts.nowMs() + dayMs;
    } else if (row.keys.sealedPath.empty() || how == How::NewKeys) {
        const connection::Secret path(connection::base64Url(connection::randomBytes(keyBytes)));
        const connection::Secret secret(connection::base64Url(connection::randomBytes(keyBytes)));
        WebhookKeys keys;
        keys.oldPathDigest = row.keys.pathDigest;
        keys.sealedOldSecret = row.keys.sealedSecret;
        keys.oldUntilMs = row.keys.pathDigest.empty() ? 0 : _parts.nowMs() + dayMs;
        keys.sealedPath = _parts.sealer.seal(row.organisation, connection::webhookPathField, path);
        keys.pathDigest = connection::sha256Hex(path.reveal());
        keys.sealedSecret = _parts.sealer.seal(row.organisation, connection::webhookSecretField, secret);
        row.keys = keys;
    }
    row.isSigned = isSigned;
    _parts.webhooks.saveKeys(row.organisation, row.isSigned, row.keys);
    return row;
}

bool WebhookKeeper::settle(const std::string& organisation, How how) {
    const auto lease = _parts.leases.take(organisation, leaseName, _parts.nowMs());
    if (!lease)
        return false;
    settleHeld(organisation, how);
    return true;
}

void WebhookKeeper::settleHeld(const std::string& organisation, How how) {
    const JiraSide jira = _parts.jira(organisation);
    const auto status = _parts.status(organisation);
    WebhookRow row =
        _parts.webhooks.open(organisation, jira.system, siteHostOf(status.siteUrl), _parts.nowMs());
    const bool isServer = status.deployment == connection::serverDeployment;
    try {
        const Webhooks::Kind kind = jira.webhooks->kind();
        const bool gotSigned = isServer && row.isSigned != (kind == Webhooks::Kind::SecretSigned);
        row = withKeys(row, kind, how);
        const auto wanted = orders(row, kind);
        const std::string own = isServer ? serverRoute(organisation) : url(row, kind);
        WebhookRegistrar registrar(_parts, row, *jira.webhooks, wanted, [&](const jira::Webhook& webhook) {
            return isServer ? begins(webhook.url, own) : webhook.url == own || webhook.url.empty();
        });
        const bool hasRegistered = registrar.run(how != How::Keep || gotSigned);
        _parts.webhooks.saveDue(organisation, -1, 0);
        if (wanted.empty())
            _verdicts.set(organisation,
                          {State::Off,
                           "No project is mapped to a Jira project yet, so there is nothing to hear of.",
                           "Map a project: the webhook is registered by itself then."});
        else if (row.state != State::Deaf && // only a delivery proves that it hears again
                 (hasRegistered || (row.state != State::Healthy && row.state != State::Unproven)))
            _verdicts.set(organisation,
                          {State::Unproven, "The webhook is registered in Jira; nothing was heard of it yet.",
                           "Nothing to do: it is proven by the first change that Jira tells of."});
    } catch (const jira::Refusal& refusal) {
        _parts.webhooks.saveDue(organisation, -1, 0);
        const bool mayNot = isServer && (refusal.status() == 401 || refusal.status() == 403);
        const bool wasHeard = row.state == State::Healthy || row.state == State::Deaf;
        if (mayNot && wasHeard && row.heardAtMs > 0 && how == How::Keep)
            return; // it was made by hand, and whether it still works is judged elsewhere
        _verdicts.set(organisation,
                      mayNot ? manual() : Verdict{State::Refused, refusal.what(), refusal.remedy()});
    }
}

Verdict WebhookKeeper::manual() const {
    return {
        State::Manual,
        "The connected account is no Jira administrator, so it cannot register the webhook: changes in Jira "
        "are found once a day only.",
        "Open Settings > Integrations > Jira and give the instructions for the webhook to a Jira "
        "administrator, or connect Jira with an administrator's account."};
}

void WebhookKeeper::settleSoon(const std::string& organisation) {
    try {
        if (!settle(organisation, How::Keep))
            tryLater(organisation, "", "", minuteMs / 2);
    } catch (const jira::RetryLater& error) {
        tryLater(organisation, error.what(), error.remedy(), error.retryAfterMs());
    } catch (const jira::NotConfigured&) { // the connection ended, or waits for somebody, and says so itself
    } catch (const jira::ReconnectNeeded&) {
    } catch (const jira::Error& error) {
        tryLater(organisation, error.what(), error.remedy(), 0);
    } catch (const std::exception& error) {
        tryLater(organisation, error.what(), "Nothing to do: it is tried again.", 0);
    }
}

void WebhookKeeper::tryLater(const std::string& organisation, const std::string& cause,
                             const std::string& remedy, std::int64_t afterMs) {
    const auto row = _parts.webhooks.load(organisation);
    if (!row)
        return;
    _parts.webhooks.saveDue(organisation, _parts.nowMs() + std::max(afterMs, backoffMs(row->tries)),
                            row->tries + 1);
    if (cause.empty())
        return;
    _parts.host.log.warning("The webhook could not be brought into line yet",
                            {{"organisation", organisation}, {"cause", cause}});
    if (_parts.webhooks.registrations(organisation).empty() && row->state != State::Manual)
        _verdicts.set(organisation,
                      {State::Registering, "The webhook is not registered yet: " + cause, remedy});
}

std::vector<std::string> WebhookKeeper::due() {
    std::vector<std::string> all;
    for (const auto& organisation : _parts.webhooks.organisations()) {
        const auto row = _parts.webhooks.load(organisation);
        if (row && row->dueAtMs >= 0 && row->dueAtMs <= _parts.nowMs())
            all.push_back(organisation);
    }
    return all;
}

/// Gives way to a registration under way for a while, so that what it leaves in Jira is removed as well.
std::unique_ptr<JobLeases::Lease> WebhookKeeper::waitForLease(const std::string& organisation) {
    const auto endsAt = std::chrono::steady_clock::now() + mostWait;
    auto lease = _parts.leases.take(organisation, leaseName, _parts.nowMs());
    while (!lease && std::chrono::steady_clock::now() < endsAt) {
        std::this_thread::sleep_for(waitStep);
        lease = _parts.leases.take(organisation, leaseName, _parts.nowMs());
    }
    return lease;
}

void WebhookKeeper::farewell(const std::string& organisation) {
    const auto lease = waitForLease(organisation);
    std::vector<std::string> ids;
    for (const auto& registration : _parts.webhooks.registrations(organisation))
        ids.push_back(registration.id);
    try {
        if (!ids.empty())
            _parts.jira(organisation).webhooks->remove(ids);
    } catch (const std::exception& error) {
        _parts.host.log.warning(
            "The webhook could not be removed from Jira; what it sends is refused from now on.",
            {{"organisation", organisation}, {"cause", error.what()}});
    }
    _parts.webhooks.erase(organisation);
    _verdicts.clearAlerts(organisation);
}

std::optional<ManualSetup> WebhookKeeper::manualSetup(const std::string& organisation) {
    const auto row = _parts.webhooks.load(organisation);
    if (!row || row->keys.sealedPath.empty() || !_parts.webhooks.registrations(organisation).empty())
        return std::nullopt;
    const auto kind = row->isSigned ? Webhooks::Kind::SecretSigned : Webhooks::Kind::Unsigned;
    const auto wanted = orders(*row, kind);
    ManualSetup setup;
    setup.url = url(*row, kind);
    setup.secret =
        row->isSigned
            ? _parts.sealer.open(organisation, connection::webhookSecretField, row->keys.sealedSecret)
                  .reveal()
            : "";
    setup.events = webhookOrders(kind, "", setup.url, "", {"0"}).front().events;
    setup.jql = wanted.empty() ? "" : wanted.front().jql;
    setup.steps = {
        "Sign in to Jira as a Jira administrator and open Administration > System > WebHooks.",
        "Choose 'Create a WebHook', name it 'Mayo ASPM', and leave its status on Enabled.",
        "Paste the URL. It works like a password: whoever knows it can send messages here.",
        tickEvents,
        "Save it. Whenever another project is mapped here, replace the JQL filter with the one shown then.",
        proveIt};
    if (row->isSigned)
        setup.steps.insert(setup.steps.begin() + 3,
                           "Paste the secret: deliveries without its signature are refused.");
    return setup;
}

} // namespace jira_plugin::sync
