#pragma once

#include "../service/scheduler.h"
#include "plugin_base.hpp"

namespace aspm {

/// "aspm.scheduler/1". Jobs are member functions of the plugin: void job(Call&, std::string_view jobId).
class Scheduler {
public:
    using Table = aspm_scheduler;
    static constexpr const char* id = ASPM_SCHEDULER_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, cancel); }

    explicit Scheduler(const Table* table) noexcept : _table(table) {}

    /// Runs the member function every intervalMs (at least 1000): scheduler.every<&MyPlugin::sync>(call,
    /// *this, "sync", 60000). Replaces a job of the same id.
    template <auto Job>
    void every(const Call& call, detail::PluginOf<Job>& plugin, std::string_view job,
               std::int64_t intervalMs) const {
        call.check(_table->every(_table, call.raw(), str(job), intervalMs, &run<Job>, plugin.instance()),
                   "Scheduling a job");
    }

    /// Runs it once at or soon after atMs, by the host's clock; ends as TransientError: it runs again.
    template <auto Job>
    void at(const Call& call, detail::PluginOf<Job>& plugin, std::string_view job, std::int64_t atMs) const {
        call.check(_table->at(_table, call.raw(), str(job), atMs, &run<Job>, plugin.instance()),
                   "Scheduling a job");
    }

    /// Forgets a job that has not begun; none is fine.
    void cancel(const Call& call, std::string_view job) const {
        call.check(_table->cancel(_table, call.raw(), str(job)), "Cancelling a job");
    }

private:
    template <auto Job> static aspm_status run(aspm_instance* self, aspm_call* call, aspm_str job) noexcept {
        using P = detail::PluginOf<Job>;
        static_assert(std::is_invocable_v<decltype(Job), P&, Call&, std::string_view>,
                      "A job is a member function like: void sync(aspm::Call& call, std::string_view job).");
        P& plugin = detail::toPlugin<P>(self);
        return detail::runHook(plugin, call, [&](Call& c) { (plugin.*Job)(c, view(job)); });
    }

    const Table* _table;
};

} // namespace aspm
