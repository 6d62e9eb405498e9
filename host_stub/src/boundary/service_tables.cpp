#include "service_tables.hpp"

#include <cstring>

#include "../instance/core.hpp"

namespace aspm::host {

ServiceTables::ServiceTables(InstanceCore& core)
    : _core(core), _log(makeLogTable(core)), _config(makeConfigTable(core)), _secrets(makeSecretsTable(core)),
      _storage(makeStorageTable(core)), _directory(makeDirectoryTable(core)),
      _ownership(makeOwnershipTable(core)), _findings(makeFindingsTable(core)),
      _alerts(makeAlertsTable(core)), _scheduler(makeSchedulerTable(core)), _clock(makeClockTable(core)),
      _audit(makeAuditTable(core)), _metrics(makeMetricsTable(core)), _urls(makeUrlsTable(core)) {}

const void* ServiceTables::find(const char* id) const {
    const HostServices& has = _core.services();
    const struct {
        const char* id;
        const void* service;
        const void* table;
    } all[] = {
        {ASPM_LOG_1, has.log, &_log},
        {ASPM_CONFIG_1, has.config, &_config},
        {ASPM_SECRETS_1, has.secrets, &_secrets},
        {ASPM_STORAGE_1, has.storage, &_storage},
        {ASPM_DIRECTORY_1, has.directory, &_directory},
        {ASPM_OWNERSHIP_1, has.ownership, &_ownership},
        {ASPM_FINDINGS_1, has.findings, &_findings},
        {ASPM_ALERTS_1, has.alerts, &_alerts},
        {ASPM_SCHEDULER_1, has.clock, &_scheduler},
        {ASPM_CLOCK_1, has.clock, &_clock},
        {ASPM_AUDIT_1, has.audit, &_audit},
        {ASPM_METRICS_1, has.metrics, &_metrics},
        {ASPM_URLS_1, has.urls, &_urls},
    };
    for (const auto& one : all)
        if (std::strcmp(one.id, id) == 0)
            return one.service == nullptr ? nullptr : one.table;
    return nullptr;
}

std::vector<std::string> HostServices::ids() const {
    const struct {
        const char* id;
        const void* service;
    } all[] = {{ASPM_LOG_1, log},           {ASPM_CONFIG_1, config},       {ASPM_SECRETS_1, secrets},
               {ASPM_STORAGE_1, storage},   {ASPM_DIRECTORY_1, directory}, {ASPM_OWNERSHIP_1, ownership},
               {ASPM_FINDINGS_1, findings}, {ASPM_ALERTS_1, alerts},       {ASPM_SCHEDULER_1, clock},
               {ASPM_CLOCK_1, clock},       {ASPM_AUDIT_1, audit},         {ASPM_METRICS_1, metrics},
               {ASPM_URLS_1, urls}};
    std::vector<std::string> out;
    for (const auto& one : all)
        if (one.service != nullptr)
            out.emplace_back(one.id);
    return out;
}

} // namespace aspm::host
