#pragma once

#include <filesystem>
#include <string>

namespace aspm::host {

/// Replaces a file in one step, with mode 0600 from its first moment, and waits until it is on the disk.
/// Throws Problem.
void writePrivateFile(const std::filesystem::path& file, const std::string& content);

/// Makes a directory of mode 0700 if it is missing. Throws Problem when it cannot be written to.
void ensurePrivateDirectory(const std::filesystem::path& directory);

} // namespace aspm::host
