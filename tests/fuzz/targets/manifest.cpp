#include "target.hpp"

#include <aspm_host/manifest.hpp>
#include <aspm_host/problem.hpp>

/// What a plugin says about itself.
FUZZ_TARGET(manifest) {
    using namespace aspm::host;
    try {
        const Manifest manifest = Manifest::parse(std::string(input), "/nonexistent");
        fuzz::require(!manifest.id.empty() && !manifest.libraryFile.empty(), "a manifest names its library");
        fuzz::require(manifest.libraryFile.find('/') == std::string::npos,
                      "the library lies beside the manifest");
    } catch (const Problem&) {
        // The usual end.
    }
}
