#include "core.hpp"

#include <map>
#include <mutex>

#include "../boundary/service_tables.hpp"
#include "scheduler.hpp"

namespace aspm::host {

namespace {

std::mutex coresMutex;
std::map<std::uint64_t, std::weak_ptr<InstanceCore>>& cores() {
    static auto* all = new std::map<std::uint64_t, std::weak_ptr<InstanceCore>>;
    return *all;
}

std::uint64_t nextNumber() {
    static std::atomic<std::uint64_t> last{0};
    return (++last) & 0xFFFFFFu;
}

} // namespace

std::shared_ptr<InstanceCore> InstanceCore::make(Manifest manifest, HostServices services,
                                                 Misbehaviour& misbehaviour, HostOptions options) {
    std::shared_ptr<InstanceCore> core(
        new InstanceCore(std::move(manifest), services, misbehaviour, options));
    std::lock_guard<std::mutex> lock(coresMutex);
    cores()[core->number()] = core;
    return core;
}

InstanceCore::InstanceCore(Manifest manifest, HostServices services, Misbehaviour& misbehaviour,
                           HostOptions options)
    : _number(nextNumber()), _manifest(std::move(manifest)), _services(services), _misbehaviour(misbehaviour),
      _options(options), _tables(std::make_unique<ServiceTables>(*this)) {
    _host = makeHostTable(*this);
}

InstanceCore::~InstanceCore() {
    std::lock_guard<std::mutex> lock(coresMutex);
    cores().erase(_number);
}

std::shared_ptr<InstanceCore> InstanceCore::byNumber(std::uint64_t number) {
    std::lock_guard<std::mutex> lock(coresMutex);
    auto found = cores().find(number);
    return found == cores().end() ? nullptr : found->second.lock();
}

void InstanceCore::log(aspm_log_level level, const std::string& message) const {
    if (_services.log != nullptr && _services.log->enabled(level))
        _services.log->write(id(), level, message, {});
}

void InstanceCore::noteThrow(const std::string& what) {
    unsigned count = ++_throws;
    report(what + "; the host contained it.");
    if (count == _options.throwsUntilSuspended)
        report("Its hooks are suspended after " + std::to_string(count) + " exceptions; restart the plugin.");
}

std::shared_ptr<Scheduler> InstanceCore::scheduler() const {
    return std::atomic_load(&_scheduler);
}

void InstanceCore::setScheduler(std::shared_ptr<Scheduler> scheduler) {
    std::atomic_store(&_scheduler, std::move(scheduler));
}

} // namespace aspm::host
