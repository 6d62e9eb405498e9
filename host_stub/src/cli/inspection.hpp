#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <aspm_host/elf_file.hpp>
#include <aspm_host/manifest.hpp>
#include <aspm_host/plugin.hpp>

namespace aspm::host::cli {

/// What the library says about itself.
struct InspectedTable {
    std::string id;
    std::string version;
    std::string abi; ///< built for, e.g. 1.0
    unsigned leastHostMinor = 0;
    unsigned maxConcurrency = 0;
    bool resident = false;
    unsigned structSize = 0;
};

/// Something that the plugin registered, in words.
struct InspectedContribution {
    std::string kind;
    std::string id;
    std::string detail;
};

/// Everything that could be found out about a bundle; what could not is missing, with a problem that says
/// why.
struct Inspection {
    std::optional<Manifest> manifest;
    std::string digest; ///< SHA-256 of the library as it is
    std::optional<ElfFile> elf;
    std::optional<InspectedTable> table;
    std::vector<InspectedContribution> registered;
    bool started = false;
    double loadMs = 0;  ///< open, query and close
    double startMs = 0; ///< create and start
    double stopMs = 0;  ///< stop, destroy and close
    std::vector<Problem> problems;

    /// A plugin may register less than its manifest lists.
    bool isRegistered(const ManifestContribution& listed) const;
    bool digestMatches() const { return manifest && digest == manifest->librarySha256; }
};

/// Reads the bundle and, when its library is the one the manifest vouches for, loads and starts it with
/// services in memory and without running its jobs. Keeps nothing.
Inspection inspectBundle(const std::filesystem::path& directory);

} // namespace aspm::host::cli
