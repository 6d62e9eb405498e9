#include "upkeep.hpp"

#include "connection/connection_store.hpp"
#include "jira/errors.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace jira_plugin::sync {
namespace {

using State = WebhookHealth::State;

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;
// Of two hosts whose days begin at different times one does it.
constexpr std::int64_t dailyAtMostMs = dayMs / 2;
constexpr std::chrono::seconds farewellLimit{5};

constexpr const char* healthJob = "jira.sync.health";
constexpr const char* reconciliationJob = "jira.sync.reconciliation";
constexpr const char* canaryJob = "jira.sync.canary";
constexpr const char* registerJob = "jira.sync.register";
constexpr const char* goOnJob = "jira.sync.go-on";

} // namespace

Upkeep::Upkeep(UpkeepParts& parts, Inward& inward, Outward& outward, WebhookLookup& lookup)
    : _parts(parts), _verdicts(parts), _keeper(parts, _verdicts), _check(parts, _verdicts, _keeper),
      _reconciliation(parts, inward, outward, _check), _lookup(lookup), _tasks([](const std::string&) {}) {}

void Upkeep::start() {
    _parts.host.scheduler.every(healthJob, dayMs, [this] {
        daily(healthJob, [this](const std::string& organisation) { checkDaily(organisation); });
        judgeCanaries();
    });
    _parts.host.scheduler.every(reconciliationJob, dayMs, [this] {
        daily(reconciliationJob,
              [this](const std::string& organisation) { beginReconciliation(organisation, "daily", ""); });
    });
    for (const auto& organisation : connected())
        if (!_parts.webhooks.load(organisation))
            settle(organisation);
    for (const auto& organisation : _reconciliation.unfinished())
        runReconciliation(organisation);
    judgeCanaries();
    settleDue();
}

void Upkeep::stop(std::chrono::milliseconds grace, const std::function<void()>& cut) {
    _reconciliation.stop();
    if (!_tasks.waitIdle(grace) && cut)
        cut();
    _tasks.stop();
}

std::vector<std::string> Upkeep::connected() {
    connection::ConnectionStore connections(_parts.database);
    auto all = connections.connectedOrganisations(connection::cloudDeployment);
    for (auto& organisation : connections.connectedOrganisations(connection::serverDeployment))
        all.push_back(std::move(organisation));
    return all;
}

/// On a thread of its own, one for each name and organisation; what it throws is logged.
void Upkeep::task(const std::string& name, const std::string& organisation,
                  std::function<void(const std::string&)> work) {
    _tasks.reap();
    _tasks.run(name + " " + organisation, [this, name, organisation, work = std::move(work)] {
        try {
            work(organisation);
        } catch (const std::exception& error) {
            _parts.host.log.warning(
                "Upkeep of the sync with Jira failed and is done again later",
                {{"organisation", organisation}, {"work", name}, {"cause", error.what()}});
        }
    });
}

void Upkeep::settle(const std::string& organisation) {
    task("settle", organisation, [this](const std::string& each) {
        const auto before = _parts.webhooks.load(each);
        _keeper.settleSoon(each);
        const auto after = _parts.webhooks.load(each);
        if (after && after->registeredAtMs > (before ? before->registeredAtMs : 0) && _check.sendCanary(each))
            judgeCanaries();
        settleDue();
    });
}

void Upkeep::settleDue() {
    for (const auto& organisation : _keeper.due())
        settle(organisation);
    const std::int64_t next = _parts.webhooks.nextDueMs();
    if (next > _parts.nowMs())
        wakeAt(registerJob, next, [this] { settleDue(); });
}

void Upkeep::daily(const std::string& job, const std::function<void(const std::string&)>& work) {
    for (const auto& organisation : connected())
        task(job, organisation, [this, job, work](const std::string& each) {
            if (const auto lease = _parts.leases.take(each, job, _parts.nowMs(), dailyAtMostMs))
                work(each);
        });
}

void Upkeep::checkDaily(const std::string& organisation) {
    heard(organisation);
    _check.run(organisation);
    judgeCanaries();
}

void Upkeep::judgeCanaries() {
    const std::int64_t next = _check.judgeCanaries();
    if (next >= 0)
        wakeAt(canaryJob, next, [this] { judgeCanaries(); });
}

void Upkeep::beginReconciliation(const std::string& organisation, const std::string& reason,
                                 const std::string& user) {
    _reconciliation.begin(organisation, reason, user);
    runReconciliation(organisation);
}

void Upkeep::runReconciliation(const std::string& organisation) {
    task("reconcile", organisation, [this](const std::string& each) {
        const std::int64_t nextMs = _reconciliation.run(each);
        if (nextMs >= 0)
            wakeAt(std::string(goOnJob) + "." + each, nextMs, [this, each] { runReconciliation(each); });
    });
}

