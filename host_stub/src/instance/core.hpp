#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include <aspm/plugin.h>

#include <aspm_host/manifest.hpp>
#include <aspm_host/misbehaviour.hpp>
#include <aspm_host/options.hpp>
#include <aspm_host/services.hpp>

namespace aspm::host {

class Scheduler;
class ServiceTables;

/// Where an instance is in its life. Host functions answer from Created to Stopping.
enum class Phase { Created, Starting, Running, Stopping, Stopped };

/// What all parts of one plugin instance share; outlives every handle given to the plugin.
class InstanceCore : public std::enable_shared_from_this<InstanceCore> {
public:
    static std::shared_ptr<InstanceCore> make(Manifest manifest, HostServices services,
                                              Misbehaviour& misbehaviour, HostOptions options);
    ~InstanceCore();

    /// NULL when that instance is gone.
    static std::shared_ptr<InstanceCore> byNumber(std::uint64_t number);

    /// Of which instance is this pointer, as found in the impl member of a table.
    static InstanceCore& of(void* impl) { return *static_cast<InstanceCore*>(impl); }

    std::uint64_t number() const { return _number; }
    const Manifest& manifest() const { return _manifest; }
    const std::string& id() const { return _manifest.id; }
    const HostServices& services() const { return _services; }
    const HostOptions& options() const { return _options; }
    const aspm_host* host() const { return &_host; }

    Phase phase() const { return _phase; }
    void setPhase(Phase phase) { _phase = phase; }
    bool isStopped() const { return _phase == Phase::Stopped; }

    void report(const std::string& sentence) const { _misbehaviour.report(_manifest.id, sentence); }
    Misbehaviour& misbehaviour() const { return _misbehaviour; }
    void log(aspm_log_level level, const std::string& message) const;

    /// Reports what was thrown, and suspends the plugin's hooks after too many.
    void noteThrow(const std::string& what);
    bool isSuspended() const { return _throws >= _options.throwsUntilSuspended; }

    /// The running jobs of this instance; set while it is between start and stop.
    std::shared_ptr<Scheduler> scheduler() const;
    void setScheduler(std::shared_ptr<Scheduler> scheduler);

    ServiceTables& tables() { return *_tables; }

private:
    InstanceCore(Manifest manifest, HostServices services, Misbehaviour& misbehaviour, HostOptions options);

    std::uint64_t _number;
    Manifest _manifest;
    HostServices _services;
    Misbehaviour& _misbehaviour;
    HostOptions _options;
    std::atomic<Phase> _phase{Phase::Created};
    std::atomic<unsigned> _throws{0};
    aspm_host _host{};
    std::unique_ptr<ServiceTables> _tables;
    std::shared_ptr<Scheduler> _scheduler;
};

/// Fills the host's table (host_table.cpp).
aspm_host makeHostTable(InstanceCore& core);

} // namespace aspm::host
