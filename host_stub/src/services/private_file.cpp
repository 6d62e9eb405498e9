#include "private_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <aspm_host/problem.hpp>

namespace aspm::host {

namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
    throw Problem(what + " " + path.string() + " cannot be written: " + std::strerror(errno) + ".",
                  "Make it writable for this user, or choose another directory with --data.");
}

} // namespace

void writePrivateFile(const std::filesystem::path& file, const std::string& content) {
    std::filesystem::path draft = file;
    draft += ".new";
    int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        fail("The file", file);
    bool ok = ::fchmod(fd, 0600) == 0;
    for (std::size_t at = 0; ok && at < content.size();) {
        ssize_t wrote = ::write(fd, content.data() + at, content.size() - at);
        ok = wrote > 0;
        at += ok ? static_cast<std::size_t>(wrote) : 0;
    }
    ok = ok && ::fsync(fd) == 0;
    ::close(fd);
    if (!ok || ::rename(draft.c_str(), file.c_str()) != 0)
        fail("The file", file);
}

void ensurePrivateDirectory(const std::filesystem::path& directory) {
    std::error_code error;
    if (!std::filesystem::is_directory(directory, error)) {
        std::filesystem::create_directories(directory.parent_path(), error);
        if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
            fail("The directory", directory);
    }
    if (!std::filesystem::is_directory(directory, error)) {
        errno = ENOTDIR;
        fail("The directory", directory);
    }
    // access() asks for the real user; root may always write but on a read-only file system.
    if (::access(directory.c_str(), W_OK | X_OK) != 0)
        fail("The directory", directory);
}

} // namespace aspm::host
