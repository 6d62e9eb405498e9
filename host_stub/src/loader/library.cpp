#include <aspm_host/library.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <vector>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include <aspm_host/elf_file.hpp>

namespace aspm::host {

namespace {

/// How many libraries this host has open, by file: only after the last one may the mapping be expected to go.
std::mutex openMutex;
std::map<std::string, int>& openFiles() {
    static auto* files = new std::map<std::string, int>;
    return *files;
}

const char* const remedyForTable = "Set it in the aspm_plugin table that aspm_plugin_query_v1 returns.";

void checkExports(const std::filesystem::path& file, const std::vector<std::string>& exports) {
    std::vector<std::string> others;
    std::copy_if(exports.begin(), exports.end(), std::back_inserter(others),
                 [](const std::string& name) { return name.compare(0, 18, "aspm_plugin_query_") != 0; });
    if (others.empty())
        return;
    std::string names = others.front();
    for (std::size_t i = 1; i < others.size() && i < 3; ++i)
        names += ", " + others[i];
    if (others.size() > 3)
        names += " and " + std::to_string(others.size() - 3) + " more";
    throw Problem(file.string() + " exports " + names + " besides " ASPM_PLUGIN_QUERY_SYMBOL ".",
                  "A plugin exports exactly one symbol: link it with a version script that holds { "
                  "global: " ASPM_PLUGIN_QUERY_SYMBOL "; local: *; };");
}

template <typename T> void requireMember(const std::filesystem::path& file, T member, const char* name) {
    if (member == nullptr)
        throw Problem(file.string() + ": the plugin's table has no " + name + ".", remedyForTable);
}

} // namespace

class PluginLibrary::Handle {
public:
    explicit Handle(const std::filesystem::path& file)
        : library(file, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local) {}

