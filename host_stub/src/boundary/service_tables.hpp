#pragma once

#include <aspm/aspm.h>

namespace aspm::host {

class InstanceCore;

/// The C tables of the host services for one instance. Each fill function is in the file of its service.
class ServiceTables {
public:
    explicit ServiceTables(InstanceCore& core);

    /// The table for this id, or NULL when this host does not have the service.
    const void* find(const char* id) const;

private:
    InstanceCore& _core;
    aspm_log _log{};
    aspm_config _config{};
    aspm_secrets _secrets{};
    aspm_storage _storage{};
    aspm_directory _directory{};
    aspm_ownership _ownership{};
    aspm_findings _findings{};
    aspm_alerts _alerts{};
    aspm_scheduler _scheduler{};
    aspm_clock _clock{};
    aspm_audit _audit{};
    aspm_metrics _metrics{};
    aspm_urls _urls{};
};

aspm_log makeLogTable(InstanceCore& core);
aspm_config makeConfigTable(InstanceCore& core);
aspm_secrets makeSecretsTable(InstanceCore& core);
aspm_storage makeStorageTable(InstanceCore& core);
aspm_directory makeDirectoryTable(InstanceCore& core);
aspm_ownership makeOwnershipTable(InstanceCore& core);
aspm_findings makeFindingsTable(InstanceCore& core);
aspm_alerts makeAlertsTable(InstanceCore& core);
aspm_scheduler makeSchedulerTable(InstanceCore& core);
aspm_clock makeClockTable(InstanceCore& core);
aspm_audit makeAuditTable(InstanceCore& core);
aspm_metrics makeMetricsTable(InstanceCore& core);
aspm_urls makeUrlsTable(InstanceCore& core);

} // namespace aspm::host
