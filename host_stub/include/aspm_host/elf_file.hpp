#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace aspm::host {

/// What the dynamic linker would see of a shared library, read from the file without loading it.
struct ElfFile {
    std::vector<std::string> exports; ///< dynamic symbols that the library defines for others
    std::vector<std::string> needed;  ///< libraries that it needs

    /// Throws Problem when the file is not a shared library for this machine; the message says which.
    static ElfFile read(const std::filesystem::path& file);
};

} // namespace aspm::host
