#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <aspm_host/memory_services.hpp>
#include <aspm_host/plugin.hpp>

namespace contract {

/// The bundle of a plugin that this build made, e.g. "hello_c" or "bad/throws_in_hook".
std::filesystem::path bundle(const std::string& name);

/// The library of a bundle.
std::filesystem::path libraryOf(const std::filesystem::path& bundle);

/// Options with time limits that a test can wait for.
aspm::host::HostOptions impatient();

/// A finding of the organisation acme.
aspm::host::Finding finding(const std::string& id = "f1");

/// An administrator of acme.
aspm::host::Principal alice();

/// A request to a settings page by alice.
aspm::host::HttpRequest pageRequest(const std::string& path = "/");

/// A plugin in a host whose services are in memory.
class Loaded {
public:
    /// Loads without starting. Throws aspm::host::Problem.
    explicit Loaded(const std::filesystem::path& bundle, aspm::host::HostOptions options = {});

    /// Loads and starts.
    static std::unique_ptr<Loaded> started(const std::string& name, aspm::host::HostOptions options = {});

    aspm::host::Plugin& operator*() { return *_plugin; }
    aspm::host::Plugin* operator->() { return _plugin.get(); }

    /// Stops, destroys and closes.
    void unload() { _plugin.reset(); }

    aspm::host::MemoryServices memory;
    aspm::host::Misbehaviour misbehaviour;

private:
    std::unique_ptr<aspm::host::Plugin> _plugin;
};

/// Why a bundle is refused by load or start: message and remedy; empty when it is not.
std::string refusalOf(const std::string& name);

} // namespace contract
