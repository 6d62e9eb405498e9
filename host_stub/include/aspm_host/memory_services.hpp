#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <aspm_host/services.hpp>

namespace aspm::host {

/// All host services in memory, for tests of plugins and of this library: set up what the plugin shall see,
/// let it work, look at what it did. Safe from any thread through the member functions; the plain members are
/// filled before the plugin is loaded.
class MemoryServices {
public:
    MemoryServices();
    ~MemoryServices();
    MemoryServices(const MemoryServices&) = delete;
    MemoryServices& operator=(const MemoryServices&) = delete;

    /// Every service; set one to null before loading to play a host without it.
    HostServices services();

    /// What the plugin finds.
    std::map<std::string, std::string> config;
    std::vector<Organisation> organisations{{"acme", "Acme"}};
    std::vector<Project> projects{{"acme", "p1", "payments-api", "Payments API"}};
    std::vector<Member> members{
        {"acme", "alice", "Alice", "alice@example.com", ASPM_ROLE_ADMIN | ASPM_ROLE_MEMBER}};
    std::map<std::string, std::string> owners; ///< finding -> user
    std::string baseUrl = "http://127.0.0.1:1";
    std::string databaseUrl; ///< empty: none

    void putFinding(Finding finding);
    Finding finding(const std::string& organisation, const std::string& id) const;

    /// Moves the clock; tell the plugin by Plugin::clockChanged.
    void advanceMs(std::int64_t ms);

    struct LogLine {
        aspm_log_level level;
        std::string message;
        Fields fields;
    };
    struct ReportedPush {
        std::string finding;
        aspm_push_state state;
        std::string message;
        std::string remedy;
        std::string ticketKey;
    };

    std::vector<LogLine> logLines() const;
    std::vector<ReportedPush> reportedPushes() const;
    std::vector<TimelineEntry> timeline(const std::string& finding) const;
    std::map<std::string, TicketRef> tickets() const; ///< by finding
    std::vector<Alert> alerts() const;                ///< standing ones
    std::vector<AuditEvent> auditEvents() const;
    double metric(const std::string& name) const; ///< sum over all labels

private:
    class Parts;
    std::unique_ptr<Parts> _parts;
};

} // namespace aspm::host
