#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace aspm::host {

/// Where the host that serves a data directory is, as written to DATA/host.json.
struct HostAddress {
    int pid = 0;
    int port = 0;
    std::string url;
    std::string token;
};

/// Holds a data directory for one process. The kernel gives it back however the process ends.
class DataLock {
public:
    /// Makes the directory if it is missing. Throws Problem when it is held or not writable.
    explicit DataLock(const std::filesystem::path& directory);
    ~DataLock();
    DataLock(const DataLock&) = delete;
    DataLock& operator=(const DataLock&) = delete;

    /// Tells commands where this host is; taken back by the destructor.
    void publish(const HostAddress& address);

    /// True when another process holds the directory. Looks only.
    static bool isHeld(const std::filesystem::path& directory);

    /// What the holder published, if it has.
    static std::optional<HostAddress> read(const std::filesystem::path& directory);

private:
    std::filesystem::path _directory;
    int _fd = -1;
    bool _published = false;
};

} // namespace aspm::host
