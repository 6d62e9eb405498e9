#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <Poco/Net/ServerSocket.h>

#include <aspm_host/plugin.hpp>

#include "../services/key_file.hpp"
#include "../services/line_log.hpp"
#include "../services/metric_book.hpp"
#include "../services/operator_config.hpp"
#include "../services/places.hpp"
#include "../store/database.hpp"
#include "../store/directory_store.hpp"
#include "../store/event_store.hpp"
#include "../store/finding_store.hpp"
#include "../store/ownership_store.hpp"
#include "../store/record_store.hpp"
#include "change_teller.hpp"
#include "data_lock.hpp"
#include "pulse.hpp"
#include "pusher.hpp"

namespace aspm::host {

class WebServer;

extern const char* const hostVersion;

struct ServeOptions {
    std::vector<std::filesystem::path> plugins; ///< empty: those of the last serve on this data directory
    std::filesystem::path data;
    int port = 0;
    std::filesystem::path config; ///< empty: that of the last serve, if the plugins are its
    std::string logFile;
    bool remember = true; ///< note plugins and configuration for later commands
};

/// The running host: state, services, plugins, web server. One per data directory.
class StubHost {
public:
    /// Takes the data directory, opens the state, binds the port and loads and starts the plugins, then
    /// serves. Throws Problem; everything is undone then.
    explicit StubHost(const ServeOptions& options);

    /// Stops serving, stops the plugins, leaves the data directory.
    ~StubHost();
    StubHost(const StubHost&) = delete;
    StubHost& operator=(const StubHost&) = delete;

    const HostAddress& address() const { return _address; }

    /// Waits until requestStop was called, by a signal or the control API.
    void waitForStop();
    void requestStop();

    OperatorConfig& config() { return _config; }
    LineLog& log() { return *_log; }
    AdjustableClock& clock() { return _clock; }
    Addresses& urls() { return _urls; }
    MetricBook& metrics() { return _metrics; }
    Database& database() { return *_database; }
    DirectoryStore& directory() { return *_directory; }
    FindingStore& findings() { return *_findings; }
    OwnershipStore& ownership() { return *_ownership; }
    AlertStore& alerts() { return *_alerts; }
    AuditStore& audit() { return *_audit; }
    Pusher& pusher() { return *_pusher; }
    Misbehaviour& misbehaviour() { return _misbehaviour; }

    const std::vector<std::unique_ptr<Plugin>>& plugins() const { return _plugins; }

    /// The plugin and hook that make tickets, or nulls: the first of all plugins.
    struct PushHook {
        Plugin* plugin = nullptr;
        TicketPushInfo info;
    };
    PushHook pushHook() const;

    /// Sets the clock forward, or back where it is negative; jobs and retries that become due begin.
    void moveClock(std::int64_t ms);

    /// Waits until no push of the project is under way. False when the time is over or the host ends first.
    bool waitForPushes(const std::string& organisation, const std::string& project, std::int64_t timeoutMs);

    /// Waits until every change was told to the plugins, the time is over or the host ends; answers how many
    /// were not.
    std::int64_t flushChanges(std::int64_t timeoutMs);

private:
    void openState(const ServeOptions& options);
    void choosePlugins(const ServeOptions& options, std::vector<std::filesystem::path>& plugins,
                       std::filesystem::path& config);
    void bindPort(int port);
    void loadPlugins(const std::vector<std::filesystem::path>& directories);
    HostServices services();

    std::unique_ptr<DataLock> _lock;
    OperatorConfig _config;
    std::unique_ptr<LineLog> _log;
    AdjustableClock _clock;
    Addresses _urls;
    MetricBook _metrics;
    std::unique_ptr<Database> _database;
    std::unique_ptr<KeyFile> _keys;
    std::unique_ptr<PluginDirectories> _storage;
    std::unique_ptr<DirectoryStore> _directory;
    std::unique_ptr<FindingStore> _findings;
    std::unique_ptr<OwnershipStore> _ownership;
    std::unique_ptr<AlertStore> _alerts;
    std::unique_ptr<AuditStore> _audit;
    std::unique_ptr<JobRunStore> _jobRuns;
    std::unique_ptr<EventStore> _events;
    std::unique_ptr<Pusher> _pusher;
    Pulse _findingsChanged;
    Misbehaviour _misbehaviour;
    ClaimedIds _claims;
    HostAddress _address;
    Poco::Net::ServerSocket _socket;
    std::vector<std::unique_ptr<Plugin>> _plugins;
    std::mutex _tellersMutex;
    std::vector<std::unique_ptr<ChangeTeller>> _tellers;
    std::unique_ptr<WebServer> _web;
    std::mutex _stopMutex;
    std::condition_variable _stopChanged;
    bool _stopRequested = false;
};

} // namespace aspm::host
