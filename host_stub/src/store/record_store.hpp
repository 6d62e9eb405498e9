#pragma once

#include <optional>
#include <string>
#include <vector>

#include <aspm_host/services.hpp>

#include "database.hpp"

namespace aspm::host {

struct AlertRecord {
    std::string plugin;
    Alert alert;
    std::int64_t count = 0;
    std::int64_t raisedMs = 0;
    std::int64_t lastMs = 0;
    std::int64_t clearedMs = 0; ///< 0: it stands
};

struct AuditRecord {
    std::string plugin;
    AuditEvent event;
    std::int64_t atMs = 0;
};

/// Alerts: raised again, one is counted; cleared ones are kept and come back with a new count.
class AlertStore : public AlertsService {
public:
    AlertStore(Database& database, ClockService& clock) : _database(database), _clock(clock) {}

    void raise(const std::string& plugin, const std::string& organisation, const Alert& alert) override;
    void clear(const std::string& plugin, const std::string& organisation, const std::string& key) override;

    /// Standing ones first, then by time, newest first.
    std::vector<AlertRecord> list(const std::string& organisation, bool alsoCleared);

private:
    Database& _database;
    ClockService& _clock;
};

class AuditStore : public AuditService {
public:
    AuditStore(Database& database, ClockService& clock) : _database(database), _clock(clock) {}

    void record(const std::string& plugin, const AuditEvent& event) override;
    /// Newest first.
    std::vector<AuditRecord> list(const std::string& organisation, std::size_t limit);

private:
    Database& _database;
    ClockService& _clock;
};

class JobRunStore : public ScheduleStore {
public:
    explicit JobRunStore(Database& database) : _database(database) {}

    std::optional<std::int64_t> lastRunMs(const std::string& plugin, const std::string& job) override;
    void noteRun(const std::string& plugin, const std::string& job, std::int64_t atMs) override;

private:
    Database& _database;
};

/// Small facts that outlive a run, e.g. which plugins were served last.
class MetaStore {
public:
    explicit MetaStore(Database& database) : _database(database) {}

    std::string get(const std::string& name);
    void set(const std::string& name, const std::string& value);

private:
    Database& _database;
};

} // namespace aspm::host
