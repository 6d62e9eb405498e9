#include <fstream>

#include <aspm_host/library.hpp>

namespace aspm::host {

bool isMapped(const std::filesystem::path& file) {
    std::error_code error;
    std::string path = std::filesystem::canonical(file, error).string();
    if (error)
        path = std::filesystem::absolute(file).lexically_normal().string();
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        auto slash = line.find('/');
        // A file replaced on disk while mapped is shown with " (deleted)" behind its name.
        if (slash != std::string::npos && line.compare(slash, path.size(), path) == 0 &&
            (line.size() == slash + path.size() || line.compare(slash + path.size(), 10, " (deleted)") == 0))
            return true;
    }
    return false;
}

} // namespace aspm::host
