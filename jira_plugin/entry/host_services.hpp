#pragma once

#include "host/services.hpp"

#include <aspm/plugin.hpp>

#include <memory>

namespace jira_plugin::entry {

/// Gives a job to the host, which will ask JobRunner for it by name.
using ScheduleEvery = std::function<void(const std::string& job, std::int64_t intervalMs)>;
using ScheduleAt = std::function<void(const std::string& job, std::int64_t atMs)>;
using ScheduleCancel = std::function<void(const std::string& job)>;

/// The plugin's inner interfaces over the host's C services. Each function begins a host call of its own, so
/// all are safe from any thread between start and the return of stop.
class HostServices {
public:
    /// ids of the settings page and the webhook route, for their URLs. Throws aspm::UnsupportedError when a
    /// required service is missing.
    HostServices(const aspm::Host& host, const std::string& settingsPage, const std::string& webhookRoute,
                 ScheduleEvery every, ScheduleAt at, ScheduleCancel cancel);
    ~HostServices();

    host::Services& services() { return *_services; }

    /// Runs a job that was given to services().scheduler; unknown ones do nothing.
    void runJob(const std::string& job);

    /// A directory of the plugin's own.
    std::string dataDirectory() const;

private:
    struct Adapters;
    aspm::Host _host;
    std::unique_ptr<Adapters> _adapters;
    std::unique_ptr<host::Services> _services;
};

} // namespace jira_plugin::entry
