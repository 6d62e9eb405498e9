#pragma once

#include "inventory.hpp"
#include "platform.hpp"
#include "telemetry.hpp"

namespace aspm {

/// The host, seen by one instance. A light handle, copyable; valid until destroy, its services until stop
/// returns. Safe from any thread.
class Host {
public:
    explicit Host(const aspm_host* raw) noexcept : _raw(raw) {}

    std::string_view name() const noexcept { return _raw->name; }
    std::string_view version() const noexcept { return _raw->version; }
    std::uint16_t abiMinor() const noexcept { return _raw->abi_minor; }

    /// A service that the plugin can do without; nothing when this host does not have it.
    template <class Service> std::optional<Service> find() const noexcept {
        const auto* table = static_cast<const typename Service::Table*>(_raw->get_service(_raw, Service::id));
        return Service::isComplete(table) ? std::optional<Service>(Service(table)) : std::nullopt;
    }

    /// A service that the manifest requires; throws UnsupportedError naming it when this host does not have
    /// it.
    template <class Service> Service service() const {
        if (auto found = find<Service>()) {
            return *found;
        }
        throw UnsupportedError(std::string("The host has no service ") + Service::id + ".",
                               "List it as required in manifest.json, or use a host that has it.");
    }

    /// The log, also during create; writes nowhere when this host has none.
    Log log() const noexcept { return find<Log>().value_or(Log()); }

    /// Metrics; counts nothing when this host has none.
    Metrics metrics() const noexcept { return find<Metrics>().value_or(Metrics()); }

    /// Begins a call for the plugin's own thread: OwnCall call = host.beginCall().
    OwnCall beginCall(std::int64_t timeoutMs = 0) const { return OwnCall(_raw, timeoutMs); }

    const aspm_host* raw() const noexcept { return _raw; }

private:
    const aspm_host* _raw;
};

} // namespace aspm