/// The host calls back on one of its threads, where nothing may take long.
void Upkeep::wakeAt(const std::string& job, std::int64_t atMs, std::function<void()> work) {
    _parts.host.scheduler.at(job, atMs, std::move(work));
}

void Upkeep::heard(const std::string& organisation) {
    task("hear", organisation, [this](const std::string& each) { _check.heard(each, _lookup.take(each)); });
}

void Upkeep::connectionChanged(const std::string& organisation) {
    settle(organisation);
}

void Upkeep::mappingChanged(const std::string& organisation) {
    settle(organisation);
}

void Upkeep::disconnecting(const std::string& organisation) {
    struct Done {
        std::mutex mutex;
        std::condition_variable changed;
        bool is = false;
    };
    const auto done = std::make_shared<Done>();
    task("farewell", organisation, [this, done](const std::string& each) {
        _keeper.farewell(each);
        _lookup.forget(each);
        const std::lock_guard<std::mutex> lock(done->mutex);
        done->is = true;
        done->changed.notify_all();
    });
    std::unique_lock<std::mutex> lock(done->mutex);
    done->changed.wait_for(lock, farewellLimit, [&] { return done->is; });
}

WebhookHealth Upkeep::health(const std::string& organisation) {
    WebhookHealth health;
    const auto row = _parts.webhooks.load(organisation);
    const auto status = _parts.status(organisation);
    if (!row || status.state != connection::ConnectionStatus::State::Connected) {
        using Connection = connection::ConnectionStatus::State;
        const bool isConnected = status.state == Connection::Connected;
        health.state = isConnected ? State::Registering : State::Off;
        health.message =
            isConnected ? "The webhook is being registered in Jira."
            : status.state == Connection::NeedsAttention
                ? "The connection to Jira needs attention first; changes in Jira wait until then."
                : "Jira is not connected, so nothing is heard of it.";
        health.remedy = isConnected ? "" : "Connect Jira; the webhook is registered by itself then.";
        return health;
    }
    health.state = row->state;
    health.message = row->message.empty() ? "The webhook is being registered in Jira." : row->message;
    health.remedy = row->remedy;
    health.sinceMs = row->sinceMs;
    health.checkedAtMs = row->checkedAtMs;
    health.heardAtMs = row->heardAtMs;
    health.delayMs = row->delayMs;
    for (const auto& registration : _parts.webhooks.registrations(organisation)) {
        health.ids.push_back(registration.id);
        const std::int64_t expires = registration.expiresAtMs;
        if (expires > 0 && (health.expiresAtMs == 0 || expires < health.expiresAtMs))
            health.expiresAtMs = expires;
    }
    health.isRepairable = !health.isWell();
    return health;
}

std::optional<ManualSetup> Upkeep::manualSetup(const std::string& organisation) {
    return _keeper.manualSetup(organisation);
}

WebhookHealth Upkeep::check(const std::string& organisation) {
    _check.heard(organisation, _lookup.take(organisation));
    _check.run(organisation);
    judgeCanaries();
    return health(organisation);
}

WebhookHealth Upkeep::registerAnew(const std::string& organisation, WebhookKeeper::How how) {
    if (!_keeper.settle(organisation, how))
        throw jira::RetryLater("The webhook is being registered at this moment by somebody else.",
                               "Wait half a minute and try again.", 30'000);
    _parts.webhooks.saveChecked(organisation, _parts.nowMs());
    _check.sendCanary(organisation);
    judgeCanaries();
    return health(organisation);
}

WebhookHealth Upkeep::repair(const std::string& organisation, const std::string& user) {
    auto repaired = registerAnew(organisation, WebhookKeeper::How::Renew);
    _parts.host.audit.record(organisation, user, "jira.webhook.repaired", toString(repaired.state), "");
    beginReconciliation(organisation, "repair", user);
    return repaired;
}

WebhookHealth Upkeep::renewSecrets(const std::string& organisation, const std::string& user) {
    auto renewed = registerAnew(organisation, WebhookKeeper::How::NewKeys);
    _parts.host.audit.record(organisation, user, "jira.webhook.secrets_renewed", toString(renewed.state), "");
    return renewed;
}

bool Upkeep::reconcile(const std::string& organisation, const std::string& user) {
    const bool isNew = _reconciliation.begin(organisation, "asked", user);
    runReconciliation(organisation);
    if (isNew)
        _parts.host.audit.record(organisation, user, "jira.reconciliation.started", "", "");
    return isNew;
}

std::optional<ReconciliationReport> Upkeep::report(const std::string& organisation) {
    return _reconciliation.report(organisation);
}

} // namespace jira_plugin::sync
