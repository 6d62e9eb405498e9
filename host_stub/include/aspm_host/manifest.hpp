#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <aspm_host/problem.hpp>

namespace aspm::host {

/// One contribution that the plugin may register.
struct ManifestContribution {
    std::string kind; ///< e.g. aspm.settings-page/1
    std::string id;
};

/// One key that the plugin may read through the config service.
struct ManifestConfigKey {
    std::string key;
    std::string type; ///< string, boolean, integer, url, file
    std::string description;
    std::string defaultValue; ///< as text; meaningful when hasDefault
    bool hasDefault = false;
    bool secret = false;
};

/// One place in the network that the plugin talks to.
struct ManifestDestination {
    std::string address; ///< e.g. https://api.atlassian.com, or "configured" with a config key
    std::string purpose;
};

/// What a plugin says about itself before any of its code runs.
struct Manifest {
    std::filesystem::path directory;
    std::string id;
    std::string name;
    std::string description;
    std::string version;
    std::string licence;
    std::string libraryFile;
    std::string librarySha256;
    std::uint16_t abiMajor = 0;
    std::uint16_t abiMinorMin = 0;
    std::vector<ManifestContribution> contributions;
    std::vector<std::string> requiredServices;
    std::vector<std::string> optionalServices;
    std::vector<ManifestConfigKey> config;
    std::vector<ManifestDestination> network;

    std::filesystem::path library() const { return directory / libraryFile; }
    bool lists(const std::string& kind, const std::string& contributionId) const;
    bool listsService(const std::string& service) const;
    const ManifestConfigKey* configKey(const std::string& key) const;

    /// Reads and checks DIRECTORY/manifest.json against the schema: nothing of the library is touched.
    /// Throws Problem that names the line and the member at fault.
    static Manifest read(const std::filesystem::path& directory);

    /// The same for text in memory; directory is only noted.
    static Manifest parse(const std::string& text, const std::filesystem::path& directory = {});
};

/// Checks what can be checked before the library is opened: the digest of the library file, the ABI range
/// and the required services against those that this host has. Throws Problem.
void checkBeforeLoading(const Manifest& manifest, const std::vector<std::string>& servicesOfHost);

/// SHA-256 of a file in lower-case hexadecimal. Throws Problem when it cannot be read.
std::string sha256OfFile(const std::filesystem::path& file);

/// The JSON Schema that manifests are checked against, as built into this host.
const std::string& manifestSchema();

} // namespace aspm::host
