#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <aspm/plugin.h>

#include <aspm_host/manifest.hpp>
#include <aspm_host/misbehaviour.hpp>

namespace aspm::host {

/// A plugin's library, open. Keep it alive for longer than every pointer out of it. The plugin's code leaves
/// the process with the last owner, unless the library was kept resident.
class PluginLibrary {
public:
    /// Checks the exports, opens the library (all symbols bound at once, none shared), asks it for its table
    /// and checks that against the manifest. Throws Problem. The caller has run checkBeforeLoading.
    static std::shared_ptr<PluginLibrary> open(const Manifest& manifest, Misbehaviour& misbehaviour);

    ~PluginLibrary();
    PluginLibrary(const PluginLibrary&) = delete;
    PluginLibrary& operator=(const PluginLibrary&) = delete;

    /// The host's copy of the plugin's table: members that the plugin does not have are zero.
    const aspm_plugin& table() const { return _table; }
    const std::filesystem::path& file() const { return _file; }

    /// Never unmaps the library from now on: something of it may still run.
    void keepResident();

private:
    class Handle;

    PluginLibrary(std::string pluginId, std::filesystem::path file, Misbehaviour& misbehaviour);
    void readTable(const Manifest& manifest);
    [[noreturn]] void refuseMissingSymbol(const Manifest& manifest) const;

    std::string _pluginId;
    std::filesystem::path _file;
    Misbehaviour& _misbehaviour;
    std::unique_ptr<Handle> _handle;
    aspm_plugin _table{};
    bool _resident = false;
};

/// True while any part of this file is mapped into the process.
bool isMapped(const std::filesystem::path& file);

} // namespace aspm::host
