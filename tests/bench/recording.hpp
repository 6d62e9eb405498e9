#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

/// A request that created tickets, as the plugin sent it.
struct Recorded {
    std::string path; ///< with query
    std::string body;
};

/// The creations in a trace of the simulator, in its order, their bodies byte for byte. Throws
/// std::runtime_error when one of them was refused.
std::vector<Recorded> recordedCreations(const std::filesystem::path& traceFile);

} // namespace bench
