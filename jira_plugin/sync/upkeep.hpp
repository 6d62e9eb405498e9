#pragma once

#include "health.hpp"
#include "health_check.hpp"
#include "reconciliation.hpp"
#include "upkeep_parts.hpp"
#include "webhook_keeper.hpp"
#include "webhook_lookup.hpp"

#include "push/task_threads.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace jira_plugin::sync {

/// Keeps the two sides hearing of each other: webhooks, their health, and the comparison that finds what was
/// missed. Works on threads of its own, woken by the host's scheduler. Safe from any thread.
class Upkeep : public Health {
public:
    /// All borrowed, outliving this. lookup: tells heard() of what arrives.
    Upkeep(UpkeepParts& parts, Inward& inward, Outward& outward, WebhookLookup& lookup);
    ~Upkeep() override { stop(); }

    /// Schedules the daily jobs and goes on with what was interrupted.
    void start();
    /// Returns when no thread of this runs. cut: ends requests under way, called after `grace`.
    void stop(std::chrono::milliseconds grace = std::chrono::milliseconds(0),
              const std::function<void()>& cut = {});

    /// A connection was made, ended or fell ill.
    void connectionChanged(const std::string& organisation);
    void mappingChanged(const std::string& organisation);
    /// The lookup has news of this organisation.
    void heard(const std::string& organisation);
    /// Before the tokens are deleted: takes the webhooks out of Jira, as well as that goes in a few seconds.
    void disconnecting(const std::string& organisation);

    WebhookHealth health(const std::string& organisation) override;
    std::optional<ManualSetup> manualSetup(const std::string& organisation) override;
    WebhookHealth check(const std::string& organisation) override;
    WebhookHealth repair(const std::string& organisation, const std::string& user) override;
    WebhookHealth renewSecrets(const std::string& organisation, const std::string& user) override;
    bool reconcile(const std::string& organisation, const std::string& user) override;
    std::optional<ReconciliationReport> report(const std::string& organisation) override;

private:
    std::vector<std::string> connected();
    void task(const std::string& name, const std::string& organisation,
              std::function<void(const std::string&)> work);
    void settle(const std::string& organisation);
    void daily(const std::string& job, const std::function<void(const std::string&)>& work);
    void checkDaily(const std::string& organisation);
    void judgeCanaries();
    void settleDue();
    void beginReconciliation(const std::string& organisation, const std::string& reason,
                             const std::string& user);
    void runReconciliation(const std::string& organisation);
    void wakeAt(const std::string& job, std::int64_t atMs, std::function<void()> work);
    WebhookHealth registerAnew(const std::string& organisation, WebhookKeeper::How how);

    UpkeepParts& _parts;
    WebhookVerdicts _verdicts;
    WebhookKeeper _keeper;
    HealthCheck _check;
    Reconciliation _reconciliation;
    WebhookLookup& _lookup;
    push::TaskThreads _tasks; ///< last: its threads use everything above
};

} // namespace jira_plugin::sync
