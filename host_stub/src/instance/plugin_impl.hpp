#pragma once

#include <memory>
#include <set>
#include <string>

#include <aspm_host/library.hpp>
#include <aspm_host/plugin.hpp>

#include "../dispatch/control_thread.hpp"
#include "../dispatch/invocation.hpp"
#include "../dispatch/worker_pool.hpp"
#include "core.hpp"
#include "registrar.hpp"
#include "scheduler.hpp"

namespace aspm::host {

/// The life of one plugin. Members are in the order in which they are acquired.
class Plugin::Impl {
public:
    Impl(const Manifest& manifest, HostServices services, Misbehaviour& misbehaviour, HostOptions options,
         ClaimedIds* claims);
    ~Impl();

    void start();
    void stop();

    InstanceCore& core() const { return *_core; }
    Registrations& registrations() const { return *_registrations; }
    const PluginLibrary& library() const { return *_library; }
    aspm_instance* self() const { return _self; }

    /// Runs a hook on a worker and waits for it. what: e.g. `the ticket-push hook "jira"`.
    HookResult dispatch(const std::string& what, std::int64_t timeoutMs, Invocation::Run run);

    /// The same in two steps, for those who need the invocation.
    std::shared_ptr<Invocation> prepare(const std::string& what, std::int64_t timeoutMs,
                                        Invocation::Run run) const;
    HookResult submit(const std::shared_ptr<Invocation>& invocation,
                      const std::function<void()>& onNews = {});

    /// What a hook of an unknown or revoked contribution answers.
    HookResult notThere(const std::string& what) const;

private:
    void create();
    void destroy();
    /// Runs a lifecycle function on the control thread; what it throws is reported. False: it did not return.
    bool control(const char* name, std::int64_t timeoutMs, std::function<aspm_status(aspm_call*)> run,
                 HookResult& result);
    void endHooks(std::int64_t timeoutMs);
    void checkPromises();
    void abandon(const std::string& why);

    std::shared_ptr<PluginLibrary> _library;
    std::shared_ptr<InstanceCore> _core;
    std::set<int> _threadsBefore;
    std::unique_ptr<Registrations> _registrations;
    std::unique_ptr<ControlThread> _control;
    std::unique_ptr<WorkerPool> _workers;
    aspm_instance* _self = nullptr;
    bool _abandoned = false;
};

} // namespace aspm::host