    boost::dll::shared_library library;
};

PluginLibrary::PluginLibrary(std::string pluginId, std::filesystem::path file, Misbehaviour& misbehaviour)
    : _pluginId(std::move(pluginId)), _file(std::move(file)), _misbehaviour(misbehaviour) {}

std::shared_ptr<PluginLibrary> PluginLibrary::open(const Manifest& manifest, Misbehaviour& misbehaviour) {
    std::filesystem::path file = std::filesystem::absolute(manifest.library());
    ElfFile elf = ElfFile::read(file);
    std::shared_ptr<PluginLibrary> library(new PluginLibrary(manifest.id, file, misbehaviour));
    if (std::find(elf.exports.begin(), elf.exports.end(), ASPM_PLUGIN_QUERY_SYMBOL) == elf.exports.end())
        library->refuseMissingSymbol(manifest);
    checkExports(file, elf.exports);
    try {
        library->_handle = std::make_unique<Handle>(file);
    } catch (const std::exception& e) {
        throw Problem(
            file.string() + " cannot be opened: " + e.what() + ".",
            "Install the libraries that it needs (ldd lists them); a plugin takes nothing from the host's "
            "program but the tables handed to it.");
    }
    {
        std::lock_guard<std::mutex> lock(openMutex);
        ++openFiles()[file.string()];
    }
    library->readTable(manifest);
    return library;
}

void PluginLibrary::refuseMissingSymbol(const Manifest&) const {
    for (const std::string& name : ElfFile::read(_file).exports)
        if (name.compare(0, 19, "aspm_plugin_query_v") == 0)
            throw Problem(_file.string() + " was built for plugin ABI major " + name.substr(19) +
                              ", this host has major " + std::to_string(ASPM_ABI_MAJOR) + ".",
                          "Use a build of the plugin for ABI major " + std::to_string(ASPM_ABI_MAJOR) +
                              ", or a host of the plugin's major.");
    throw Problem(_file.string() + " is not a plugin: it does not export " ASPM_PLUGIN_QUERY_SYMBOL ".",
                  "Export that function, or name the right file as library.file in manifest.json.");
}

void PluginLibrary::readTable(const Manifest& manifest) {
    auto query = _handle->library.get<const aspm_plugin*()>(ASPM_PLUGIN_QUERY_SYMBOL);
    const aspm_plugin* theirs = nullptr;
    try {
        theirs = query();
    } catch (...) {
        throw Problem(_file.string() + ": " ASPM_PLUGIN_QUERY_SYMBOL " threw an exception.",
                      "It must only return the address of a static table.");
    }
    if (theirs == nullptr)
        throw Problem(_file.string() + ": " ASPM_PLUGIN_QUERY_SYMBOL " returned no table.",
                      "It must return the address of a static table.");
    constexpr std::size_t least = offsetof(aspm_plugin, get_extension);
    if (theirs->struct_size < least)
        throw Problem(_file.string() + ": the plugin's table says struct_size " +
                          std::to_string(theirs->struct_size) + ", version 1 has at least " +
                          std::to_string(least) + ".",
                      "Set struct_size to sizeof(aspm_plugin).");
    std::memcpy(&_table, theirs, std::min<std::size_t>(theirs->struct_size, sizeof(_table)));
    if (!ASPM_ABI_COMPATIBLE(ASPM_ABI_MAJOR, ASPM_ABI_MINOR, _table.abi_major, _table.abi_minor_min))
        throw Problem(_file.string() + ": the plugin's table asks for plugin ABI " +
                          std::to_string(_table.abi_major) + "." + std::to_string(_table.abi_minor_min) +
                          ", this host has " + std::to_string(ASPM_ABI_MAJOR) + "." +
                          std::to_string(ASPM_ABI_MINOR) + ".",
                      "Use a host that has it, or a build of the plugin that needs less.");
    requireMember(_file, _table.id, "id");
    requireMember(_file, _table.version, "version");
    requireMember(_file, _table.create, "create");
    requireMember(_file, _table.start, "start");
    requireMember(_file, _table.stop, "stop");
    requireMember(_file, _table.destroy, "destroy");
    auto same = [&](const char* what, const std::string& inManifest, const std::string& inTable) {
        if (inManifest != inTable)
            throw Problem(_file.string() + ": the manifest says " + what + " " + inManifest +
                              ", the library says " + inTable + ".",
                          "They must be equal: get manifest and library from the same build.");
    };
    same("id", manifest.id, _table.id);
    same("version", manifest.version, _table.version);
    if (_table.abi_minor_min > manifest.abiMinorMin)
        throw Problem(_file.string() + ": the library needs ABI minor " +
                          std::to_string(_table.abi_minor_min) + ", its manifest says abi.minor_min " +
                          std::to_string(manifest.abiMinorMin) + ".",
                      "Raise abi.minor_min in manifest.json.");
}

void PluginLibrary::keepResident() {
    _resident = true;
}

PluginLibrary::~PluginLibrary() {
    if (!_handle)
        return;
    bool wantsToStay = (_table.flags & ASPM_PLUGIN_RESIDENT) != 0;
    if (_resident || wantsToStay) {
        // Never closed: something of the library may still run, or it asked to stay.
        std::lock_guard<std::mutex> lock(openMutex);
        // Without memory for a list nothing else works either.
        // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new)
        static auto* residents = new std::vector<std::unique_ptr<Handle>>;
        residents->push_back(std::move(_handle));
        return;
    }
    _handle.reset();
    std::lock_guard<std::mutex> lock(openMutex);
    int& open = openFiles()[_file.string()];
    if (--open == 0 && isMapped(_file))
        _misbehaviour.report(
            _pluginId, _file.filename().string() +
                           " stays in the process after it was closed. Link it with a version script that "
                           "exports only " ASPM_PLUGIN_QUERY_SYMBOL
                           ", leave no thread_local with a destructor on the host's threads, or declare "
                           "ASPM_PLUGIN_RESIDENT.");
}

} // namespace aspm::host
