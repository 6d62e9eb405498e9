#pragma once

#include <filesystem>
#include <string>

namespace test_support {

/// A new directory below the system's temporary directory, removed with everything in it at the end.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return _path; }
    std::filesystem::path operator/(const std::string& name) const { return _path / name; }

    /// Writes a file of that name and returns its path. Overwrites.
    std::filesystem::path write(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path _path;
};

/// The whole file as bytes. Throws std::runtime_error naming the file when it cannot be read.
std::string readFile(const std::filesystem::path& file);

} // namespace test_support
