#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace aspm::host {

/// Marks the current thread as the host's own while it lives, so that it is never taken for a plugin's.
class HostThread {
public:
    /// name: at most 15 characters, shown by ps and debuggers; empty: unchanged.
    explicit HostThread(const char* name = "");
    ~HostThread();
    HostThread(const HostThread&) = delete;
    HostThread& operator=(const HostThread&) = delete;

private:
    int _id;
};

/// Ids of all threads of this process.
std::set<int> threadsNow();

/// A thread that runs code of a library.
struct StrayThread {
    int id = 0;
    std::string name;
};

/// Threads that appeared since `before`, are not marked as the host's, and have code of `library` on their
/// stack (or hide their stack). A thread that is just ending is waited for, up to half a second.
std::vector<StrayThread> strayThreads(const std::set<int>& before, const std::filesystem::path& library);

} // namespace aspm::host
