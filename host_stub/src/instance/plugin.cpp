#include <aspm_host/plugin.hpp>

#include <algorithm>
#include <vector>

#include <aspm_host/host_threads.hpp>

#include "plugin_impl.hpp"

namespace aspm::host {

namespace {

constexpr std::int64_t hookGraceMs = 2'000;

/// What must not be freed because an abandoned plugin may still use it.
template <typename T> void keepForEver(T object) {
    static auto* kept = new std::vector<T>;
    kept->push_back(std::move(object));
}

} // namespace

Plugin::Impl::Impl(const Manifest& manifest, HostServices services, Misbehaviour& misbehaviour,
                   HostOptions options, ClaimedIds* claims) {
    checkBeforeLoading(manifest, services.ids());
    _library = PluginLibrary::open(manifest, misbehaviour);
    _core = InstanceCore::make(manifest, services, misbehaviour, options);
    _threadsBefore = threadsNow();
    _registrations = std::make_unique<Registrations>(*_core, claims);
    _control = std::make_unique<ControlThread>();
    create();
}

bool Plugin::Impl::control(const char* name, std::int64_t timeoutMs,
                           std::function<aspm_status(aspm_call*)> run, HookResult& result) {
    auto invocation = std::make_shared<Invocation>(_core, name, timeoutMs, false, std::move(run));
    if (!_control->run([invocation] { invocation->execute(); }, timeoutMs)) {
        result.status = ASPM_INTERNAL;
        result.message = std::string("The plugin's ") + name + " did not return within " +
                         std::to_string(timeoutMs / 1000) + " s.";
        result.remedy = "Report it to the plugin's developer.";
        return false;
    }
    result = invocation->wait();
    return true;
}

void Plugin::Impl::create() {
    HookResult result;
    auto made = std::make_shared<aspm_instance*>(nullptr);
    auto run = [create = _library->table().create, host = _core->host(), made](aspm_call* call) {
        return create(host, call, made.get());
    };
    bool returned = control("create", _core->options().createMs, run, result);
    if (returned && result.ok() && *made == nullptr)
        result = {ASPM_INTERNAL, "The plugin's create answered OK and gave no instance.",
                  "Report it to the plugin's developer.", 0};
    if (!returned) {
        abandon("create did not return");
    } else if (result.ok()) {
        _self = *made;
        return;
    } else if (*made != nullptr) {
        _core->report("create failed and yet gave an instance; it is not used.");
    }
    throw Problem(_core->id() + " could not be created: " + result.message, result.remedy);
}

void Plugin::Impl::start() {
    if (_core->phase() != Phase::Created || _self == nullptr)
        throw Problem(_core->id() + " was started before.", "Load it again.");
    unsigned wanted = _library->table().max_concurrency;
    unsigned most = std::max(1u, _core->options().workers);
    _workers = std::make_unique<WorkerPool>(wanted == 0 ? most : std::min(wanted, most));
    _core->setPhase(Phase::Starting);
    if (_core->services().clock != nullptr)
        _core->setScheduler(std::make_shared<Scheduler>(
            *_core, [this](std::shared_ptr<Invocation> job) { return _workers->submit(std::move(job)); }));
    HookResult result;
    auto run = [start = _library->table().start, self = _self,
                registrar = _registrations->open()](aspm_call* call) { return start(self, call, registrar); };
    bool returned = control("start", _core->options().startMs, run, result);
    _registrations->close();
    if (returned && result.ok()) {
        _core->setPhase(Phase::Running);
        if (auto scheduler = _core->scheduler())
            scheduler->begin();
        return;
    }
    std::string refusal = _registrations->firstRefusal();
    _core->setPhase(Phase::Stopping);
    endHooks(hookGraceMs);
    _core->setPhase(Phase::Stopped);
    if (!returned)
        abandon("start did not return");
    else
        checkPromises();
    // A start that fails because of a refused registration mostly says less than the refusal itself.
    if (!refusal.empty() && result.message.find(refusal) == std::string::npos)
        result.message += " (" + refusal + ")";
    throw Problem(_core->id() + " could not be started: " + result.message, result.remedy);
}

/// Lets no hook and no job begin any more, cancels what runs and waits for it.
void Plugin::Impl::endHooks(std::int64_t timeoutMs) {
    _registrations->revoke();
    if (auto scheduler = _core->scheduler())
        scheduler->stop();
    _workers->close({ASPM_STATE, "The plugin is being stopped.", "Try again when it runs.", 0});
    for (const auto& call : openCalls(_core->number()))
        call->cancel();
    _workers->waitIdle(timeoutMs);
}

void Plugin::Impl::stop() {
    if (_core->phase() != Phase::Running)
        return;
    _core->setPhase(Phase::Stopping);
    endHooks(hookGraceMs);
    HookResult result;
    auto run = [stop = _library->table().stop, self = _self](aspm_call* call) {
        stop(self, call);
        return ASPM_OK;
    };
    bool returned = control("stop", _core->options().stopMs, run, result);
    if (returned && !_workers->waitIdle(hookGraceMs)) {
        for (const std::string& what : _workers->running())
            _core->report(what + " still ran when stop had returned.");
        abandon("a hook does not return");
    }
    _core->setPhase(Phase::Stopped);
    if (!returned) {
        _core->report("stop did not return within " + std::to_string(_core->options().stopMs / 1000) + " s.");
        abandon("stop did not return");
    }
    checkPromises();
}

/// After stop: nothing deferred, no call open, no thread alive.
void Plugin::Impl::checkPromises() {
    for (const auto& invocation : Invocation::openDeferred(_core->number()))
        invocation->dropDeferred();
    unsigned begun = 0;
    for (const auto& call : openCalls(_core->number())) {
        begun += call->begunByPlugin() ? 1 : 0;
        if (!_abandoned)
            call->close();
    }
    if (begun > 0)
        _core->report(std::to_string(begun) +
                      " of its own calls (begin_call) had not ended when stop returned.");
    if (_abandoned)
        return;
    auto strays = strayThreads(_threadsBefore, _library->file());
    if (strays.empty())
        return;
    std::string names;
    for (const StrayThread& thread : strays)
        names += (names.empty() ? "" : ", ") + thread.name + " (" + std::to_string(thread.id) + ")";
    _core->report(std::to_string(strays.size()) + (strays.size() == 1 ? " thread" : " threads") +
                  " of the plugin still ran after stop had returned: " + names +
                  ". Join every thread in stop.");
    abandon("threads of it still run");
}

/// Something of the plugin may still run: nothing it can reach is freed, and its code stays.
void Plugin::Impl::abandon(const std::string& why) {
    if (_abandoned)
        return;
    _abandoned = true;
    _library->keepResident();
    _core->report("The library stays in the process and the instance is not destroyed: " + why + ".");
}

void Plugin::Impl::destroy() {
    if (_self == nullptr || _abandoned)
        return;
    HookResult result;
    auto run = [destroy = _library->table().destroy, self = _self](aspm_call*) {
        destroy(self);
        return ASPM_OK;
    };
    _core->setPhase(Phase::Stopped);
    if (!control("destroy", _core->options().stopMs, run, result))
        abandon("destroy did not return");
}

Plugin::Impl::~Impl() {
    stop();
    destroy();
    if (_workers)
        _workers->join();
    if (auto scheduler = _core ? _core->scheduler() : nullptr)
        _core->setScheduler(nullptr);
    if (!_abandoned)
        return;
    keepForEver(std::move(_core));
    keepForEver(std::shared_ptr<Registrations>(std::move(_registrations)));
    keepForEver(std::shared_ptr<WorkerPool>(std::move(_workers)));
}

HookResult Plugin::Impl::notThere(const std::string& what) const {
    return {ASPM_STATE, core().id() + " does not offer " + what + " now.",
            "It is not registered, or the plugin does not run.", 0};
}

std::shared_ptr<Invocation> Plugin::Impl::prepare(const std::string& what, std::int64_t timeoutMs,
                                                  Invocation::Run run) const {
    return std::make_shared<Invocation>(_core, what, timeoutMs, true, std::move(run));
}

HookResult Plugin::Impl::submit(const std::shared_ptr<Invocation>& invocation,
                                const std::function<void()>& onNews) {
    if (_core->phase() != Phase::Running)
        return notThere(invocation->what());
    if (_core->isSuspended())
        return {ASPM_STATE, core().id() + " is suspended: too many of its hooks threw exceptions.",
                "Restart the plugin, and report it to its developer; the host's log names the hooks.", 0};
    if (!_workers->submit(invocation))
        return notThere(invocation->what());
    return invocation->wait(onNews);
}

HookResult Plugin::Impl::dispatch(const std::string& what, std::int64_t timeoutMs, Invocation::Run run) {
    return submit(prepare(what, timeoutMs, std::move(run)));
}

Plugin::Plugin(std::unique_ptr<Impl> impl) : _impl(std::move(impl)) {}
Plugin::~Plugin() = default;

std::unique_ptr<Plugin> Plugin::load(const std::filesystem::path& directory, HostServices services,
                                     Misbehaviour& misbehaviour, HostOptions options, ClaimedIds* claims) {
    return load(Manifest::read(directory), services, misbehaviour, options, claims);
}

std::unique_ptr<Plugin> Plugin::load(const Manifest& manifest, HostServices services,
                                     Misbehaviour& misbehaviour, HostOptions options, ClaimedIds* claims) {
    return std::unique_ptr<Plugin>(
        new Plugin(std::make_unique<Impl>(manifest, services, misbehaviour, options, claims)));
}

void Plugin::start() {
    _impl->start();
}
void Plugin::stop() {
    _impl->stop();
}
bool Plugin::isRunning() const {
    return _impl->core().phase() == Phase::Running;
}
const Manifest& Plugin::manifest() const {
    return _impl->core().manifest();
}
const aspm_plugin& Plugin::table() const {
    return _impl->library().table();
}

const void* Plugin::extension(const char* id) const {
    auto get = _impl->library().table().get_extension;
    return get == nullptr || !isRunning() ? nullptr : get(_impl->self(), id);
}

std::vector<JobOutcome> Plugin::runDueJobs(std::int64_t timeoutMs) {
    auto scheduler = _impl->core().scheduler();
    return scheduler ? scheduler->runDue(timeoutMs) : std::vector<JobOutcome>{};
}

std::vector<JobInfo> Plugin::jobs() const {
    auto scheduler = _impl->core().scheduler();
    return scheduler ? scheduler->jobs() : std::vector<JobInfo>{};
}

void Plugin::clockChanged() {
    if (auto scheduler = _impl->core().scheduler())
        scheduler->wake();
}

} // namespace aspm::host
