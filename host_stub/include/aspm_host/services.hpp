#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <aspm_host/model.hpp>
#include <aspm_host/problem.hpp>

namespace aspm::host {

/// The host services as a host implements them, one interface per table of aspm/service. The library makes
/// the C tables, checks every argument that comes from a plugin, and keeps plugin and exceptions apart.
/// All functions are called from any thread, also several at once. What fails throws ServiceError.
/// Listings call fn with one element after another; fn answers false to stop.

class LogService {
public:
    virtual ~LogService() = default;
    virtual bool enabled(aspm_log_level level) const = 0;
    virtual void write(const std::string& plugin, aspm_log_level level, const std::string& message,
                       const Fields& fields) = 0;
};

/// Values that the operator set. The library answers with the manifest's default where there is none.
class ConfigService {
public:
    virtual ~ConfigService() = default;
    virtual std::optional<std::string> value(const std::string& key) const = 0;
};

class SecretsService {
public:
    virtual ~SecretsService() = default;
    virtual EncryptionKey currentKey(const std::string& organisation) = 0;
    virtual std::optional<EncryptionKey> key(const std::string& organisation, const std::string& id) = 0;
};

class StorageService {
public:
    virtual ~StorageService() = default;
    virtual std::string dataDirectory(const std::string& plugin) = 0;
    virtual std::optional<std::string> databaseUrl(const std::string& plugin) = 0;
};

class DirectoryService {
public:
    virtual ~DirectoryService() = default;
    virtual void organisations(const std::function<bool(const Organisation&)>& fn) = 0;
    virtual void projects(const std::string& organisation, const std::string& afterKey,
                          const std::function<bool(const Project&)>& fn) = 0;
    virtual std::optional<Project> project(const std::string& organisation, const std::string& id) = 0;
    virtual void members(const std::string& organisation, aspm_roles roles,
                         const std::function<bool(const Member&)>& fn) = 0;
    virtual std::optional<Member> member(const std::string& organisation, const std::string& user) = 0;
};

class OwnershipService {
public:
    virtual ~OwnershipService() = default;
    virtual std::optional<Member> owner(const std::string& organisation, const std::string& finding) = 0;
};

/// A report that was not taken, and why.
struct PushReportRefusal {
    std::size_t index; ///< among those handed over
    ServiceError why;
};

/// Functions that name a finding throw ServiceError(ASPM_NOT_FOUND) when it is not in the organisation.
class FindingsService {
public:
    virtual ~FindingsService() = default;
    virtual Finding get(const std::string& organisation, const std::string& finding) = 0;
    virtual void list(const std::string& organisation, const std::string& project, const std::string& after,
                      const std::function<bool(const Finding&)>& fn) = 0;
    /// actor: the plugin's id. Throws ServiceError(ASPM_STATE) when the finding is newer than basedOn.
    virtual void setStatus(const std::string& actor, const std::string& organisation,
                           const std::string& finding, aspm_finding_status status, const std::string& reason,
                           std::int64_t basedOn) = 0;
    virtual void appendTimeline(const std::string& plugin, const std::string& organisation,
                                const std::string& finding, const TimelineEntry& entry) = 0;
    virtual void removeTimeline(const std::string& plugin, const std::string& organisation,
                                const std::string& finding, const std::string& key) = 0;
    virtual void attachTicket(const std::string& plugin, const std::string& organisation,
                              const std::string& finding, const TicketRef& ticket) = 0;
    virtual void detachTicket(const std::string& plugin, const std::string& organisation,
                              const std::string& finding) = 0;
    virtual void reportPush(const std::string& plugin, const std::string& organisation,
                            const std::string& finding, aspm_push_state state, const std::string& message,
                            const std::string& remedy, const TicketRef* ticket) = 0;
    /// Many at once; answers those that cannot be taken, and takes the others. What it throws means that
    /// all may come again. By default one after another; a host that has transactions makes one of them.
    virtual std::vector<PushReportRefusal> reportPushes(const std::string& plugin,
                                                        const std::string& organisation,
                                                        const std::vector<PushReport>& reports) {
        std::vector<PushReportRefusal> refusals;
        for (std::size_t i = 0; i < reports.size(); ++i) {
            const PushReport& r = reports[i];
            try {
                reportPush(plugin, organisation, r.finding, r.state, r.message, r.remedy,
                           r.ticket ? &*r.ticket : nullptr);
            } catch (const ServiceError& why) {
                refusals.push_back({i, why});
            }
        }
        return refusals;
    }
};

class AlertsService {
public:
    virtual ~AlertsService() = default;
    virtual void raise(const std::string& plugin, const std::string& organisation, const Alert& alert) = 0;
    virtual void clear(const std::string& plugin, const std::string& organisation,
                       const std::string& key) = 0;
};

/// Remembers when jobs last ran. The library runs the jobs.
class ScheduleStore {
public:
    virtual ~ScheduleStore() = default;
    virtual std::optional<std::int64_t> lastRunMs(const std::string& plugin, const std::string& job) = 0;
    virtual void noteRun(const std::string& plugin, const std::string& job, std::int64_t atMs) = 0;
};

class ClockService {
public:
    virtual ~ClockService() = default;
    virtual std::int64_t nowMs() const = 0;
};

class AuditService {
public:
    virtual ~AuditService() = default;
    virtual void record(const std::string& plugin, const AuditEvent& event) = 0;
};

class MetricsService {
public:
    virtual ~MetricsService() = default;
    virtual void add(const std::string& name, double by, const Fields& labels) = 0;
    virtual void set(const std::string& name, double value, const Fields& labels) = 0;
    virtual void observe(const std::string& name, double value, const Fields& labels) = 0;
};

class UrlsService {
public:
    virtual ~UrlsService() = default;
    virtual std::string base() const = 0;
    virtual std::string settingsPage(const std::string& page) const = 0;
    /// organisation empty: the one URL for all organisations.
    virtual std::string webhookRoute(const std::string& plugin, const std::string& organisation,
                                     const std::string& route) const = 0;
    virtual std::string finding(const std::string& organisation, const std::string& finding) const = 0;
};

/// The services of one host. Not owned; a null pointer is a service that this host does not have. They stay
/// valid until the last plugin of the host is gone.
struct HostServices {
    LogService* log = nullptr;
    ConfigService* config = nullptr;
    SecretsService* secrets = nullptr;
    StorageService* storage = nullptr;
    DirectoryService* directory = nullptr;
    OwnershipService* ownership = nullptr;
    FindingsService* findings = nullptr;
    AlertsService* alerts = nullptr;
    ScheduleStore* schedule = nullptr;
    ClockService* clock = nullptr;
    AuditService* audit = nullptr;
    MetricsService* metrics = nullptr;
    UrlsService* urls = nullptr;

    /// Ids of those that are there, e.g. "aspm.findings/1".
    std::vector<std::string> ids() const;
};

} // namespace aspm::host
